package io.thingward.examples;

import io.thingward.access.Decision;
import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.Subject;
import io.thingward.authentication.Authentication;
import io.thingward.error.ThingwardException;
import io.thingward.model.CredentialId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;
import java.io.PrintStream;

/**
 * Where the stories are told: what was tried on the left, what came of it on the right. Whatever
 * comes out otherwise than the story says is a {@link Surprise}.
 */
final class Screen {
  private static final int WIDTH = 100;
  private static final int LEFT = 42;

  private final PrintStream out;
  private int shown;

  Screen(PrintStream out) {
    this.out = out;
  }

  /** Something came out otherwise than the story says. */
  static final class Surprise extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Surprise(String message) {
      super(message);
    }
  }

  /** How many outcomes were shown, each of them as expected. */
  int shown() {
    return shown;
  }

  /** The first lines of all. */
  void begin(String... lines) {
    for (String line : lines) {
      out.println(line);
    }
  }

  /** Begins a story, and says who plays in it. */
  void title(String text, String cast) {
    out.println();
    out.println("== " + text + " " + "=".repeat(Math.max(0, WIDTH - text.length() - 4)));
    out.println("With " + cast + ".");
  }

  /** The last line of all. */
  void end(String text) {
    out.println();
    out.println(text);
  }

  /** Says what happens next. */
  void say(String text) {
    out.println();
    out.println(text);
  }

  /** Shows a fact. */
  void show(String what, String fact) {
    int gap = Math.max(2, LEFT - what.length());
    out.println("  " + what + " ".repeat(gap) + fact);
  }

  /** Shows whether a subject may do something on a device, and why. */
  void decide(
      String what, Subject subject, DevicePermission permission, Device device, Reason expected) {
    Decision decision = subject.decide(permission, device);
    check(what, decision.reason(), expected);
    check(what, subject.isAllowed(permission, device), decision.allowed());
    shown(what, decision.toString());
  }

  /** Shows whether a subject may do something in a workspace, and why. */
  void decide(
      String what,
      Subject subject,
      WorkspacePermission permission,
      WorkspaceId workspace,
      Reason expected) {
    Decision decision = subject.decide(permission, workspace);
    check(what, decision.reason(), expected);
    check(what, subject.isAllowed(permission, workspace), decision.allowed());
    shown(what, decision.toString());
  }

  /** Shows a success, and returns what it gave. */
  <T> T authenticated(String what, Authentication<T> outcome) {
    check(what, outcome.getClass().getSimpleName(), "Authenticated");
    shown(what, "Authenticated");
    return outcome.orElseThrow();
  }

  /** Shows a refusal, and the precise reason, which the client is not told. */
  void refused(String what, Authentication<?> outcome, String reason, String expected) {
    check(what, outcome.getClass().getSimpleName(), "Refused");
    check(what, reason, expected);
    shown(what, "Refused (the audit knows: " + reason + ")");
  }

  /** Shows how a call fails, in the library's words. */
  void fails(String what, Class<? extends ThingwardException> expected, Runnable call) {
    try {
      call.run();
    } catch (ThingwardException refusal) {
      check(what, refusal.getClass(), expected);
      shown(what, refusal.getClass().getSimpleName());
      out.println("      \"" + refusal.getMessage() + "\"");
      return;
    }
    throw new Surprise(what + ": it went through, expected " + expected.getSimpleName());
  }

  /** Shows a value that the story knows beforehand. */
  void equal(String what, Object actual, Object expected) {
    check(what, actual, expected);
    shown(what, String.valueOf(actual));
  }

  private void shown(String what, String outcome) {
    show(what, outcome);
    shown++;
  }

  private static void check(String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      throw new Surprise(what + ": " + actual + ", expected " + expected);
    }
  }

  /** A credential's public id, shortened to its random end. */
  static String brief(CredentialId id) {
    String text = id.toString();
    return "..." + text.substring(text.length() - 6);
  }
}
