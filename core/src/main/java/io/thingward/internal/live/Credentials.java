package io.thingward.internal.live;

import io.thingward.error.UnavailableException;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyView;
import io.thingward.store.KeyViews;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Keys and sessions, the records that are really deleted, and read together with their holders
 * where one call of a store has both. Thread-safe.
 */
public final class Credentials {
  private final StoreCalls keyCalls;
  private final StoreCalls sessionCalls;
  private final KeyStore keyStore;
  private final SessionStore sessionStore;
  private final Optional<KeyViews> keyViews;
  private final Optional<SessionViews> sessionViews;
  private final Repository<PrincipalId, PrincipalRecord> principals;
  private final Repository<WorkspaceId, WorkspaceRecord> workspaces;
  private final NodeCache cache;
  private final Consumer<Object> changed;
  private final Repository<CredentialId, KeyRecord> keys;
  private final Cells<CredentialId, SessionRecord> sessions;

  Credentials(
      CallBounds calls,
      Stores stores,
      Repository<PrincipalId, PrincipalRecord> principals,
      Repository<WorkspaceId, WorkspaceRecord> workspaces,
      NodeCache cache,
      Idleness idleness,
      UnaryOperator<Version> nextVersion,
      Consumer<Object> changed) {
    this.keyCalls = calls.of(Aggregate.KEYS);
    this.sessionCalls = calls.of(Aggregate.SESSIONS);
    this.keyStore = stores.keys();
    this.sessionStore = stores.sessions();
    this.keyViews = stores.keyViews();
    this.sessionViews = stores.sessionViews();
    this.principals = principals;
    this.workspaces = workspaces;
    this.cache = cache;
    this.changed = changed;
    this.keys =
        new Repository<>(
            keyCalls,
            new Repository.Kind<>(
                "keys", keyStore::find, keyStore::insert, keyStore::replace, KeyRecord::id),
            cache.cells(Aggregate.KEYS, this::loadKey, this::nextEnd),
            nextVersion,
            changed);
    this.sessions =
        cache.cells(
            Aggregate.SESSIONS, this::loadSession, session -> Optional.of(idleness.endOf(session)));
  }

  // --- keys ---

  /* When a key has to be looked at again: at its own end, or that of a secret in rotation. */
  private Optional<Instant> nextEnd(KeyRecord key) {
    Instant now = cache.time().now();
    return Stream.concat(
            key.endsAt().stream(), key.secrets().stream().flatMap(s -> s.endsAt().stream()))
        .filter(now::isBefore)
        .min(Comparator.naturalOrder());
  }

  /** API keys and access keys. */
  public Repository<CredentialId, KeyRecord> keys() {
    return keys;
  }

  /** A key and its holder, from the stores, in one read if a store has both. */
  KeyView readKey(CredentialId id) {
    if (keyViews.isPresent()) {
      return keyView(id, keyViews.get());
    }
    Optional<KeyRecord> key = keys.read(id);
    Optional<PrincipalRecord> principal = Optional.empty();
    Optional<WorkspaceRecord> workspace = Optional.empty();
    if (key.orElse(null) instanceof ApiKeyRecord apiKey) {
      principal = principals.read(apiKey.principal());
    } else if (key.orElse(null) instanceof AccessKeyRecord accessKey) {
      workspace = workspaces.read(accessKey.workspace());
    }
    return new KeyView(key, principal, workspace);
  }

  private Optional<KeyRecord> loadKey(CredentialId id) {
    return keyViews.isPresent() ? keyView(id, keyViews.get()).key() : keys.read(id);
  }

  private KeyView keyView(CredentialId id, KeyViews views) {
    Moment start = cache.moment();
    KeyView view = keyCalls.ask("keys", () -> views.view(id));
    view.key().ifPresent(key -> StoreCalls.requireSame(id, key.id()));
    if (view.key().orElse(null) instanceof ApiKeyRecord key) {
      offerHolder(key.principal(), view.principal(), start);
    } else if (view.key().orElse(null) instanceof AccessKeyRecord key) {
      view.workspace().ifPresent(found -> StoreCalls.requireSame(key.workspace(), found.id()));
      workspaces.cell(key.workspace()).offer(view.workspace(), start);
    }
    return view;
  }

  private void offerHolder(PrincipalId id, Optional<PrincipalRecord> found, Moment start) {
    found.ifPresent(principal -> StoreCalls.requireSame(id, principal.id()));
    principals.cell(id).offer(found, start);
  }

  /** Keeps new keys; an outcome each, or one exception if the outcome of all is unknown. */
  public List<Boolean> insertKeys(List<? extends KeyRecord> fresh) {
    List<Boolean> outcomes;
    try {
      outcomes = keyCalls.tell("keys", () -> keyStore.insertAll(fresh));
    } finally {
      fresh.forEach(key -> keys.reread(key.id())); // it may have been asked for, and been absent
    }
    if (outcomes.size() != fresh.size() || outcomes.stream().anyMatch(Objects::isNull)) {
      throw StoreCalls.afterWrite(
          new UnavailableException("a store answered for other keys than it was given"));
    }
    return new ArrayList<>(outcomes);
  }

  /** Deletes a key, whatever has become of it since it was read; false if it is gone already. */
  public boolean deleteKey(KeyRecord known) {
    if (deleteKey(known.id(), known.version())) {
      return true;
    }
    return Repository.untilNotOvertaken(
        () -> {
          Optional<KeyRecord> key = keys.read(known.id());
          boolean deleted = key.isPresent() && deleteKey(key.get().id(), key.get().version());
          return deleted || key.isEmpty() ? Optional.of(deleted) : Optional.empty();
        });
  }

  private boolean deleteKey(CredentialId id, Version expected) {
    try {
      return keyCalls.tell("keys", () -> keyStore.delete(id, expected));
    } finally {
      keys.mark(id);
    }
  }

  /** Deletes keys that ended before an instant, at most so many; returns which. */
  public List<CredentialId> purgeKeys(Instant endedBefore, int limit) {
    return keyCalls.tell("keys", () -> keyStore.purge(endedBefore, limit));
  }

  // --- sessions ---

  Cell<CredentialId, SessionRecord> session(CredentialId id) {
    return sessions.cell(id);
  }

  /** A session, from the store. */
  public Optional<SessionRecord> readSession(CredentialId id) {
    return sessionCalls.find("sessions", id, sessionStore::find, SessionRecord::id);
  }

  /** A session and its user, from the stores, in one read if a store has both. */
  SessionView readSessionView(CredentialId id) {
    if (sessionViews.isPresent()) {
      return sessionView(id, sessionViews.get());
    }
    Optional<SessionRecord> session = readSession(id);
    return new SessionView(session, session.flatMap(found -> principals.read(found.user())));
  }

  private Optional<SessionRecord> loadSession(CredentialId id) {
    return sessionViews.isPresent()
        ? sessionView(id, sessionViews.get()).session()
        : readSession(id);
  }

  private SessionView sessionView(CredentialId id, SessionViews views) {
    Moment start = cache.moment();
    SessionView view = sessionCalls.ask("sessions", () -> views.view(id));
    view.session().ifPresent(session -> StoreCalls.requireSame(id, session.id()));
    view.session().ifPresent(session -> offerHolder(session.user(), view.user(), start));
    return view;
  }

  /** Keeps a new session; false if the id is taken. */
  public boolean insert(SessionRecord session) {
    try {
      return sessionCalls.tell("sessions", () -> sessionStore.insert(session));
    } finally {
      sessions.mark(session.id());
    }
  }

  /** Deletes a session; false if it is gone. */
  public boolean deleteSession(CredentialId id) {
    try {
      return sessionCalls.tell("sessions", () -> sessionStore.delete(id));
    } finally {
      markSession(id);
    }
  }

  /** It is gone, or may be. */
  void markSession(CredentialId id) {
    sessions.mark(id);
    changed.accept(id);
  }

  /** Deletes sessions whose absolute end is before an instant, at most so many; returns which. */
  public List<CredentialId> purgeSessions(Instant endedBefore, int limit) {
    return sessionCalls.tell("sessions", () -> sessionStore.purge(endedBefore, limit));
  }
}
