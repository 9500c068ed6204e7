package io.thingward.management;

import io.thingward.internal.management.Call;
import io.thingward.store.MembershipRecord;
import java.util.ArrayList;
import java.util.List;

/* What became of the records of an import, and why the first refused ones were. */
final class ImportTally {
  private final List<RefusedRecord> refusals = new ArrayList<>();
  private long inserted;
  private long present;
  private long leftOut;
  private long refused;

  void count(String kind, Object id, ImportOutcome outcome) {
    switch (outcome.kind()) {
      case INSERTED -> inserted++;
      case PRESENT -> present++;
      case LEFT_OUT -> leftOut++;
      case REFUSED -> {
        refused++;
        if (refusals.size() < ImportResult.NAMED) {
          refusals.add(new RefusedRecord(kind + " " + id, outcome.reason()));
        }
      }
    }
  }

  void count(MembershipRecord member, ImportOutcome outcome) {
    count("membership", member.id().principal() + " in " + member.id().workspace(), outcome);
  }

  /* A membership that was counted as inserted, and is not there any more. */
  void takenBack(MembershipRecord member, String reason) {
    inserted--;
    count(member, ImportOutcome.refused(reason));
  }

  ImportResult result() {
    return new ImportResult(inserted, present, leftOut, refused, refusals);
  }

  void note(Call call) {
    call.detail("inserted", inserted);
    call.detail("present", present);
    call.detail("left-out", leftOut);
    call.detail("refused", refused);
    if (!refusals.isEmpty()) {
      call.detail("refusals", refusals);
    }
  }
}
