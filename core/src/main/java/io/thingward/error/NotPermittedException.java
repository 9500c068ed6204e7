package io.thingward.error;

/** The actor may not do this, or would give or change more than the actor holds. */
public final class NotPermittedException extends ThingwardException {
  private static final long serialVersionUID = 1L;

  /** Says what was missing. */
  public NotPermittedException(String message) {
    super(message);
  }
}
