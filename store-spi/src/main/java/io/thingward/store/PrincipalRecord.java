package io.thingward.store;

import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import java.time.Instant;
import java.util.Optional;

/** A principal: a {@link UserRecord} or an {@link ApiUserRecord}. Both share one space of ids. */
public sealed interface PrincipalRecord extends StoreRecord permits UserRecord, ApiUserRecord {
  /** The key of the record. */
  PrincipalId id();

  /** Which state of the record this is. */
  Version version();

  /** What it is good for. */
  LifecycleState state();

  /** From when on it is as if suspended, if ever. */
  Optional<Instant> endsAt();

  /** When it was created. */
  Instant created();
}
