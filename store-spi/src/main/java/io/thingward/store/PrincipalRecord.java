package io.thingward.store;

import io.thingward.model.PrincipalId;
import java.time.Instant;
import java.util.Optional;

/** A principal: a {@link UserRecord} or an {@link ApiUserRecord}. Both share one space of ids. */
public sealed interface PrincipalRecord extends VersionedRecord<PrincipalRecord>
    permits UserRecord, ApiUserRecord {
  /** The key of the record. */
  PrincipalId id();

  /** What it is good for. */
  LifecycleState state();

  /** From when on it is as if suspended, if ever. */
  Optional<Instant> endsAt();

  /** When it was created. */
  Instant created();
}
