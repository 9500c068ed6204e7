package io.thingward.error;

/**
 * There is no such thing for this actor. What belongs to another workspace answers like this, too,
 * word for word.
 */
public final class NotFoundException extends ThingwardException {
  private static final long serialVersionUID = 1L;

  /** Names what was looked for. */
  public NotFoundException(String message) {
    super(message);
  }
}
