package io.thingward.store.testkit;

import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Principal stores with one flaw each. */
final class BrokenPrincipalStores {
  private BrokenPrincipalStores() {}

  static List<Broken<PrincipalStore>> all() {
    return List.of(
        taking("ids are folded", id -> id.toLowerCase(Locale.ROOT)),
        taking("ids are trimmed", id -> id.strip().isEmpty() ? id : id.strip()),
        taking("ids are padded with spaces to compare", id -> ("|" + id).stripTrailing()),
        taking("ids are normalised (NFC)", id -> Normalizer.normalize(id, Normalizer.Form.NFC)),
        taking("ids are normalised (NFKC)", id -> Normalizer.normalize(id, Normalizer.Form.NFKC)),
        taking("ids are cut", id -> id.length() > 127 ? id.substring(0, 127) : id),
        taking("four bytes are a question mark", id -> id.replaceAll("[^\\u0000-\\uFFFF]", "?")),
        taking("ids that are numbers are numbers", id -> id.matches("0+|-0") ? "0" : id),
        changing(
            "text is normalised",
            record ->
                record instanceof ApiUserRecord robot && !robot.name().isEmpty()
                    ? robot.toBuilder()
                        .name(Normalizer.normalize(robot.name(), Normalizer.Form.NFC))
                        .build()
                    : record),
        changing(
            "text is trimmed",
            record ->
                record instanceof ApiUserRecord robot && !robot.name().isBlank()
                    ? robot.toBuilder().name(robot.name().strip()).build()
                    : record),
        changing(
            "a hash is cut",
            record ->
                record instanceof UserRecord user
                    ? user.toBuilder().password(user.password().map(it -> cut(it))).build()
                    : record),
        changing(
            "an epoch has 53 bits",
            record ->
                record instanceof UserRecord user
                    ? user.toBuilder().epoch((long) (double) (user.epoch() >> 1) << 1).build()
                    : record),
        changing(
            "an activation code is lost",
            record ->
                record instanceof UserRecord user
                    ? user.toBuilder().activation(Optional.empty()).build()
                    : record),
        changing(
            "who is being deleted is deleted",
            record ->
                record instanceof UserRecord user && user.state() == LifecycleState.DELETING
                    ? user.toBuilder().state(LifecycleState.SUSPENDED).build()
                    : record),
        broken(
            "a sequence number is a float",
            27,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public boolean replace(PrincipalRecord principal, Version expected) {
                    return find(principal.id())
                        .map(PrincipalRecord::version)
                        .filter(at -> (double) at.sequence() == (double) expected.sequence())
                        .filter(at -> at.equals(expected) || at.sequence() > 1L << 50)
                        .filter(at -> super.replace(principal, at))
                        .isPresent();
                  }
                }),
        broken(
            "a tombstone is dropped",
            9,
            store ->
                new Forwarding.OfPrincipals(store) {
                  private final Set<PrincipalId> dropped = ConcurrentHashMap.newKeySet();

                  @Override
                  public boolean replace(PrincipalRecord principal, Version expected) {
                    boolean done = super.replace(principal, expected);
                    if (done && principal.state() == LifecycleState.DELETED) {
                      dropped.add(principal.id());
                    }
                    return done;
                  }

                  @Override
                  public Optional<PrincipalRecord> find(PrincipalId id) {
                    return dropped.contains(id) ? Optional.empty() : super.find(id);
                  }
                }),
        broken(
            "who was deleted may be born again",
            26,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public boolean insert(PrincipalRecord principal) {
                    return super.insert(principal)
                        || find(principal.id())
                            .filter(kept -> kept.state() == LifecycleState.DELETED)
                            .filter(kept -> super.replace(principal, kept.version()))
                            .isPresent();
                  }
                }),
        broken(
            "a tombstone is not found",
            25,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public Optional<PrincipalRecord> find(PrincipalId id) {
                    return super.find(id).filter(at -> at.state() != LifecycleState.DELETED);
                  }
                }),
        broken(
            "users and API users have ids of their own",
            26,
            store ->
                new Forwarding.OfPrincipals(store) {
                  private final Set<PrincipalId> users = ConcurrentHashMap.newKeySet();

                  @Override
                  public boolean insert(PrincipalRecord principal) {
                    return super.insert(principal)
                        || (principal instanceof UserRecord
                            && find(principal.id()).orElseThrow() instanceof ApiUserRecord
                            && users.add(principal.id()));
                  }
                }),
        broken(
            "a listing of users omits deleted ones",
            28,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public Page<UserRecord> listUsers(PageRequest page) {
                    Page<UserRecord> found = super.listUsers(page);
                    return Broken.page(
                        found.items().stream()
                            .filter(user -> user.state() != LifecycleState.DELETED)
                            .toList(),
                        found.next());
                  }
                }),
        broken(
            "a listing shows the API users of every workspace",
            16,
            store ->
                new Forwarding.OfPrincipals(store) {
                  private final Set<WorkspaceId> all = ConcurrentHashMap.newKeySet();

                  @Override
                  public boolean insert(PrincipalRecord principal) {
                    if (principal instanceof ApiUserRecord robot) {
                      robot.workspace().ifPresent(all::add);
                    }
                    return super.insert(principal);
                  }

                  @Override
                  public Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page) {
                    Page<ApiUserRecord> own = super.listApiUsers(workspace, page);
                    return own.items().isEmpty() && page.from().isEmpty()
                        ? all.stream()
                            .map(any -> super.listApiUsers(any, page))
                            .filter(found -> !found.items().isEmpty())
                            .findFirst()
                            .orElse(own)
                        : own;
                  }
                }),
        broken(
            "a listing of API users shows active ones alone",
            29,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page) {
                    Page<ApiUserRecord> found = super.listApiUsers(workspace, page);
                    return Broken.page(
                        found.items().stream()
                            .filter(user -> user.state() == LifecycleState.ACTIVE)
                            .toList(),
                        found.next());
                  }
                }),
        broken(
            "who is deleted takes the claim along",
            11,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public Optional<UsernameClaim> findClaim(Username username) {
                    return super.findClaim(username)
                        .filter(
                            claim ->
                                find(claim.user())
                                    .filter(user -> user.state() == LifecycleState.DELETED)
                                    .isEmpty());
                  }
                }),
        broken(
            "a claim needs its user",
            11,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public boolean insertClaim(UsernameClaim claim) {
                    return find(claim.user()).isPresent() && super.insertClaim(claim);
                  }
                }),
        broken(
            "a username is unique among users",
            11,
            store ->
                new Forwarding.OfPrincipals(store) {
                  private final Map<Username, PrincipalId> names = new ConcurrentHashMap<>();

                  @Override
                  public boolean insert(PrincipalRecord principal) {
                    return (!(principal instanceof UserRecord user)
                            || user.username().isEmpty()
                            || names
                                .computeIfAbsent(user.username().get(), name -> user.id())
                                .equals(user.id()))
                        && super.insert(principal);
                  }
                }),
        broken(
            "a claim that is taken over keeps its user",
            32,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public boolean replaceClaim(UsernameClaim claim, Version expected) {
                    return findClaim(claim.username())
                        .map(at -> new UsernameClaim(at.username(), claim.version(), at.user()))
                        .filter(next -> super.replaceClaim(next, expected))
                        .isPresent();
                  }
                }),
        broken(
            "a claim is found while its user bears the name",
            30,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public Optional<UsernameClaim> findClaim(Username username) {
                    return super.findClaim(username)
                        .filter(
                            claim ->
                                find(claim.user())
                                    .filter(UserRecord.class::isInstance)
                                    .map(UserRecord.class::cast)
                                    .filter(user -> !user.username().equals(Optional.of(username)))
                                    .isEmpty());
                  }
                }),
        broken(
            "a claim may be taken twice",
            31,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public boolean insertClaim(UsernameClaim claim) {
                    return super.insertClaim(claim)
                        || findClaim(claim.username())
                            .filter(kept -> super.replaceClaim(claim, kept.version()))
                            .isPresent();
                  }
                }),
        broken(
            "claims go by LIKE",
            3,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public Optional<UsernameClaim> findClaim(Username username) {
                    return super.findClaim(username)
                        .or(() -> findClaim(username.value().replace('_', '.')));
                  }

                  private Optional<UsernameClaim> findClaim(String like) {
                    return to.findClaim(new Username(like));
                  }
                }),
        broken(
            "who has ended is hidden",
            8,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public Optional<PrincipalRecord> find(PrincipalId id) {
                    return super.find(id)
                        .filter(at -> at.endsAt().filter(Samples.T0::isAfter).isEmpty());
                  }
                }),
        broken(
            "null for a page",
            18,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public Page<ApiUserRecord> listApiUsers(WorkspaceId workspace, PageRequest page) {
                    Page<ApiUserRecord> found = super.listApiUsers(workspace, page);
                    return found.items().isEmpty() ? null : found;
                  }
                }),
        broken(
            "a claim is taken in two steps",
            2,
            store ->
                new Forwarding.OfPrincipals(store) {
                  @Override
                  public boolean insertClaim(UsernameClaim claim) {
                    if (findClaim(claim.username()).isPresent()) {
                      return false;
                    }
                    Broken.dawdle();
                    var unused = super.insertClaim(claim);
                    return true;
                  }
                }),
        broken(
            "two threads are one too many",
            17,
            store ->
                new Forwarding.OfPrincipals(store) {
                  private volatile int inside;

                  @Override
                  @SuppressWarnings("NonAtomicVolatileUpdate") // the flaw
                  public Optional<PrincipalRecord> find(PrincipalId id) {
                    inside++;
                    Broken.pause();
                    boolean alone = inside == 1;
                    inside--;
                    return alone ? super.find(id) : Optional.empty();
                  }
                }));
  }

  private static Broken<PrincipalStore> broken(
      String flaw, int rule, UnaryOperator<PrincipalStore> breaking) {
    return new Broken<>(flaw, rule, breaking);
  }

  private static PasswordHash cut(PasswordHash hash) {
    int length = Math.min(hash.encoded().length(), 255);
    return new PasswordHash(hash.encoded().substring(0, length), hash.pepper());
  }

  /* A store that takes ids for each other whose texts become the same. */
  private static Broken<PrincipalStore> taking(String flaw, UnaryOperator<String> same) {
    return broken(
        flaw,
        3,
        store ->
            new Forwarding.OfPrincipals(store) {
              private final Map<String, PrincipalId> ids = new ConcurrentHashMap<>();

              private PrincipalId first(PrincipalId id) {
                return ids.computeIfAbsent(same.apply(id.value()), text -> id);
              }

              @Override
              public Optional<PrincipalRecord> find(PrincipalId id) {
                return super.find(first(id));
              }

              @Override
              public boolean insert(PrincipalRecord principal) {
                return first(principal.id()).equals(principal.id()) && super.insert(principal);
              }
            });
  }

  private static Broken<PrincipalStore> changing(
      String flaw, UnaryOperator<PrincipalRecord> change) {
    return broken(
        flaw,
        4,
        store ->
            new Forwarding.OfPrincipals(store) {
              @Override
              public boolean insert(PrincipalRecord principal) {
                return super.insert(change.apply(principal));
              }

              @Override
              public boolean replace(PrincipalRecord principal, Version expected) {
                return super.replace(change.apply(principal), expected);
              }
            });
  }
}
