package io.thingward.examples;

import static io.thingward.examples.Platform.CONTROL;
import static io.thingward.examples.Platform.REPORTS;
import static io.thingward.examples.Platform.RULES;
import static io.thingward.examples.Platform.VIEW;

import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.Subject;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.error.NotPermittedException;
import io.thingward.management.ActivationCode;
import io.thingward.management.ApiKey;
import io.thingward.management.ApiKeys;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;

/** As on IoT Open: a person logs in and makes API keys, each of which is that person. */
final class IotOpenStory {
  private final Platform platform;
  private final Screen screen;
  private final WorkspaceId cedar = WorkspaceId.of("cedar");
  private final PrincipalId dan = PrincipalId.of("dan");
  private final Device harbour;
  private final Device hill;

  IotOpenStory(Platform platform, Screen screen) {
    this.platform = platform;
    this.screen = screen;
    harbour = platform.device(cedar, "harbour-pump-9");
    hill = platform.device(cedar, "hill-pump-1");
  }

  void play() {
    screen.title(
        "1. As on IoT Open: a person, a session, two API keys",
        "Dan, a member of Cedar Water, and his programs Grafana and Node-RED");
    try (Login login = logIn()) {
      useSession(login.subject());
      ApiKeys keys = platform.thingward.as(login.subject()).apiKeys(dan);
      screen.say(
          "Dan makes two API keys. Each token is shown once, then only its digest is known.");
      try (Issued<ApiKey> grafana =
              keys.create(NewApiKey.of("Grafana").restrictedTo(cedar, DeviceScope.all(), VIEW));
          Issued<ApiKey> nodeRed = keys.create(NewApiKey.of("Node-RED"))) {
        screen.show("Grafana, for looking only", "API key " + Screen.brief(grafana.id()));
        screen.show("Node-RED, for all that Dan may do", "API key " + Screen.brief(nodeRed.id()));
        useKeys(keys, grafana, nodeRed);
        endSession(login, nodeRed);
      }
    }
  }

  private Login logIn() {
    screen.say("Dan works at Cedar Water. His new account came with a one-time activation code.");
    ActivationCode code = platform.start.activation("dan");
    String username = code.username().value();
    try (Password password = platform.start.newPassword();
        Password mistyped = platform.start.newPassword()) {
      screen.authenticated(
          "Dan sets a password with the code", platform.activate(username, code.code(), password));
      screen.refused(
          "somebody tries the code once more",
          platform.activate(username, code.code(), mistyped),
          platform.lastReason(),
          "NO_CODE");
      screen.refused(
          "Dan logs in, and mistypes",
          platform.login(username, mistyped),
          platform.lastReason(),
          "WRONG_PASSWORD");
      Login login =
          screen.authenticated("Dan logs in (Argon2id)", platform.login(username, password));
      screen.show("his session", Screen.brief(login.session().id()) + ", for 12 hours at most");
      return login;
    }
  }

  private void useSession(Subject session) {
    screen.say("Dan is operator of site=harbour, and may look at what is critical=*.");
    screen.decide("control harbour-pump-9", session, CONTROL, harbour, Reason.ROLE);
    screen.decide("view hill-pump-1, which is critical", session, VIEW, hill, Reason.GRANT);
    screen.decide("control hill-pump-1", session, CONTROL, hill, Reason.NOT_GRANTED);
    screen.decide("read the reports of Cedar Water", session, REPORTS, cedar, Reason.ROLE);
    screen.decide("edit the rules of Cedar Water", session, RULES, cedar, Reason.NOT_GRANTED);
  }

  private void useKeys(ApiKeys keys, Issued<ApiKey> grafana, Issued<ApiKey> nodeRed) {
    screen.say("A key is Dan, less what its restriction leaves out. It is not his account.");
    Subject dashboards =
        screen.authenticated("Grafana presents its token", platform.request(grafana.secret()));
    screen.decide("Grafana views harbour-pump-9", dashboards, VIEW, harbour, Reason.ROLE);
    screen.decide(
        "Grafana controls harbour-pump-9", dashboards, CONTROL, harbour, Reason.RESTRICTED);
    Subject flows =
        screen.authenticated("Node-RED presents its token", platform.request(nodeRed.secret()));
    screen.decide("Node-RED controls harbour-pump-9", flows, CONTROL, harbour, Reason.ROLE);
    screen.fails(
        "Node-RED makes a key of its own",
        NotPermittedException.class,
        () -> platform.thingward.as(flows).apiKeys(dan).create(NewApiKey.of("Spare")).close());

    screen.say("Dan revokes the key of Grafana, which is connected. The other key still works.");
    keys.delete(grafana.id());
    screen.decide(
        "Grafana views harbour-pump-9", dashboards, VIEW, harbour, Reason.CREDENTIAL_ENDED);
    screen.refused(
        "Grafana presents its token",
        platform.request(grafana.secret()),
        platform.lastReason(),
        "UNKNOWN");
    screen.decide("Node-RED controls harbour-pump-9", flows, CONTROL, harbour, Reason.ROLE);
  }

  private void endSession(Login login, Issued<ApiKey> nodeRed) {
    screen.say("Dan logs out: the session ends, also where it is held. Keys live until revoked.");
    Subject session = login.subject();
    platform.thingward.as(session).sessions(dan).end(login.session().id());
    screen.decide("control harbour-pump-9", session, CONTROL, harbour, Reason.CREDENTIAL_ENDED);
    screen.refused(
        "the token of the session",
        platform.request(login.session().secret()),
        platform.lastReason(),
        "UNKNOWN");
    Subject flows =
        screen.authenticated("Node-RED presents its token", platform.request(nodeRed.secret()));
    screen.decide("Node-RED controls harbour-pump-9", flows, CONTROL, harbour, Reason.ROLE);
  }
}
