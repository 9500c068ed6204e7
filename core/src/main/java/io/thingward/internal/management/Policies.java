package io.thingward.internal.management;

import java.time.Duration;

/**
 * The durations that a host sets; the bounds of each are checked where it is set.
 *
 * @param recentLogin how long after a login a session may change its user's keys and password
 * @param sessionLife from login to the absolute end of a session
 * @param sessionIdle how long a session may go unused
 * @param activationLife how long an activation code counts
 */
public record Policies(
    Duration recentLogin, Duration sessionLife, Duration sessionIdle, Duration activationLife) {
  /** 15 minutes, 12 hours, 30 minutes, 24 hours. */
  public static Policies ofDefaults() {
    return new Policies(
        Duration.ofMinutes(15), Duration.ofHours(12), Duration.ofMinutes(30), Duration.ofHours(24));
  }

  /** The same with these durations of sessions. */
  public Policies withSessions(Duration life, Duration idle) {
    return new Policies(recentLogin, life, idle, activationLife);
  }

  /** The same with this life of activation codes. */
  public Policies withActivationLife(Duration life) {
    return new Policies(recentLogin, sessionLife, sessionIdle, life);
  }

  /** The same with this window of a recent login. */
  public Policies withRecentLogin(Duration window) {
    return new Policies(window, sessionLife, sessionIdle, activationLife);
  }
}
