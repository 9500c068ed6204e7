package io.thingward.examples;

import static io.thingward.examples.Platform.RECORD;
import static io.thingward.examples.Platform.VIEW;

import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.access.Reason;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectEvent;
import io.thingward.access.Watch;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.management.AccessKey;
import io.thingward.management.AccessKeys;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Tag;
import io.thingward.model.WorkspaceId;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** As on Losant: devices share an access key whose scope is a tag. */
final class LosantStory {
  private static final long PATIENCE_SECONDS = 10;

  private final Platform platform;
  private final Screen screen;
  private final WorkspaceId acme = WorkspaceId.of("acme");
  private final Issued<AccessKey> paris;
  private final Device thermostat;
  private final Device meter;
  private final BlockingQueue<SubjectEvent> told = new LinkedBlockingQueue<>();

  LosantStory(Platform platform, Screen screen) {
    this.platform = platform;
    this.screen = screen;
    paris = platform.start.accessKey("Paris");
    thermostat = platform.device(acme, "paris-thermostat-1");
    meter = platform.device(acme, "paris-meter-1");
  }

  void play() throws InterruptedException {
    screen.title(
        "2. As on Losant: an access key for site=paris",
        "Ann, the owner of Acme Offices, and its devices in Paris and Rome");
    Subject device = connect();
    seeNeighbours(device);
    Watch watch = platform.thingward.watch(device, (subject, event) -> told.add(event));
    try (Login ann = signOn()) {
      AccessKeys keys = platform.thingward.as(ann.subject()).accessKeys(acme);
      move(device);
      suspend(device, keys);
      rotateAndDelete(device, keys);
    } finally {
      watch.close();
    }
  }

  private Subject connect() {
    AccessKey key = paris.value();
    screen.say("Every device of Acme Offices in Paris has the same key; the scope is a tag.");
    screen.show("the key '" + key.name() + "'", Screen.brief(key.id()) + " for " + key.scope());
    Subject device =
        screen.authenticated("paris-thermostat-1 connects", connect(thermostat, paris.secret()));
    refused(
        "rome-meter-1, with the same key",
        connect(platform.device(acme, "rome-meter-1"), paris.secret()),
        "OUT_OF_SCOPE");
    refused(
        "paris-meter-1, with a wrong secret",
        connect(meter, platform.start.accessKey("Commissioning").secret()),
        "WRONG_SECRET");
    return device;
  }

  private void seeNeighbours(Subject device) {
    screen.say("A device records on itself and sees its neighbours. The host has declared that.");
    Device rome = platform.device(acme, "rome-meter-1");
    Device pump = platform.device(WorkspaceId.of("cedar"), "hill-pump-1");
    screen.decide("it records on itself", device, RECORD, thermostat, Reason.DEVICE_SELF);
    screen.decide("it views paris-meter-1", device, VIEW, meter, Reason.DEVICE_PEER);
    screen.decide("it records on paris-meter-1", device, RECORD, meter, Reason.SELF_ONLY);
    screen.decide("it views rome-meter-1", device, VIEW, rome, Reason.OUT_OF_SCOPE);
    screen.decide("it views a pump of Cedar Water", device, VIEW, pump, Reason.OUT_OF_SCOPE);
    DeviceFilter filter = device.devices(VIEW, acme);
    long seen = platform.fleet.all().stream().filter(filter).count();
    screen.show("its list of devices, as a filter", filter.toString());
    screen.equal("devices that it sees", seen + " of " + platform.fleet.all().size(), "48 of 240");
  }

  private void move(Subject device) throws InterruptedException {
    screen.say("The connected thermostat moves to Rome and back: a tag moves, and so does access.");
    Tag inParis = Tag.of("site", "paris");
    Tag inRome = Tag.of("site", "rome");
    Device moved = platform.fleet.retag(thermostat, inParis, inRome);
    platform.thingward.deviceChanged(acme, moved.id());
    awaits("tag site=rome, the connection is told", SubjectEvent.CHANGED);
    screen.decide("it views paris-meter-1", device, VIEW, meter, Reason.DEVICE_LEFT_SCOPE);
    refused("it connects anew", connect(moved, paris.secret()), "OUT_OF_SCOPE");
    Device back = platform.fleet.retag(moved, inRome, inParis);
    platform.thingward.deviceChanged(acme, back.id());
    awaits("tag site=paris, the connection is told", SubjectEvent.CHANGED);
    screen.decide("it views paris-meter-1", device, VIEW, meter, Reason.DEVICE_PEER);
  }

  private void suspend(Subject device, AccessKeys keys) throws InterruptedException {
    screen.say("Ann, who owns Acme Offices, suspends the key, and resumes it.");
    keys.suspend(paris.id());
    awaits("suspended, the connection is told", SubjectEvent.CHANGED);
    screen.decide("it views paris-meter-1", device, VIEW, meter, Reason.CREDENTIAL_SUSPENDED);
    refused("paris-meter-1 connects", connect(meter, paris.secret()), "CREDENTIAL_SUSPENDED");
    keys.resume(paris.id());
    awaits("resumed, the connection is told", SubjectEvent.CHANGED);
    screen.decide("it views paris-meter-1", device, VIEW, meter, Reason.DEVICE_PEER);
  }

  private void rotateAndDelete(Subject device, AccessKeys keys) throws InterruptedException {
    screen.say(
        "She rotates the secret with an hour of overlap, then at once, and revokes the key.");
    try (Issued<AccessKey> second = keys.rotate(paris.id(), Duration.ofHours(1))) {
      screen.authenticated("the first secret, in the overlap", connect(meter, paris.secret()));
      screen.authenticated("the second secret", connect(meter, second.secret()));
      try (Issued<AccessKey> third = keys.rotate(paris.id(), Duration.ZERO)) {
        awaits("rotated at once, the connection is told", SubjectEvent.ENDED);
        refused("the second secret", connect(meter, second.secret()), "WRONG_SECRET");
        Subject reconnected =
            screen.authenticated(
                "paris-thermostat-1, the third secret", connect(thermostat, third.secret()));
        keys.delete(paris.id());
        screen.decide(
            "revoked; it views paris-meter-1", reconnected, VIEW, meter, Reason.CREDENTIAL_ENDED);
        refused("it connects anew", connect(thermostat, third.secret()), "UNKNOWN");
      }
    }
    screen.equal("is the first connection still active?", device.isActive(), false);
  }

  /* Ann comes from the company's single sign-on: the host vouches for her. */
  private Login signOn() {
    return platform
        .host("single sign-on")
        .sessions(PrincipalId.of("ann"))
        .issue(RequestContext.of("192.0.2.11", "browser"));
  }

  private Authentication<Subject> connect(Device device, Secret secret) {
    CredentialId key = paris.id();
    return platform.connect(device, key, secret);
  }

  private void refused(String what, Authentication<Subject> outcome, String reason) {
    screen.refused(what, outcome, platform.lastReason(), reason);
  }

  /* Watches are told on another thread; one change may be told twice, so an end is waited for. */
  private void awaits(String what, SubjectEvent expected) throws InterruptedException {
    SubjectEvent event = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (event == SubjectEvent.CHANGED && expected == SubjectEvent.ENDED) {
      event = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    screen.equal(what, String.valueOf(event), expected.toString());
  }
}
