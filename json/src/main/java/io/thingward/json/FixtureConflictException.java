package io.thingward.json;

import io.thingward.store.StoreRecord;
import java.util.List;
import java.util.stream.Collectors;

/** A record of a fixture has a key that is taken in the stores, or twice in the file. */
public final class FixtureConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 20;

  private final int inserted;

  FixtureConflictException(StoreRecord taken, List<StoreRecord> inserted) {
    super(Kind.describe(taken) + " is there already; " + told(inserted));
    this.inserted = inserted.size();
  }

  private static String told(List<StoreRecord> inserted) {
    if (inserted.isEmpty()) {
      return "nothing was inserted";
    }
    String named =
        inserted.stream().limit(NAMED).map(Kind::describe).collect(Collectors.joining(", "));
    return "inserted before it: "
        + named
        + (inserted.size() > NAMED ? " and " + (inserted.size() - NAMED) + " more" : "");
  }

  /** How many records were inserted before; the message names the first ones. */
  public int inserted() {
    return inserted;
  }
}
