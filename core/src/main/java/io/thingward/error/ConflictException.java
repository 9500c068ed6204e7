package io.thingward.error;

/**
 * The state of the record does not allow this: the id or name is taken, the owner is the last one,
 * the record is being deleted, or it kept changing underneath.
 */
public final class ConflictException extends ThingwardException {
  private static final long serialVersionUID = 1L;

  /** Says what stands in the way. */
  public ConflictException(String message) {
    super(message);
  }
}
