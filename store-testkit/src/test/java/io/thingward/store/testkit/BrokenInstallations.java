package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import example.Engine;
import example.NaiveStores;
import io.thingward.model.CredentialId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyView;
import io.thingward.store.KeyViews;
import io.thingward.store.LastUse;
import io.thingward.store.LastUseStore;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipView;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.Stores;
import io.thingward.store.UnreadableRecordException;
import io.thingward.store.WorkspaceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** All stores of an installation, with one flaw each. */
final class BrokenInstallations {
  private BrokenInstallations() {}

  private static Broken<Stores> broken(String flaw, int rule, UnaryOperator<Stores> breaking) {
    return new Broken<>(flaw, rule, breaking);
  }

  private static UnaryOperator<Stores> withKeys(UnaryOperator<KeyStore> breaking) {
    return stores -> {
      KeyStore keys = breaking.apply(stores.keys());
      return new Forwarding.OfStores(stores) {
        @Override
        public KeyStore keys() {
          return keys;
        }
      };
    };
  }

  private static UnaryOperator<Stores> withPrincipals(UnaryOperator<PrincipalStore> breaking) {
    return stores -> {
      PrincipalStore principals = breaking.apply(stores.principals());
      return new Forwarding.OfStores(stores) {
        @Override
        public PrincipalStore principals() {
          return principals;
        }
      };
    };
  }

  private static UnaryOperator<Stores> withWorkspaces(UnaryOperator<WorkspaceStore> breaking) {
    return stores -> {
      WorkspaceStore workspaces = breaking.apply(stores.workspaces());
      return new Forwarding.OfStores(stores) {
        @Override
        public WorkspaceStore workspaces() {
          return workspaces;
        }
      };
    };
  }

  private static UnaryOperator<Stores> withSessions(UnaryOperator<SessionStore> breaking) {
    return stores -> {
      SessionStore sessions = breaking.apply(stores.sessions());
      return new Forwarding.OfStores(stores) {
        @Override
        public SessionStore sessions() {
          return sessions;
        }
      };
    };
  }

  private static UnaryOperator<Stores> withUses(UnaryOperator<LastUseStore> breaking) {
    return stores -> {
      LastUseStore uses = breaking.apply(stores.keyUses());
      return new Forwarding.OfStores(stores) {
        @Override
        public LastUseStore keyUses() {
          return uses;
        }
      };
    };
  }

  private static UnaryOperator<Stores> withKeyViews(
      BiFunction<Stores, CredentialId, KeyView> view) {
    return stores ->
        new Forwarding.OfStores(stores) {
          @Override
          public Optional<KeyViews> keyViews() {
            return Optional.of(id -> view.apply(stores, id));
          }
        };
  }

  private static UnaryOperator<Stores> withSessionViews(
      BiFunction<Stores, CredentialId, SessionView> view) {
    return stores ->
        new Forwarding.OfStores(stores) {
          @Override
          public Optional<SessionViews> sessionViews() {
            return Optional.of(id -> view.apply(stores, id));
          }
        };
  }

  private static KeyView keyView(Stores stores, CredentialId id) {
    return stores.keyViews().orElseThrow().view(id);
  }

  private static SessionView sessionView(Stores stores, CredentialId id) {
    return stores.sessionViews().orElseThrow().view(id);
  }

  private static final KeyView NO_KEY =
      new KeyView(Optional.empty(), Optional.empty(), Optional.empty());
  private static final SessionView NO_SESSION = new SessionView(Optional.empty(), Optional.empty());

  /** Caught by {@link StoresContract}. */
  static List<Broken<Stores>> together() {
    return List.of(
        broken(
            "a store is made at every call",
            19,
            stores ->
                new Forwarding.OfStores(stores) {
                  @Override
                  public KeyStore keys() {
                    return new Forwarding.OfKeys(super.keys()) {};
                  }
                }),
        broken(
            "keys and sessions share their last uses",
            19,
            stores ->
                new Forwarding.OfStores(stores) {
                  @Override
                  public LastUseStore sessionUses() {
                    return super.keyUses();
                  }
                }),
        broken(
            "a use brings a deleted key back",
            68,
            stores -> {
              Map<CredentialId, KeyRecord> seen = new ConcurrentHashMap<>();
              Forwarding.OfKeys keys =
                  new Forwarding.OfKeys(stores.keys()) {
                    @Override
                    public boolean insert(KeyRecord key) {
                      seen.put(key.id(), key);
                      return super.insert(key);
                    }
                  };
              LastUseStore uses =
                  new Forwarding.OfUses(stores.keyUses()) {
                    @Override
                    public void record(Map<CredentialId, LastUse> all) {
                      super.record(all);
                      // as an update of the whole record does that inserts what is not there
                      all.keySet().stream()
                          .filter(seen::containsKey)
                          .forEach(id -> keys.insert(seen.get(id)));
                    }
                  };
              return new Forwarding.OfStores(stores) {
                @Override
                public KeyStore keys() {
                  return keys;
                }

                @Override
                public LastUseStore keyUses() {
                  return uses;
                }
              };
            }),
        broken(
            "the last use goes with its key, which core asks for",
            11,
            stores ->
                withKeys(
                        keys ->
                            new Forwarding.OfKeys(keys) {
                              @Override
                              public boolean delete(CredentialId id, Version expected) {
                                stores.keyUses().delete(List.of(id));
                                return super.delete(id, expected);
                              }
                            })
                    .apply(stores)),
        broken(
            "the keys of a deleted user are gone",
            11,
            stores ->
                withPrincipals(
                        principals ->
                            new Forwarding.OfPrincipals(principals) {
                              @Override
                              public boolean replace(PrincipalRecord record, Version expected) {
                                if (record.state() == LifecycleState.DELETED) {
                                  stores
                                      .keys()
                                      .listApiKeys(record.id(), PageRequest.first(100))
                                      .items()
                                      .forEach(
                                          key ->
                                              assertThat(
                                                      stores.keys().delete(key.id(), key.version()))
                                                  .isTrue());
                                }
                                return super.replace(record, expected);
                              }
                            })
                    .apply(stores)));
  }

  /** Caught by {@link DurabilityContract}. */
  static List<Broken<Stores>> reopened() {
    return List.of(
        broken("each has a memory of its own", 9, stores -> new NaiveStores(new Engine())),
        broken("nothing reaches another node", 1, stores -> new NaiveStores(new Engine())),
        broken("a node tells of its own changes alone", 77, FedStores::new),
        broken(
            "what was told before a restart is forgotten, and nobody knows it",
            80,
            BrokenFeeds.WithoutHistory::new),
        broken(
            "a node remembers which key it viewed",
            8,
            stores -> {
              Map<CredentialId, KeyView> seen = new ConcurrentHashMap<>();
              return withKeyViews(
                      (all, id) -> seen.computeIfAbsent(id, absent -> keyView(all, absent)))
                  .apply(stores);
            }),
        broken(
            "a node remembers which session it viewed",
            8,
            stores -> {
              Map<CredentialId, SessionView> seen = new ConcurrentHashMap<>();
              return withSessionViews(
                      (all, id) -> seen.computeIfAbsent(id, absent -> sessionView(all, absent)))
                  .apply(stores);
            }),
        broken(
            "a node remembers what it did not find",
            8,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      private final Set<CredentialId> absent = ConcurrentHashMap.newKeySet();

                      @Override
                      public Optional<KeyRecord> find(CredentialId id) {
                        if (absent.contains(id)) {
                          return Optional.empty();
                        }
                        Optional<KeyRecord> found = super.find(id);
                        if (found.isEmpty()) {
                          absent.add(id);
                        }
                        return found;
                      }
                    })),
        broken(
            "a node remembers what it found",
            8,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      private final Map<CredentialId, KeyRecord> seen = new ConcurrentHashMap<>();

                      @Override
                      public Optional<KeyRecord> find(CredentialId id) {
                        return Optional.ofNullable(seen.get(id))
                            .or(
                                () -> {
                                  Optional<KeyRecord> found = super.find(id);
                                  found.ifPresent(key -> seen.put(id, key));
                                  return found;
                                });
                      }
                    })),
        broken(
            "each node has a lock of its own",
            2,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public synchronized boolean replace(KeyRecord key, Version expected) {
                        if (find(key.id()).filter(at -> at.version().equals(expected)).isEmpty()) {
                          return false;
                        }
                        Broken.dawdle();
                        return find(key.id())
                            .filter(at -> super.replace(key, at.version()))
                            .isPresent();
                      }
                    })),
        broken(
            "tombstones are swept when a store is opened",
            9,
            withPrincipals(
                principals ->
                    new Forwarding.OfPrincipals(principals) {
                      private final Set<Object> mine = ConcurrentHashMap.newKeySet();

                      @Override
                      public boolean replace(PrincipalRecord record, Version expected) {
                        mine.add(record.id());
                        return super.replace(record, expected);
                      }

                      @Override
                      public boolean insert(PrincipalRecord record) {
                        mine.add(record.id());
                        return super.insert(record);
                      }

                      @Override
                      public Optional<PrincipalRecord> find(io.thingward.model.PrincipalId id) {
                        return super.find(id)
                            .filter(
                                at -> at.state() != LifecycleState.DELETED || mine.contains(id));
                      }
                    })),
        broken(
            "a key that was deleted is still there when the store is opened again",
            53,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      private final Set<CredentialId> hidden = ConcurrentHashMap.newKeySet();

                      @Override
                      public boolean delete(CredentialId id, Version expected) {
                        return super.find(id)
                                .filter(key -> key.version().equals(expected))
                                .isPresent()
                            && hidden.add(id);
                      }

                      @Override
                      public Optional<KeyRecord> find(CredentialId id) {
                        return hidden.contains(id) ? Optional.empty() : super.find(id);
                      }
                    })),
        broken(
            "a session that was deleted is still there when the store is opened again",
            62,
            withSessions(
                sessions ->
                    new Forwarding.OfSessions(sessions) {
                      private final Set<CredentialId> hidden = ConcurrentHashMap.newKeySet();

                      @Override
                      public boolean delete(CredentialId id) {
                        return super.find(id).isPresent() && hidden.add(id);
                      }

                      @Override
                      public Optional<SessionRecord> find(CredentialId id) {
                        return hidden.contains(id) ? Optional.empty() : super.find(id);
                      }
                    })),
        broken(
            "a purge is of one node",
            59,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      private final Set<CredentialId> purged = ConcurrentHashMap.newKeySet();

                      @Override
                      public Optional<KeyRecord> find(CredentialId id) {
                        return purged.contains(id) ? Optional.empty() : super.find(id);
                      }

                      @Override
                      public List<CredentialId> purge(Instant before, int limit) {
                        List<CredentialId> ids = new ArrayList<>();
                        super.listAccessKeys(Samples.ACME, PageRequest.first(limit))
                            .items()
                            .stream()
                            .filter(key -> key.endsAt().filter(before::isAfter).isPresent())
                            .map(AccessKeyRecord::id)
                            .filter(purged::add)
                            .forEach(ids::add);
                        return ids;
                      }
                    })),
        broken(
            "each node knows the latest use of its own alone",
            71,
            withUses(
                uses ->
                    new Forwarding.OfUses(uses) {
                      private final Map<CredentialId, LastUse> latest = new ConcurrentHashMap<>();

                      @Override
                      public void record(Map<CredentialId, LastUse> all) {
                        all.forEach(
                            (id, use) -> {
                              LastUse kept = latest.get(id);
                              if (kept == null || kept.at().isBefore(use.at())) {
                                latest.put(id, use);
                                super.delete(List.of(id));
                                super.record(Map.of(id, use));
                              }
                            });
                      }
                    })),
        broken(
            "a continuation is known to its node alone",
            7,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      private final Set<String> given = ConcurrentHashMap.newKeySet();

                      @Override
                      public Page<AccessKeyRecord> listAccessKeys(
                          WorkspaceId workspace, PageRequest page) {
                        if (page.from().isPresent() && !given.contains(page.from().get())) {
                          throw new IllegalArgumentException("unknown continuation");
                        }
                        Page<AccessKeyRecord> found = super.listAccessKeys(workspace, page);
                        found.next().ifPresent(given::add);
                        return found;
                      }
                    })));
  }

  /** Caught by {@link UnreachableContract}, too. */
  static List<Broken<Stores>> hanging() {
    return List.of(
        broken(
            "a call hangs",
            13,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public Optional<KeyRecord> find(CredentialId id) {
                        try {
                          return super.find(id);
                        } catch (StoreUnavailableException unavailable) {
                          hang();
                          throw unavailable;
                        }
                      }
                    })));
  }

  /* Until the test is over, which interrupts it. */
  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException over) {
      throw new IllegalStateException(over);
    }
  }

  /** Caught by {@link UnreachableContract}. */
  static List<Broken<Stores>> unreachable() {
    return List.of(
        broken(
            "a key out of reach is viewed as absent",
            12,
            withKeyViews(
                (all, id) -> {
                  try {
                    return keyView(all, id);
                  } catch (StoreUnavailableException unavailable) {
                    return NO_KEY;
                  }
                })),
        broken(
            "a session out of reach is viewed as absent",
            12,
            withSessionViews(
                (all, id) -> {
                  try {
                    return sessionView(all, id);
                  } catch (StoreUnavailableException unavailable) {
                    return NO_SESSION;
                  }
                })),
        broken(
            "a key out of reach is absent",
            12,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public Optional<KeyRecord> find(CredentialId id) {
                        try {
                          return super.find(id);
                        } catch (StoreUnavailableException unavailable) {
                          return Optional.empty();
                        }
                      }
                    })),
        broken(
            "a listing out of reach is empty",
            12,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public Page<AccessKeyRecord> listAccessKeys(
                          WorkspaceId workspace, PageRequest page) {
                        try {
                          return super.listAccessKeys(workspace, page);
                        } catch (StoreUnavailableException unavailable) {
                          return Broken.page(List.of(), Optional.empty());
                        }
                      }
                    })),
        broken(
            "a write out of reach is stale",
            12,
            withSessions(
                sessions ->
                    new Forwarding.OfSessions(sessions) {
                      @Override
                      public boolean delete(CredentialId id) {
                        try {
                          return super.delete(id);
                        } catch (StoreUnavailableException unavailable) {
                          return false;
                        }
                      }
                    })),
        broken(
            "a use out of reach is lost without a word",
            12,
            withUses(
                uses ->
                    new Forwarding.OfUses(uses) {
                      @Override
                      public void record(Map<CredentialId, LastUse> all) {
                        try {
                          super.record(all);
                        } catch (StoreUnavailableException unavailable) {
                          // the flaw
                        }
                      }
                    })),
        broken(
            "what the driver throws comes through",
            12,
            withWorkspaces(
                workspaces ->
                    new Forwarding.OfWorkspaces(workspaces) {
                      @Override
                      public MembershipView view(MembershipId id) {
                        try {
                          return super.view(id);
                        } catch (StoreUnavailableException unavailable) {
                          throw new IllegalStateException(unavailable);
                        }
                      }
                    })),
        broken(
            "the message quotes the record",
            24,
            withPrincipals(
                principals ->
                    new Forwarding.OfPrincipals(principals) {
                      @Override
                      public boolean insert(PrincipalRecord principal) {
                        try {
                          return super.insert(principal);
                        } catch (StoreUnavailableException unavailable) {
                          throw new StoreUnavailableException(
                              "could not insert " + principal, unavailable);
                        }
                      }
                    })));
  }

  private static ChangeFeed silent(ChangeFeed feed) {
    return new Forwarding.OfFeed(feed) {
      @Override
      public Poll poll(String after, int limit) {
        try {
          return super.poll(after, limit);
        } catch (StoreUnavailableException unavailable) {
          return new Poll.Changes(List.of(), after, true);
        }
      }
    };
  }

  /** Caught by {@link UnreachableFeedContract}. */
  static List<Broken<Stores>> unreachableFeeds() {
    return List.of(
        broken(
            "a feed out of reach has no changes",
            12,
            withSessions(
                sessions -> {
                  Optional<ChangeFeed> silent = sessions.changes().map(BrokenInstallations::silent);
                  return new Forwarding.OfSessions(sessions) {
                    @Override
                    public Optional<ChangeFeed> changes() {
                      return silent;
                    }
                  };
                })));
  }

  /** Caught by {@link NewerFormatContract}. */
  static List<Broken<Stores>> newer() {
    return List.of(
        broken(
            "a key of a newer format is viewed as absent",
            6,
            withKeyViews(
                (all, id) -> {
                  try {
                    return keyView(all, id);
                  } catch (UnreadableRecordException newer) {
                    return NO_KEY;
                  }
                })),
        broken(
            "a view of a key leaves out a holder of a newer format",
            6,
            withKeyViews(
                (all, id) -> {
                  try {
                    return keyView(all, id);
                  } catch (UnreadableRecordException newer) {
                    return new KeyView(all.keys().find(id), Optional.empty(), Optional.empty());
                  }
                })),
        broken(
            "a session of a newer format is viewed as absent",
            6,
            withSessionViews(
                (all, id) -> {
                  try {
                    return sessionView(all, id);
                  } catch (UnreadableRecordException newer) {
                    return NO_SESSION;
                  }
                })),
        broken(
            "a view of a session leaves out a user of a newer format",
            6,
            withSessionViews(
                (all, id) -> {
                  try {
                    return sessionView(all, id);
                  } catch (UnreadableRecordException newer) {
                    return new SessionView(all.sessions().find(id), Optional.empty());
                  }
                })),
        broken(
            "a bulk insert ends at what it cannot read",
            50,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public List<Boolean> insertAll(List<? extends KeyRecord> all) {
                        return all.stream()
                            .map(key -> super.find(key.id()).isEmpty() && super.insert(key))
                            .toList();
                      }
                    })),
        broken(
            "a key of a newer format is absent",
            6,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public Optional<KeyRecord> find(CredentialId id) {
                        try {
                          return super.find(id);
                        } catch (UnreadableRecordException newer) {
                          return Optional.empty();
                        }
                      }
                    })),
        broken(
            "a session of a newer format is absent",
            6,
            withSessions(
                sessions ->
                    new Forwarding.OfSessions(sessions) {
                      @Override
                      public Optional<SessionRecord> find(CredentialId id) {
                        try {
                          return super.find(id);
                        } catch (UnreadableRecordException newer) {
                          return Optional.empty();
                        }
                      }
                    })),
        broken(
            "a view leaves out a role of a newer format",
            6,
            withWorkspaces(
                workspaces ->
                    new Forwarding.OfWorkspaces(workspaces) {
                      @Override
                      public MembershipView view(MembershipId id) {
                        try {
                          return super.view(id);
                        } catch (UnreadableRecordException newer) {
                          return new MembershipView(
                              find(id.workspace()), findMembership(id), List.of());
                        }
                      }
                    })),
        broken(
            "a deletion of a session of a newer format finds none",
            14,
            withSessions(
                sessions ->
                    new Forwarding.OfSessions(sessions) {
                      @Override
                      public boolean delete(CredentialId id) {
                        try {
                          return super.delete(id);
                        } catch (UnreadableRecordException newer) {
                          return false;
                        }
                      }
                    })),
        broken(
            "a newer record is replaced",
            14,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      private final Map<CredentialId, KeyRecord> written =
                          new ConcurrentHashMap<>();

                      @Override
                      public boolean replace(KeyRecord key, Version expected) {
                        try {
                          return super.replace(key, expected);
                        } catch (UnreadableRecordException newer) {
                          written.put(key.id(), key);
                          return true;
                        }
                      }

                      @Override
                      public Optional<KeyRecord> find(CredentialId id) {
                        return Optional.ofNullable(written.get(id)).or(() -> super.find(id));
                      }
                    })),
        broken(
            "a purge takes what it cannot read",
            14,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public List<CredentialId> purge(Instant before, int limit) {
                        List<CredentialId> purged = new ArrayList<>(super.purge(before, limit));
                        purged.add(Samples.credential(1));
                        return purged;
                      }
                    })),
        broken(
            "a purge stops at what it cannot read",
            14,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public List<CredentialId> purge(Instant before, int limit) {
                        return super.listAccessKeys(Samples.ACME, PageRequest.first(1_000))
                            .items()
                            .stream()
                            .map(AccessKeyRecord::id)
                            .toList();
                      }
                    })),
        broken(
            "a listing passes over what it cannot read",
            15,
            withKeys(
                keys ->
                    new Forwarding.OfKeys(keys) {
                      @Override
                      public Page<AccessKeyRecord> listAccessKeys(
                          WorkspaceId workspace, PageRequest page) {
                        try {
                          return super.listAccessKeys(workspace, page);
                        } catch (UnreadableRecordException newer) {
                          return Broken.page(List.of(), Optional.empty());
                        }
                      }
                    })),
        broken(
            "the message quotes the record",
            24,
            withPrincipals(
                principals ->
                    new Forwarding.OfPrincipals(principals) {
                      @Override
                      public Optional<PrincipalRecord> find(io.thingward.model.PrincipalId id) {
                        try {
                          return super.find(id);
                        } catch (UnreadableRecordException newer) {
                          throw new UnreadableRecordException("no format of canary@acme", newer);
                        }
                      }
                    })));
  }
}
