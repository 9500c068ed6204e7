package io.thingward.store.testkit;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Session stores with one flaw each. */
final class BrokenSessionStores {
  private BrokenSessionStores() {}

  static List<Broken<SessionStore>> all() {
    return List.of(
        broken(
            "a read after a deletion still finds it",
            1,
            store ->
                new Forwarding.OfSessions(store) {
                  private final Map<CredentialId, SessionRecord> seen = new ConcurrentHashMap<>();

                  @Override
                  public Optional<SessionRecord> find(CredentialId id) {
                    super.find(id).ifPresent(session -> seen.put(id, session));
                    return Optional.ofNullable(seen.get(id));
                  }
                }),
        broken(
            "an insert overwrites",
            61,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public boolean insert(SessionRecord session) {
                    boolean absent = super.delete(session.id());
                    return super.insert(session) && !absent;
                  }
                }),
        broken(
            "an insert of a duplicate throws",
            5,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public boolean insert(SessionRecord session) {
                    if (!super.insert(session)) {
                      throw new IllegalStateException("duplicate");
                    }
                    return true;
                  }
                }),
        broken(
            "every deletion is done",
            62,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public boolean delete(CredentialId id) {
                    super.delete(id);
                    return true;
                  }
                }),
        broken(
            "a deletion takes all sessions of the user",
            62,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public boolean delete(CredentialId id) {
                    Optional<SessionRecord> session = find(id);
                    session
                        .map(at -> super.list(at.user(), PageRequest.first(1_000)).items())
                        .ifPresent(all -> all.forEach(at -> super.delete(at.id())));
                    return session.isPresent();
                  }
                }),
        broken(
            "a deletion takes two steps",
            2,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public boolean delete(CredentialId id) {
                    boolean there = find(id).isPresent();
                    Broken.dawdle();
                    var unused = super.delete(id);
                    return there;
                  }
                }),
        broken(
            "what ended is hidden",
            8,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public Page<SessionRecord> list(PrincipalId user, PageRequest page) {
                    Page<SessionRecord> found = super.list(user, page);
                    return Broken.page(
                        found.items().stream()
                            .filter(at -> !at.endsAt().isBefore(Samples.T0))
                            .toList(),
                        found.next());
                  }
                }),
        broken(
            "ended sessions are not listed",
            63,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public Page<SessionRecord> list(PrincipalId user, PageRequest page) {
                    Page<SessionRecord> found = super.list(user, page);
                    return Broken.page(
                        found.items().stream()
                            .filter(at -> at.endsAt().isAfter(at.created()))
                            .toList(),
                        found.next());
                  }
                }),
        broken(
            "an ended session is not found",
            60,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public Optional<SessionRecord> find(CredentialId id) {
                    return super.find(id).filter(at -> !at.endsAt().isBefore(at.created()));
                  }
                }),
        broken(
            "a user has twenty sessions at most",
            9,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public boolean insert(SessionRecord session) {
                    boolean done = super.insert(session);
                    List<SessionRecord> all =
                        super.list(session.user(), PageRequest.first(1_000)).items();
                    if (all.size() > 60) {
                      var unused = super.delete(all.get(0).id());
                    }
                    return done;
                  }
                }),
        broken(
            "a session needs its user",
            11,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  public boolean insert(SessionRecord session) {
                    return !session.user().value().equals("nobody") && super.insert(session);
                  }
                }),
        changing(
            "the origin is lost",
            at -> copy(at, at.epoch(), at.endsAt(), SessionRecord.Origin.PASSWORD)),
        changing(
            "an epoch is an int", at -> copy(at, (int) at.epoch() * 1L, at.endsAt(), at.origin())),
        changing(
            "the end is kept in seconds",
            at -> copy(at, at.epoch(), at.endsAt().truncatedTo(ChronoUnit.SECONDS), at.origin())),
        purging(
            "a purge takes what ends at the instant",
            64,
            (store, before, limit) -> store.purge(before.plusMillis(1), limit)),
        purging(
            "a purge takes more than it may",
            65,
            (store, before, limit) -> store.purge(before, limit + 1)),
        purging(
            "a purge names what it left",
            66,
            (store, before, limit) ->
                store.purge(before, limit).stream()
                    .map(id -> new CredentialId(id.high() + 1, id.low() - 1))
                    .toList()),
        purging(
            "a purge names each twice",
            66,
            (store, before, limit) -> {
              List<CredentialId> purged = new ArrayList<>(store.purge(before, limit));
              purged.addAll(List.copyOf(purged));
              return purged;
            }),
        purging(
            "a purge is done too early",
            67,
            (store, before, limit) -> store.purge(before, Math.max(1, limit - 1))),
        broken(
            "the ids that a purge returned change with the next",
            10,
            store ->
                new Forwarding.OfSessions(store) {
                  private final List<CredentialId> purged = new ArrayList<>();

                  @Override
                  public synchronized List<CredentialId> purge(Instant before, int limit) {
                    purged.clear();
                    purged.addAll(super.purge(before, limit));
                    return purged;
                  }
                }),
        broken(
            "threads lose each other's sessions",
            17,
            store ->
                new Forwarding.OfSessions(store) {
                  private Map<PrincipalId, Integer> counts = new HashMap<>();

                  @Override
                  public boolean insert(SessionRecord session) {
                    Map<PrincipalId, Integer> before = counts;
                    Broken.pause();
                    Map<PrincipalId, Integer> after = new HashMap<>(before);
                    after.merge(session.user(), 1, Integer::sum);
                    boolean lost = counts != before;
                    counts = after;
                    return super.insert(session) && !lost;
                  }
                }),
        broken(
            "null for absent",
            18,
            store ->
                new Forwarding.OfSessions(store) {
                  @Override
                  @SuppressWarnings("NullOptional") // the flaw
                  public Optional<SessionRecord> find(CredentialId id) {
                    Optional<SessionRecord> found = super.find(id);
                    return found.isPresent() ? found : null;
                  }
                }));
  }

  private static Broken<SessionStore> broken(
      String flaw, int rule, UnaryOperator<SessionStore> breaking) {
    return new Broken<>(flaw, rule, breaking);
  }

  private static SessionRecord copy(
      SessionRecord at, long epoch, Instant endsAt, SessionRecord.Origin origin) {
    return new SessionRecord(at.id(), at.created(), at.user(), at.digest(), epoch, endsAt, origin);
  }

  private static Broken<SessionStore> changing(String flaw, UnaryOperator<SessionRecord> change) {
    return broken(
        flaw,
        4,
        store ->
            new Forwarding.OfSessions(store) {
              @Override
              public boolean insert(SessionRecord session) {
                return super.insert(change.apply(session));
              }
            });
  }

  private interface Purging {
    List<CredentialId> purge(SessionStore store, Instant before, int limit);
  }

  private static Broken<SessionStore> purging(String flaw, int rule, Purging purging) {
    return broken(
        flaw,
        rule,
        store ->
            new Forwarding.OfSessions(store) {
              @Override
              public List<CredentialId> purge(Instant endedBefore, int limit) {
                return purging.purge(to, endedBefore, limit);
              }
            });
  }
}
