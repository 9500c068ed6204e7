package io.thingward.store.testkit;

import io.thingward.model.CredentialId;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores of last uses with one flaw each. */
final class BrokenUseStores {
  private BrokenUseStores() {}

  static List<Broken<LastUseStore>> all() {
    return List.of(
        recording(
            "time moves backwards",
            70,
            (store, id, use) -> {
              store.delete(List.of(id));
              store.record(Map.of(id, use));
            }),
        recording(
            "an equally late use takes the place of another",
            70,
            (store, id, use) -> {
              if (use.at().equals(at(store, id))) {
                store.delete(List.of(id));
              }
              store.record(Map.of(id, use));
            }),
        recording(
            "a later use without a source keeps the old one",
            70,
            (store, id, use) -> {
              Optional<LastUse> kept = Optional.ofNullable(store.find(List.of(id)).get(id));
              Optional<String> source = use.source().or(() -> kept.flatMap(LastUse::source));
              store.record(Map.of(id, new LastUse(use.at(), source, use.agent())));
            }),
        recording(
            "a use in the future is refused",
            70,
            (store, id, use) -> {
              if (use.at().isBefore(Samples.T0.plusSeconds(86_400L * 36_500))) {
                store.record(Map.of(id, use));
              }
            }),
        recording(
            "a use is kept in two steps",
            71,
            (store, id, use) -> {
              if (use.at().isAfter(at(store, id))) {
                Broken.dawdle();
                store.delete(List.of(id));
                store.record(Map.of(id, use));
              }
            }),
        recording(
            "times are kept in seconds",
            4,
            (store, id, use) ->
                store.record(
                    Map.of(
                        id,
                        new LastUse(
                            use.at().truncatedTo(ChronoUnit.SECONDS), use.source(), use.agent())))),
        recording(
            "an agent is cut",
            4,
            (store, id, use) ->
                store.record(
                    Map.of(
                        id,
                        new LastUse(
                            use.at(),
                            use.source(),
                            use.agent().map(it -> it.substring(0, Math.min(100, it.length()))))))),
        broken(
            "the map that was returned is the inside",
            10,
            store ->
                new Forwarding.OfUses(store) {
                  private final Map<CredentialId, LastUse> inside = new ConcurrentHashMap<>();

                  @Override
                  public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
                    inside.clear();
                    inside.putAll(super.find(ids));
                    return inside;
                  }
                }),
        broken(
            "the map that was given is kept",
            10,
            store ->
                new Forwarding.OfUses(store) {
                  private Map<CredentialId, LastUse> waiting = Map.of();

                  @Override
                  public synchronized void record(Map<CredentialId, LastUse> uses) {
                    super.record(waiting);
                    waiting = uses;
                  }

                  @Override
                  public synchronized void delete(Collection<CredentialId> ids) {
                    super.record(waiting);
                    waiting = Map.of();
                    super.delete(ids);
                  }

                  @Override
                  public synchronized int purge(Instant usedBefore, int limit) {
                    super.record(waiting);
                    waiting = Map.of();
                    return super.purge(usedBefore, limit);
                  }

                  @Override
                  public synchronized Map<CredentialId, LastUse> find(
                      Collection<CredentialId> ids) {
                    super.record(waiting);
                    waiting = Map.of();
                    return super.find(ids);
                  }
                }),
        broken(
            "what was never used is an exception",
            5,
            store ->
                new Forwarding.OfUses(store) {
                  @Override
                  public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
                    Map<CredentialId, LastUse> found = super.find(ids);
                    if (found.isEmpty() && !ids.isEmpty()) {
                      throw new IllegalArgumentException("never used");
                    }
                    return found;
                  }
                }),
        broken(
            "one that is named twice is an error",
            69,
            store ->
                new Forwarding.OfUses(store) {
                  @Override
                  public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
                    Map<CredentialId, LastUse> all = super.find(ids);
                    return ids.stream()
                        .filter(all::containsKey)
                        .collect(Collectors.toMap(id -> id, all::get));
                  }
                }),
        broken(
            "a look-up has all that there is",
            69,
            store ->
                new Forwarding.OfUses(store) {
                  private final Map<CredentialId, Boolean> known = new ConcurrentHashMap<>();

                  @Override
                  public void record(Map<CredentialId, LastUse> uses) {
                    uses.keySet().forEach(id -> known.put(id, true));
                    super.record(uses);
                  }

                  @Override
                  public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
                    return ids.isEmpty() ? super.find(known.keySet()) : super.find(ids);
                  }
                }),
        broken(
            "the store has room for five hundred",
            9,
            store ->
                new Forwarding.OfUses(store) {
                  private int room = 500;

                  @Override
                  public synchronized void record(Map<CredentialId, LastUse> uses) {
                    Map<CredentialId, LastUse> some = new HashMap<>();
                    new TreeMap<>(uses)
                        .forEach(
                            (id, use) -> {
                              if (room-- > 0) {
                                some.put(id, use);
                              }
                            });
                    super.record(some);
                  }
                }),
        broken(
            "a deletion leaves a mark",
            72,
            store ->
                new Forwarding.OfUses(store) {
                  private final Map<CredentialId, Instant> marks = new ConcurrentHashMap<>();

                  @Override
                  public void delete(Collection<CredentialId> ids) {
                    super.find(ids).forEach((id, use) -> marks.put(id, use.at()));
                    super.delete(ids);
                  }

                  @Override
                  public void record(Map<CredentialId, LastUse> uses) {
                    Map<CredentialId, LastUse> later = new HashMap<>(uses);
                    later
                        .entrySet()
                        .removeIf(
                            use ->
                                !marks
                                    .getOrDefault(use.getKey(), Instant.MIN)
                                    .isBefore(use.getValue().at()));
                    super.record(later);
                  }
                }),
        broken(
            "a deletion stops at what is absent",
            72,
            store ->
                new Forwarding.OfUses(store) {
                  @Override
                  public void delete(Collection<CredentialId> ids) {
                    if (super.find(ids).size() == ids.size()) {
                      super.delete(ids);
                    }
                  }
                }),
        broken(
            "a purge goes by the first use",
            73,
            store ->
                new Forwarding.OfUses(store) {
                  private final Map<CredentialId, Instant> first = new ConcurrentHashMap<>();

                  @Override
                  public void record(Map<CredentialId, LastUse> uses) {
                    uses.forEach((id, use) -> first.putIfAbsent(id, use.at()));
                    super.record(uses);
                  }

                  @Override
                  public int purge(Instant usedBefore, int limit) {
                    List<CredentialId> old =
                        first.entrySet().stream()
                            .filter(use -> use.getValue().isBefore(usedBefore))
                            .map(Map.Entry::getKey)
                            .limit(limit)
                            .toList();
                    first.keySet().removeAll(old);
                    super.delete(old);
                    return old.size();
                  }
                }),
        purging(
            "a purge takes what was used at the instant",
            73,
            (store, before, limit) -> store.purge(before.plusMillis(1), limit)),
        purging(
            "a purge takes more than it may",
            74,
            (store, before, limit) -> store.purge(before, limit + 1)),
        purging(
            "a purge does not say how many",
            75,
            (store, before, limit) -> {
              var unused = store.purge(before, limit);
              return 0;
            }),
        purging(
            "a purge is done too early",
            76,
            (store, before, limit) -> store.purge(before, Math.max(1, limit - 1))),
        purging(
            "a purge goes by the clock",
            8,
            (store, before, limit) ->
                store.purge(
                    before.isAfter(Samples.LAST_TIME.minusSeconds(1)) ? Samples.T0 : before,
                    limit)),
        broken(
            "threads wait for nobody",
            17,
            store ->
                new Forwarding.OfUses(store) {
                  private volatile boolean busy;

                  @Override
                  public void record(Map<CredentialId, LastUse> uses) {
                    if (busy) {
                      return;
                    }
                    busy = true;
                    Broken.pause();
                    super.record(uses);
                    busy = false;
                  }
                }),
        broken(
            "null for nothing",
            18,
            store ->
                new Forwarding.OfUses(store) {
                  @Override
                  public Map<CredentialId, LastUse> find(Collection<CredentialId> ids) {
                    Map<CredentialId, LastUse> found = super.find(ids);
                    return found.isEmpty() ? null : found;
                  }
                }));
  }

  private static Broken<LastUseStore> broken(
      String flaw, int rule, UnaryOperator<LastUseStore> breaking) {
    return new Broken<>(flaw, rule, breaking);
  }

  private static Instant at(LastUseStore store, CredentialId id) {
    LastUse kept = store.find(List.of(id)).get(id);
    return kept == null ? Instant.MIN : kept.at();
  }

  private interface Recording {
    void record(LastUseStore store, CredentialId id, LastUse use);
  }

  private static Broken<LastUseStore> recording(String flaw, int rule, Recording recording) {
    return broken(
        flaw,
        rule,
        store ->
            new Forwarding.OfUses(store) {
              @Override
              public void record(Map<CredentialId, LastUse> uses) {
                uses.forEach((id, use) -> recording.record(to, id, use));
              }
            });
  }

  private interface Purging {
    int purge(LastUseStore store, Instant before, int limit);
  }

  private static Broken<LastUseStore> purging(String flaw, int rule, Purging purging) {
    return broken(
        flaw,
        rule,
        store ->
            new Forwarding.OfUses(store) {
              @Override
              public int purge(Instant usedBefore, int limit) {
                return purging.purge(to, usedBefore, limit);
              }
            });
  }
}
