package io.thingward.internal.throttle;

import java.time.Duration;

/** Whether a password may be examined now. */
public sealed interface Admission permits Admitted, Admission.Delayed {

  /**
   * Not now, and nothing was counted.
   *
   * @param retryAfter more than zero
   */
  record Delayed(Duration retryAfter) implements Admission {}
}
