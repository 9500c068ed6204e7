package io.thingward.error;

/** A documented limit would be exceeded. */
public final class LimitException extends ThingwardException {
  private static final long serialVersionUID = 1L;

  /** Names the limit. */
  public LimitException(String message) {
    super(message);
  }
}
