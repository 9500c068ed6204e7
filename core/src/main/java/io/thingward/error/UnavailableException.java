package io.thingward.error;

/**
 * A store, the password hasher or the device directory did not answer. It is neither "allow" nor
 * "wrong credentials": the question has no answer now; ask again later.
 *
 * <p>After a management call its outcome may be unknown, see {@link #isOutcomeUnknown}; the same
 * call can be made again.
 */
public final class UnavailableException extends ThingwardException {
  private static final long serialVersionUID = 1L;

  private final boolean outcomeUnknown;

  /** Says what did not answer; the cause is for the operator, not for the caller of the host. */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
    outcomeUnknown = false;
  }

  /** Without a cause. */
  public UnavailableException(String message) {
    super(message);
    outcomeUnknown = false;
  }

  private UnavailableException(String message, Throwable cause, boolean outcomeUnknown) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /** After a write whose answer was lost: it may have happened. */
  public static UnavailableException afterWrite(String message, Throwable cause) {
    return new UnavailableException(message, cause, true);
  }

  /** Whether something may have been changed; else nothing was. */
  public boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }
}
