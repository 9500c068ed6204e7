package io.thingward.management;

import java.util.Optional;
import java.util.function.Supplier;

/*
 * What became of a record of an import.
 *
 * reason: why it was refused; empty if it was not
 */
record ImportOutcome(Kind kind, String reason) {
  enum Kind {
    INSERTED,
    PRESENT,
    LEFT_OUT,
    REFUSED
  }

  static final ImportOutcome INSERTED = new ImportOutcome(Kind.INSERTED, "");
  static final ImportOutcome PRESENT = new ImportOutcome(Kind.PRESENT, "");
  static final ImportOutcome LEFT_OUT = new ImportOutcome(Kind.LEFT_OUT, "");
  static final ImportOutcome TAKEN = refused("another record has its key");

  static ImportOutcome refused(String reason) {
    return new ImportOutcome(Kind.REFUSED, reason);
  }

  boolean isInserted() {
    return kind == Kind.INSERTED;
  }

  /* Takes back what was inserted if what it rests on is gone since that was looked at. */
  ImportOutcome unless(Supplier<Optional<String>> gone, Runnable takeBack) {
    Optional<String> reason = isInserted() ? gone.get() : Optional.empty();
    reason.ifPresent(why -> takeBack.run());
    return reason.map(ImportOutcome::refused).orElse(this);
  }
}
