package io.thingward.error;

/**
 * A store, the password hasher or the device directory did not answer. It is neither "allow" nor
 * "wrong credentials": the question has no answer now; ask again later.
 *
 * <p>After a management call its outcome may be unknown; the message says so, and the same call can
 * be made again.
 */
public final class UnavailableException extends ThingwardException {
  private static final long serialVersionUID = 1L;

  /** Says what did not answer; the cause is for the operator, not for the caller of the host. */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Without a cause. */
  public UnavailableException(String message) {
    super(message);
  }
}
