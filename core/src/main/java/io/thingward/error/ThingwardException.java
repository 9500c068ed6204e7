package io.thingward.error;

/**
 * A call was refused or could not be carried out. Nothing was changed, unless the subclass says
 * otherwise. Messages name records by id at most; none holds a secret.
 *
 * <p>Misuse is not under this root: a null argument is a {@link NullPointerException}, a bad value
 * an {@link IllegalArgumentException}, a closed library an {@link IllegalStateException}.
 */
public abstract class ThingwardException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ThingwardException(String message) {
    super(message);
  }

  ThingwardException(String message, Throwable cause) {
    super(message, cause);
  }
}
