package io.thingward.internal.live;

import io.thingward.model.CredentialId;
import io.thingward.store.LastUse;
import io.thingward.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When sessions end for want of use. A use is an authentication, not a check. Thread-safe. */
public final class Idleness {
  private final LastUses uses;
  private final Duration timeout;
  private final Time time;

  /** Of sessions whose uses these are. */
  public Idleness(LastUses uses, Duration timeout, Time time) {
    this.uses = uses;
    this.timeout = timeout;
    this.time = time;
  }

  /**
   * When a session has to be looked at again: a check reads no clock, so the ticker drops what it
   * rests on at this moment. Of one that is not used here yet, an authentication is under way.
   */
  Instant endOf(SessionRecord session) {
    Instant idle = uses.noted(session.id()).orElseGet(time::now).plus(timeout);
    return idle.isBefore(session.endsAt()) ? idle : session.endsAt();
  }

  /* Another node may have seen a later use: before a session is given up, its last use is read. */
  boolean isIdle(SessionRecord session, Instant now) {
    CredentialId id = session.id();
    if (now.isBefore(uses.noted(id).orElse(session.created()).plus(timeout))) {
      return false;
    }
    Optional<Instant> elsewhere =
        Optional.ofNullable(uses.read(List.of(id)).get(id)).map(LastUse::at);
    elsewhere.ifPresent(at -> uses.learn(id, at));
    return !now.isBefore(elsewhere.orElse(session.created()).plus(timeout));
  }
}
