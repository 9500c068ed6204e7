package io.thingward.store.memory;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in one table. */
final class MemorySessionStore implements SessionStore {
  private final Index<PrincipalId, CredentialId, SessionRecord> ofUser =
      new Index<>("sessions", SessionRecord::user, SessionRecord::id, CredentialId::parse);
  private final Index<Instant, CredentialId, SessionRecord> byEnd =
      new Index<>("ended-sessions", SessionRecord::endsAt, SessionRecord::id, CredentialId::parse);
  private final MemoryFeed feed;
  private final Table<CredentialId, SessionRecord> sessions;

  MemorySessionStore(MemoryFeed feed) {
    this.feed = feed;
    this.sessions =
        new Table<>(
            SessionRecord::id,
            List.of(ofUser, byEnd),
            (before, after) -> {
              if (before != null) {
                feed.append(new Change.OfSession(before.id()));
              }
            });
  }

  @Override
  public Optional<SessionRecord> find(CredentialId id) {
    return sessions.find(id);
  }

  @Override
  public boolean insert(SessionRecord session) {
    return sessions.insert(session);
  }

  @Override
  public boolean delete(CredentialId id) {
    return sessions.delete(id);
  }

  @Override
  public Page<SessionRecord> list(PrincipalId user, PageRequest page) {
    return sessions.page(ofUser, user, page);
  }

  @Override
  public List<CredentialId> purge(Instant endedBefore, int limit) {
    return sessions.purge(byEnd, endedBefore, limit);
  }

  @Override
  public Optional<ChangeFeed> changes() {
    return Optional.of(feed);
  }

  int size() {
    return sessions.size();
  }
}
