package io.thingward.examples;

import static io.thingward.examples.Platform.CONFIGURE;
import static io.thingward.examples.Platform.CONTROL;
import static io.thingward.examples.Platform.RECORD;
import static io.thingward.examples.Platform.REPORTS;
import static io.thingward.examples.Platform.RULES;
import static io.thingward.examples.Platform.VIEW;

import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.Subject;
import io.thingward.access.SubjectWorkspace;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.error.NotPermittedException;
import io.thingward.management.ApiKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.PageRequest;
import java.util.stream.Collectors;

/** As on Datacake: workspaces with owners, members and API users, and who may give what. */
final class DatacakeStory {
  private final Platform platform;
  private final Screen screen;
  private final WorkspaceId acme = WorkspaceId.of("acme");
  private final WorkspaceId birch = WorkspaceId.of("birch");
  private final WorkspaceId cedar = WorkspaceId.of("cedar");
  private final PrincipalId eve = PrincipalId.of("eve");
  private final PrincipalId fay = PrincipalId.of("fay");
  private final Device valve;
  private final Device office;

  DatacakeStory(Platform platform, Screen screen) {
    this.platform = platform;
    this.screen = screen;
    valve = platform.device(birch, "north-valve-1");
    office = platform.device(acme, "oslo-meter-1");
  }

  void play() {
    screen.title(
        "3. As on Datacake: an owner, a member, an API user",
        "Bob, the owner of Birch Farms, Eve and Fay, its members, and the program Harvest export");
    try (Login bobsLogin = platform.start.signIn("bob");
        Login evesLogin = platform.start.signIn("eve")) {
      own(bobsLogin.subject());
      beMember(evesLogin.subject());
      useApiUser(platform.thingward.as(bobsLogin.subject()));
      escalate(evesLogin.subject());
      workInTwo(platform.thingward.as(bobsLogin.subject()), evesLogin.subject());
    }
  }

  private void own(Subject bob) {
    screen.say(
        "Bob owns Birch Farms: every permission, and on every device. Elsewhere he is nobody.");
    screen.decide("Bob edits the rules of Birch Farms", bob, RULES, birch, Reason.OWNER);
    screen.decide("Bob configures north-valve-1", bob, CONFIGURE, valve, Reason.OWNER);
    screen.decide("Bob reads the reports of Cedar Water", bob, REPORTS, cedar, Reason.NOT_GRANTED);
  }

  private void beMember(Subject subject) {
    screen.say(
        "Eve is a member: foreman of site=north, and she records on two probes in the west.");
    Device hers = platform.device(birch, "west-probe-1");
    Device other = platform.device(birch, "west-probe-3");
    screen.decide("Eve controls north-valve-1", subject, CONTROL, valve, Reason.ROLE);
    screen.decide("Eve records on west-probe-1", subject, RECORD, hers, Reason.GRANT);
    screen.decide("Eve views it, which RECORD implies", subject, VIEW, hers, Reason.GRANT);
    screen.decide("Eve views west-probe-3", subject, VIEW, other, Reason.NOT_GRANTED);
    int seen = subject.allowed(VIEW, platform.fleet.all()).size();
    screen.equal(
        "devices that she sees, wherever",
        seen + " of " + platform.fleet.all().size(),
        "70 of 240");
  }

  private void useApiUser(Management bob) {
    screen.say("'Harvest export' is an API user: reports, two rain gauges, and no password.");
    PrincipalId export = platform.start.apiUser("Harvest export");
    try (Issued<ApiKey> key = bob.apiKeys(birch, export).create(NewApiKey.of("nightly"))) {
      Subject program =
          screen.authenticated("it presents the key Bob made", platform.request(key.secret()));
      Device granted = platform.device(birch, "north-rain-1");
      Device other = platform.device(birch, "north-rain-2");
      screen.decide(
          "it reads the reports of Birch Farms",
          program,
          REPORTS,
          birch,
          Reason.WORKSPACE_PERMISSION);
      screen.decide("it views north-rain-1", program, VIEW, granted, Reason.GRANT);
      screen.decide("it records on north-rain-1", program, RECORD, granted, Reason.NOT_GRANTED);
      screen.decide("it views north-rain-2", program, VIEW, other, Reason.NOT_GRANTED);
    }
  }

  private void escalate(Subject subject) {
    screen.say("A foreman manages members, but nobody gives more than the own credential holds.");
    Management management = platform.thingward.as(subject);
    ChangeSet north = ChangeSet.builder().allow(DeviceScope.anyOf("site=north"), CONTROL).build();
    ChangeSet everywhere = ChangeSet.builder().allow(DeviceScope.all(), CONTROL).build();
    screen.equal("holds " + north, management.covers(birch, north), true);
    screen.equal("holds " + everywhere, management.covers(birch, everywhere), false);
    management.members(birch).change(fay, north);
    try (Login login = platform.start.signIn("fay")) {
      screen.decide(
          "given by her, Fay controls north-valve-1",
          login.subject(),
          CONTROL,
          valve,
          Reason.GRANT);
    }
    screen.fails(
        "Eve gives Fay CONTROL on all devices",
        NotPermittedException.class,
        () -> management.members(birch).change(fay, everywhere));
    screen.fails(
        "Eve gives herself CONTROL on all devices",
        NotPermittedException.class,
        () -> management.members(birch).change(eve, everywhere));
    screen.fails(
        "Eve makes Fay an owner",
        NotPermittedException.class,
        () -> management.workspaces().addOwner(birch, fay));
  }

  private void workInTwo(Management bob, Subject session) {
    screen.say("Eve's API key is Eve, in each workspace of hers, until Bob removes her from his.");
    try (Issued<ApiKey> key =
        platform.thingward.as(session).apiKeys(eve).create(NewApiKey.of("Home"))) {
      Subject home =
          screen.authenticated("Eve's program presents her key", platform.request(key.secret()));
      screen.equal("workspaces of the key", workspaces(home), "Acme Offices, Birch Farms");
      screen.decide("it controls north-valve-1 (Birch)", home, CONTROL, valve, Reason.ROLE);
      screen.decide("it controls oslo-meter-1 (Acme)", home, CONTROL, office, Reason.ROLE);
      bob.members(birch).remove(eve);
      screen.decide("removed; it controls north-valve-1", home, CONTROL, valve, Reason.NOT_GRANTED);
      screen.decide("it controls oslo-meter-1 (Acme)", home, CONTROL, office, Reason.ROLE);
    }
  }

  private static String workspaces(Subject subject) {
    return subject.workspaces(PageRequest.first(10)).items().stream()
        .map(SubjectWorkspace::name)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
