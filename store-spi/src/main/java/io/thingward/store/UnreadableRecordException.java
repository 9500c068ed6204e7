package io.thingward.store;

/**
 * A stored record, or an entry of a feed, has a format that this version does not know. It is left
 * as it is: see S14 and S80.
 */
public final class UnreadableRecordException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Names the record by its id, and its format. */
  public UnreadableRecordException(String message) {
    super(message);
  }

  /** With what the decoder said. */
  public UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
