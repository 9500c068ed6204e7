package io.thingward.store;

/**
 * A store could not answer. It says nothing about whether the record exists. S24 Its message holds
 * ids at most, never a value of a record; drivers put values into theirs, so wrap those as the
 * cause.
 */
public abstract class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreException(String message) {
    super(message);
  }
}
