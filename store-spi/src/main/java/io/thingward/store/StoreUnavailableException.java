package io.thingward.store;

/**
 * The store did not answer within its deadline, or answered with an error of its own. After a write
 * the outcome is unknown: core reads the record again and finds its own change id, or does not.
 */
public final class StoreUnavailableException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** With what the store itself said. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Without a cause. */
  public StoreUnavailableException(String message) {
    super(message);
  }
}
