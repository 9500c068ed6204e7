package io.thingward.store.testkit;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Key stores with one flaw each. */
final class BrokenKeyStores {
  private BrokenKeyStores() {}

  static List<Broken<KeyStore>> all() {
    List<Broken<KeyStore>> all = new ArrayList<>();
    all.addAll(reads());
    all.addAll(writes());
    all.addAll(bulks());
    all.addAll(values());
    all.addAll(listings());
    all.addAll(purges());
    return all;
  }

  private static Broken<KeyStore> broken(String flaw, int rule, UnaryOperator<KeyStore> breaking) {
    return new Broken<>(flaw, rule, breaking);
  }

  private static List<Broken<KeyStore>> reads() {
    return List.of(
        broken(
            "a read after a deletion still finds it",
            1,
            store ->
                new Forwarding.OfKeys(store) {
                  private final Map<CredentialId, KeyRecord> seen = new ConcurrentHashMap<>();

                  @Override
                  public Optional<KeyRecord> find(CredentialId id) {
                    Optional<KeyRecord> found = super.find(id);
                    found.ifPresent(key -> seen.put(id, key));
                    return Optional.ofNullable(seen.get(id));
                  }
                }),
        broken(
            "a read after a replacement finds what was read before",
            1,
            store ->
                new Forwarding.OfKeys(store) {
                  private final Map<CredentialId, KeyRecord> seen = new ConcurrentHashMap<>();

                  @Override
                  public Optional<KeyRecord> find(CredentialId id) {
                    return super.find(id).map(key -> seen.computeIfAbsent(id, at -> key));
                  }
                }),
        broken(
            "null for absent",
            18,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  @SuppressWarnings("NullOptional") // the flaw
                  public Optional<KeyRecord> find(CredentialId id) {
                    Optional<KeyRecord> found = super.find(id);
                    return found.isPresent() ? found : null;
                  }
                }),
        broken(
            "absent is an exception",
            5,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Optional<KeyRecord> find(CredentialId id) {
                    return Optional.of(super.find(id).orElseThrow());
                  }
                }),
        broken(
            "what ended by the wall clock is hidden",
            8,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Optional<KeyRecord> find(CredentialId id) {
                    return super.find(id)
                        .filter(key -> key.endsAt().filter(Samples.T0::isAfter).isEmpty());
                  }
                }),
        broken(
            "the suspended are hidden",
            48,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Optional<KeyRecord> find(CredentialId id) {
                    return super.find(id).filter(key -> !key.suspended());
                  }
                }),
        broken(
            "ids are folded",
            3,
            store ->
                new Forwarding.OfKeys(store) {
                  private final Map<String, CredentialId> ids = new ConcurrentHashMap<>();

                  private CredentialId known(CredentialId id) {
                    return ids.computeIfAbsent(id.toString().toLowerCase(Locale.ROOT), t -> id);
                  }

                  @Override
                  public Optional<KeyRecord> find(CredentialId id) {
                    return super.find(known(id));
                  }

                  @Override
                  public boolean insert(KeyRecord key) {
                    return known(key.id()).equals(key.id()) && super.insert(key);
                  }
                }));
  }

  private static List<Broken<KeyStore>> writes() {
    return List.of(
        replacing("a replacement ignores the version", (kept, expected) -> true),
        replacing(
            "a replacement compares the sequence number alone",
            (kept, expected) -> kept.sequence() == expected.sequence()),
        replacing(
            "a replacement compares the id of the change alone",
            (kept, expected) -> kept.change().equals(expected.change())),
        replacing(
            "a replacement takes any version that is not newer",
            (kept, expected) -> kept.sequence() <= expected.sequence()),
        replacing(
            "a replacement compares half of the id of the change",
            (kept, expected) ->
                kept.sequence() == expected.sequence()
                    && kept.change().getMostSignificantBits()
                        == expected.change().getMostSignificantBits()),
        replacing(
            "a replacement compares the sequence number as a float",
            (kept, expected) ->
                (double) kept.sequence() == (double) expected.sequence()
                    && (kept.change().equals(expected.change()) || kept.sequence() > 1L << 50)),
        broken(
            "a replacement inserts what is not there",
            52,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean replace(KeyRecord key, Version expected) {
                    return super.replace(key, expected) || super.insert(key);
                  }
                }),
        broken(
            "a replacement takes two steps",
            2,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean replace(KeyRecord key, Version expected) {
                    if (find(key.id()).filter(at -> at.version().equals(expected)).isEmpty()) {
                      return false;
                    }
                    Broken.dawdle();
                    return find(key.id())
                        .filter(at -> super.replace(key, at.version()))
                        .isPresent();
                  }
                }),
        broken(
            "an insert overwrites",
            49,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean insert(KeyRecord key) {
                    return super.insert(key)
                        || find(key.id())
                            .filter(kept -> super.replace(key, kept.version()))
                            .isPresent();
                  }
                }),
        broken(
            "an insert overwrites and says that it did not",
            49,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean insert(KeyRecord key) {
                    if (super.insert(key)) {
                      return true;
                    }
                    find(key.id()).ifPresent(kept -> super.replace(key, kept.version()));
                    return false;
                  }
                }),
        broken(
            "an insert of a duplicate throws",
            5,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean insert(KeyRecord key) {
                    if (!super.insert(key)) {
                      throw new IllegalStateException("duplicate key");
                    }
                    return true;
                  }
                }),
        broken(
            "an insert takes two steps",
            2,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean insert(KeyRecord key) {
                    if (find(key.id()).isPresent()) {
                      return false;
                    }
                    Broken.dawdle();
                    return super.insert(key)
                        || find(key.id())
                            .filter(at -> super.replace(key, at.version()))
                            .isPresent();
                  }
                }),
        broken(
            "API keys and access keys have ids of their own",
            49,
            store ->
                new Forwarding.OfKeys(store) {
                  private final Map<CredentialId, KeyRecord> others = new ConcurrentHashMap<>();

                  @Override
                  public boolean insert(KeyRecord key) {
                    return super.insert(key)
                        || (key instanceof ApiKeyRecord
                            && !(find(key.id()).orElseThrow() instanceof ApiKeyRecord)
                            && others.putIfAbsent(key.id(), key) == null);
                  }
                }),
        broken(
            "a deletion ignores the version",
            53,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean delete(CredentialId id, Version expected) {
                    return find(id).filter(key -> super.delete(id, key.version())).isPresent();
                  }
                }),
        broken(
            "a deletion of what is not there is done",
            53,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean delete(CredentialId id, Version expected) {
                    return super.delete(id, expected) || find(id).isEmpty();
                  }
                }),
        broken(
            "a deletion takes two steps",
            2,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public boolean delete(CredentialId id, Version expected) {
                    if (find(id).filter(key -> key.version().equals(expected)).isEmpty()) {
                      return false;
                    }
                    Broken.dawdle();
                    find(id).ifPresent(key -> super.delete(id, key.version()));
                    return true;
                  }
                }),
        broken(
            "what was deleted can be replaced",
            52,
            store ->
                new Forwarding.OfKeys(store) {
                  private final Map<CredentialId, Version> deleted = new ConcurrentHashMap<>();

                  @Override
                  public boolean delete(CredentialId id, Version expected) {
                    if (super.delete(id, expected)) {
                      deleted.put(id, expected);
                      return true;
                    }
                    return false;
                  }

                  @Override
                  public boolean replace(KeyRecord key, Version expected) {
                    return super.replace(key, expected)
                        || (deleted.remove(key.id(), expected) && super.insert(key));
                  }
                }));
  }

  private static Broken<KeyStore> replacing(String flaw, BiPredicate<Version, Version> matches) {
    return broken(
        flaw,
        52,
        store ->
            new Forwarding.OfKeys(store) {
              @Override
              public synchronized boolean replace(KeyRecord key, Version expected) {
                return find(key.id())
                    .filter(kept -> matches.test(kept.version(), expected))
                    .filter(kept -> super.replace(key, kept.version()))
                    .isPresent();
              }
            });
  }

  private static List<Broken<KeyStore>> bulks() {
    return List.of(
        bulk(
            "one duplicate fails a whole bulk insert",
            51,
            (store, keys) ->
                keys.stream().anyMatch(key -> store.find(key.id()).isPresent())
                    ? Collections.nCopies(keys.size(), false)
                    : keys.stream().map(store::insert).toList()),
        bulk(
            "a bulk insert stops at the first duplicate",
            51,
            (store, keys) -> {
              List<Boolean> outcomes = new ArrayList<>();
              for (KeyRecord key : keys) {
                outcomes.add(!outcomes.contains(false) && store.insert(key));
              }
              return outcomes;
            }),
        bulk(
            "the outcomes of a bulk insert are in the wrong order",
            50,
            (store, keys) -> {
              List<Boolean> outcomes = new ArrayList<>();
              keys.forEach(key -> outcomes.add(store.insert(key)));
              Collections.reverse(outcomes);
              return outcomes;
            }),
        bulk(
            "a bulk insert keeps the last of two with one id",
            51,
            (store, keys) -> {
              List<Boolean> outcomes = new ArrayList<>();
              for (int i = keys.size() - 1; i >= 0; i--) {
                outcomes.add(0, store.insert(keys.get(i)));
              }
              return outcomes;
            }),
        bulk(
            "a bulk insert has outcomes of what was kept alone",
            50,
            (store, keys) -> keys.stream().map(store::insert).filter(kept -> kept).toList()),
        bulk(
            "a bulk insert takes a thousand",
            50,
            (store, keys) -> keys.stream().limit(1_000).map(store::insert).toList()),
        bulk(
            "a bulk insert of a duplicate throws",
            51,
            (store, keys) -> {
              for (KeyRecord key : keys) {
                if (!store.insert(key)) {
                  throw new IllegalStateException("duplicate");
                }
              }
              return Collections.nCopies(keys.size(), true);
            }),
        broken(
            "the ids that a purge returned change with the next",
            10,
            store ->
                new Forwarding.OfKeys(store) {
                  private final List<CredentialId> purged = new ArrayList<>();

                  @Override
                  public synchronized List<CredentialId> purge(Instant before, int limit) {
                    purged.clear();
                    purged.addAll(super.purge(before, limit));
                    return purged;
                  }
                }),
        broken(
            "the list that was given is what is kept",
            10,
            store ->
                new Forwarding.OfKeys(store) {
                  private List<? extends KeyRecord> waiting = List.of();

                  private void write() {
                    waiting.forEach(super::insert);
                    waiting = List.of();
                  }

                  @Override
                  public synchronized List<Boolean> insertAll(List<? extends KeyRecord> keys) {
                    write();
                    List<Boolean> outcomes =
                        keys.stream().map(key -> find(key.id()).isEmpty()).toList();
                    waiting = keys;
                    return outcomes;
                  }

                  @Override
                  public synchronized Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    write();
                    return super.listAccessKeys(workspace, page);
                  }
                }));
  }

  private interface Bulk {
    List<Boolean> insert(KeyStore store, List<? extends KeyRecord> keys);
  }

  private static Broken<KeyStore> bulk(String flaw, int rule, Bulk bulk) {
    return broken(
        flaw,
        rule,
        store ->
            new Forwarding.OfKeys(store) {
              @Override
              public List<Boolean> insertAll(List<? extends KeyRecord> keys) {
                return bulk.insert(to, keys);
              }
            });
  }

  private static List<Broken<KeyStore>> values() {
    return List.of(
        changing("a digest loses its last 64 bits", key -> secrets(key, BrokenKeyStores::cut)),
        changing("a digest loses its pepper", key -> secrets(key, BrokenKeyStores::unpeppered)),
        changing(
            "the order of secrets is lost",
            key ->
                key instanceof AccessKeyRecord access && access.secrets().size() > 1
                    ? access.toBuilder().secrets(access.secrets().subList(0, 1)).build()
                    : key),
        changing(
            "a restriction without rows is none",
            key ->
                key instanceof ApiKeyRecord api && api.restriction().rows().isEmpty()
                    ? restricted(api, Restriction.unrestricted())
                    : key),
        changing(
            "the rows of a restriction are a set",
            key ->
                key instanceof ApiKeyRecord api && !api.restriction().isUnrestricted()
                    ? restricted(
                        api, Restriction.to(api.restriction().rows().stream().distinct().toList()))
                    : key),
        changing(
            "times are kept in seconds",
            key ->
                key instanceof AccessKeyRecord access
                    ? access.toBuilder()
                        .endsAt(access.endsAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS)))
                        .build()
                    : key),
        changing(
            "the year 9999 means for ever",
            key ->
                key instanceof AccessKeyRecord access
                    ? access.toBuilder()
                        .endsAt(access.endsAt().filter(Samples.LAST_TIME::isAfter))
                        .build()
                    : key),
        changing(
            "an empty text is a null, and a null an empty text",
            key ->
                key instanceof AccessKeyRecord access && access.description().equals("null")
                    ? access.toBuilder().description("").build()
                    : key),
        changing(
            "a name is cut at 64 characters",
            key ->
                key instanceof AccessKeyRecord access && access.name().length() > 64
                    ? access.toBuilder().name(access.name().substring(0, 64)).build()
                    : key),
        changing(
            "what has four bytes is replaced",
            key ->
                key instanceof AccessKeyRecord access
                    ? access.toBuilder()
                        .name(access.name().replaceAll("[^\\u0000-\\uFFFF]", "?"))
                        .build()
                    : key));
  }

  private static StoredSecret cut(StoredSecret secret) {
    SecretDigest digest = secret.digest();
    return new StoredSecret(
        new SecretDigest(digest.a(), digest.b(), digest.c(), 0, digest.pepper()), secret.endsAt());
  }

  private static StoredSecret unpeppered(StoredSecret secret) {
    SecretDigest digest = secret.digest();
    return new StoredSecret(
        new SecretDigest(digest.a(), digest.b(), digest.c(), digest.d(), Optional.empty()),
        secret.endsAt());
  }

  private static KeyRecord secrets(KeyRecord key, UnaryOperator<StoredSecret> change) {
    return key instanceof AccessKeyRecord access
        ? access.toBuilder().secrets(access.secrets().stream().map(change).toList()).build()
        : key;
  }

  private static ApiKeyRecord restricted(ApiKeyRecord key, Restriction restriction) {
    return new ApiKeyRecord(
        key.id(),
        key.version(),
        key.created(),
        key.principal(),
        key.name(),
        key.suspended(),
        key.secrets(),
        key.endsAt(),
        restriction);
  }

  /* A store that keeps something else than it was given. */
  private static Broken<KeyStore> changing(String flaw, UnaryOperator<KeyRecord> change) {
    return broken(
        flaw,
        4,
        store ->
            new Forwarding.OfKeys(store) {
              @Override
              public boolean insert(KeyRecord key) {
                return super.insert(change.apply(key));
              }

              @Override
              public boolean replace(KeyRecord key, Version expected) {
                return super.replace(change.apply(key), expected);
              }
            });
  }

  private static List<Broken<KeyStore>> listings() {
    return List.of(
        paging(
            "a continuation skips one",
            7,
            (page, request) ->
                request.from().isEmpty() || page.items().isEmpty()
                    ? page
                    : Broken.page(page.items().subList(1, page.items().size()), page.next())),
        broken(
            "a continuation repeats the last",
            7,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    if (page.from().isEmpty()) {
                      return super.listAccessKeys(workspace, page);
                    }
                    Optional<AccessKeyRecord> last =
                        Optional.of(page.from().get())
                            .filter(text -> text.length() == CredentialId.TEXT_LENGTH)
                            .flatMap(text -> find(CredentialId.parse(text)))
                            .map(AccessKeyRecord.class::cast);
                    Page<AccessKeyRecord> next = super.listAccessKeys(workspace, page);
                    List<AccessKeyRecord> items = new ArrayList<>(next.items());
                    last.ifPresent(record -> items.add(0, record));
                    int size = Math.min(items.size(), page.limit() + 1);
                    return Broken.page(items.subList(0, size), next.next());
                  }
                }),
        paging(
            "a listing leaves out the suspended",
            55,
            (page, request) ->
                Broken.page(
                    page.items().stream().filter(key -> !key.suspended()).toList(), page.next())),
        broken(
            "a listing leaves out the ended",
            54,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page) {
                    Page<ApiKeyRecord> found = super.listApiKeys(principal, page);
                    return Broken.page(
                        found.items().stream()
                            .filter(key -> key.endsAt().filter(Samples.T0::isAfter).isEmpty())
                            .toList(),
                        found.next());
                  }
                }),
        paging(
            "a page has one more than was asked for",
            20,
            (page, request) -> {
              List<AccessKeyRecord> items = new ArrayList<>(page.items());
              if (items.size() == request.limit()) {
                items.add(items.get(0));
              }
              return Broken.page(items, page.next());
            }),
        paging(
            "the last page is followed by empty ones for ever",
            21,
            (page, request) -> Broken.page(page.items(), page.next().or(() -> Optional.of("~")))),
        broken(
            "a listing shows what belongs to another owner",
            16,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    Page<AccessKeyRecord> own = super.listAccessKeys(workspace, page);
                    WorkspaceId upper = WorkspaceId.of(workspace.value().toUpperCase(Locale.ROOT));
                    return own.items().isEmpty() ? super.listAccessKeys(upper, page) : own;
                  }
                }),
        broken(
            "a listing goes by LIKE",
            16,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    Page<AccessKeyRecord> own = super.listAccessKeys(workspace, page);
                    WorkspaceId like = WorkspaceId.of(workspace.value().replace('a', '_'));
                    return own.items().isEmpty() ? super.listAccessKeys(like, page) : own;
                  }
                }),
        broken(
            "pages are counted, not continued",
            23,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    return Offsets.page(
                        Pages.all(whole -> super.listAccessKeys(workspace, whole), 100), page);
                  }
                }),
        broken(
            "a continuation is good while its record is there",
            23,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    if (page.from().isPresent()
                        && super.find(CredentialId.parse(page.from().get())).isEmpty()) {
                      throw new IllegalArgumentException("no such record");
                    }
                    return super.listAccessKeys(workspace, page);
                  }
                }),
        broken(
            "a continuation names its listing, and is believed",
            22,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Page<ApiKeyRecord> listApiKeys(PrincipalId principal, PageRequest page) {
                    Page<ApiKeyRecord> found = super.listApiKeys(principal, Believed.rest(page));
                    return Broken.page(found.items(), found.next().map(next -> "api:" + next));
                  }

                  @Override
                  @SuppressWarnings({"unchecked", "rawtypes"}) // the flaw
                  public Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    if (page.from().filter(from -> from.startsWith("api:")).isPresent()) {
                      return (Page) listApiKeys(Samples.ANN, page);
                    }
                    return super.listAccessKeys(workspace, page);
                  }
                }),
        broken(
            "garbage for a continuation is an error of the store",
            22,
            store ->
                new Forwarding.OfKeys(store) {
                  @Override
                  public Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    if (page.from().filter(from -> from.charAt(1) == '\'').isPresent()) {
                      throw new IllegalStateException("syntax error");
                    }
                    return super.listAccessKeys(workspace, page);
                  }
                }),
        broken(
            "a listing still has what was deleted",
            1,
            store ->
                new Forwarding.OfKeys(store) {
                  private final List<AccessKeyRecord> deleted = new ArrayList<>();

                  @Override
                  public synchronized boolean delete(CredentialId id, Version expected) {
                    find(id)
                        .filter(AccessKeyRecord.class::isInstance)
                        .map(AccessKeyRecord.class::cast)
                        .ifPresent(deleted::add);
                    return super.delete(id, expected);
                  }

                  @Override
                  public synchronized Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    Page<AccessKeyRecord> found = super.listAccessKeys(workspace, page);
                    List<AccessKeyRecord> items = new ArrayList<>(found.items());
                    deleted.stream()
                        .limit(found.next().isEmpty() ? page.limit() - items.size() : 0)
                        .forEach(items::add);
                    return Broken.page(items, found.next());
                  }
                }),
        broken(
            "a listing shows what was there before a replacement",
            52,
            store ->
                new Forwarding.OfKeys(store) {
                  private final Map<CredentialId, AccessKeyRecord> index =
                      new ConcurrentHashMap<>();

                  @Override
                  public boolean insert(KeyRecord key) {
                    if (key instanceof AccessKeyRecord access) {
                      index.putIfAbsent(key.id(), access);
                    }
                    return super.insert(key);
                  }

                  @Override
                  public Page<AccessKeyRecord> listAccessKeys(
                      WorkspaceId workspace, PageRequest page) {
                    return super.listAccessKeys(workspace, page).map(key -> index.get(key.id()));
                  }
                }));
  }

  private interface Paging {
    Page<AccessKeyRecord> page(Page<AccessKeyRecord> right, PageRequest request);
  }

  private static Broken<KeyStore> paging(String flaw, int rule, Paging paging) {
    return broken(
        flaw,
        rule,
        store ->
            new Forwarding.OfKeys(store) {
              @Override
              public Page<AccessKeyRecord> listAccessKeys(WorkspaceId workspace, PageRequest page) {
                return paging.page(super.listAccessKeys(workspace, page), page);
              }
            });
  }

  private static List<Broken<KeyStore>> purges() {
    return List.of(
        purging(
            "a purge takes what has no end",
            56,
            (store, before, limit) ->
                deleted(store, key -> key.endsAt().filter(at -> !at.isBefore(before)).isEmpty())),
        purging(
            "a purge takes what ends at the instant",
            56,
            (store, before, limit) -> store.purge(before.plusMillis(1), limit)),
        purging(
            "a purge goes by the second",
            56,
            (store, before, limit) ->
                store.purge(before.truncatedTo(ChronoUnit.SECONDS).minusMillis(1), limit)),
        purging(
            "a purge goes by the end of a secret",
            56,
            (store, before, limit) ->
                deleted(
                    store,
                    key ->
                        key.endsAt().filter(before::isAfter).isPresent()
                            || key.secrets().stream()
                                .anyMatch(it -> it.endsAt().filter(before::isAfter).isPresent()))),
        purging(
            "a purge takes more than it may",
            57,
            (store, before, limit) -> store.purge(before, limit + 1)),
        purging(
            "a purge does not say what it took",
            58,
            (store, before, limit) -> {
              var unused = store.purge(before, limit);
              return List.of();
            }),
        purging(
            "a purge names what it left",
            58,
            (store, before, limit) ->
                store.purge(before, limit).stream()
                    .map(id -> new CredentialId(id.high() + 1, id.low() - 1))
                    .toList()),
        purging(
            "a purge is done too early",
            59,
            (store, before, limit) -> store.purge(before, Math.max(1, limit - 1))),
        purging("a purge does nothing", 59, (store, before, limit) -> List.of()),
        purging(
            "a purge goes by the clock",
            8,
            (store, before, limit) ->
                store.purge(before.isAfter(Samples.T0) ? Samples.T0 : before, limit)));
  }

  private static List<CredentialId> deleted(KeyStore store, Function<KeyRecord, Boolean> ended) {
    List<KeyRecord> keys = new ArrayList<>();
    keys.addAll(Pages.all(page -> store.listAccessKeys(Samples.ACME, page), 1_000));
    keys.addAll(Pages.all(page -> store.listApiKeys(Samples.ANN, page), 1_000));
    return keys.stream()
        .filter(key -> ended.apply(key) && store.delete(key.id(), key.version()))
        .map(KeyRecord::id)
        .toList();
  }

  private interface Purging {
    List<CredentialId> purge(KeyStore store, Instant before, int limit);
  }

  private static Broken<KeyStore> purging(String flaw, int rule, Purging purging) {
    return broken(
        flaw,
        rule,
        store ->
            new Forwarding.OfKeys(store) {
              @Override
              public List<CredentialId> purge(Instant endedBefore, int limit) {
                return purging.purge(to, endedBefore, limit);
              }
            });
  }

  /** Pages by number. */
  private static final class Offsets {
    private Offsets() {}

    static <T> Page<T> page(List<T> all, PageRequest request) {
      int start = Math.min(all.size(), request.from().map(Integer::parseInt).orElse(0));
      int end = Math.min(all.size(), Math.max(0, start) + request.limit());
      return new Page<>(
          all.subList(Math.max(0, start), end),
          end < all.size() ? Optional.of(Integer.toString(end)) : Optional.empty());
    }
  }

  /** Continuations that name a listing. */
  private static final class Believed {
    private Believed() {}

    static PageRequest rest(PageRequest page) {
      return new PageRequest(
          page.from().map(from -> from.startsWith("api:") ? from.substring(4) : from),
          page.limit());
    }
  }
}
