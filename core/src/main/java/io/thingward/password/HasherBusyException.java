package io.thingward.password;

/** Too many password hashes run or wait; try again later. It is no failed guess. */
public final class HasherBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which bound was met. */
  public HasherBusyException(String message) {
    super(message);
  }
}
