package io.thingward.store.testkit;

import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyViews;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionViews;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What answers calls: one aggregate of {@link Stores}, a store of one aggregate alone, or what such
 * a store may have, a feed or views.
 *
 * @param name what it is called
 * @param type its interface
 * @param finding finds it in what an author handed in, if it is there
 * @param calls one call of each method
 * @param kinds its records that have a version
 * @param listings its listings
 * @param <T> its type
 */
record Part<T>(
    String name,
    Class<T> type,
    Function<Object, Optional<T>> finding,
    Function<T, Map<String, Callable<?>>> calls,
    List<Kind<T, ?>> kinds,
    List<Listing<T, ?>> listings) {

  static final Part<PrincipalStore> PRINCIPALS =
      new Part<>(
          "principals",
          PrincipalStore.class,
          store(PrincipalStore.class, Stores::principals),
          Calls::of,
          Kinds.PRINCIPALS,
          Kinds.OF_PRINCIPALS);
  static final Part<WorkspaceStore> WORKSPACES =
      new Part<>(
          "workspaces",
          WorkspaceStore.class,
          store(WorkspaceStore.class, Stores::workspaces),
          Calls::of,
          Kinds.WORKSPACES,
          Kinds.OF_WORKSPACES);
  static final Part<KeyStore> KEYS =
      new Part<>(
          "keys",
          KeyStore.class,
          store(KeyStore.class, Stores::keys),
          Calls::of,
          Kinds.KEYS,
          Kinds.OF_KEYS);
  static final Part<SessionStore> SESSIONS =
      new Part<>(
          "sessions",
          SessionStore.class,
          store(SessionStore.class, Stores::sessions),
          Calls::of,
          List.of(),
          Kinds.OF_SESSIONS);
  // a store of last uses alone counts as that of keys
  static final Part<LastUseStore> KEY_USES =
      new Part<>(
          "last uses of keys",
          LastUseStore.class,
          store(LastUseStore.class, Stores::keyUses),
          Calls::of,
          List.of(),
          List.of());
  static final Part<LastUseStore> SESSION_USES =
      new Part<>(
          "last uses of sessions",
          LastUseStore.class,
          all -> stores(all).map(Stores::sessionUses),
          Calls::of,
          List.of(),
          List.of());
  static final Part<KeyViews> KEY_VIEWS =
      new Part<>(
          "keys with their holders",
          KeyViews.class,
          all -> stores(all).flatMap(Stores::keyViews),
          Calls::ofKeyViews,
          List.of(),
          List.of());
  static final Part<SessionViews> SESSION_VIEWS =
      new Part<>(
          "sessions with their users",
          SessionViews.class,
          all -> stores(all).flatMap(Stores::sessionViews),
          Calls::ofSessionViews,
          List.of(),
          List.of());
  static final Part<ChangeFeed> FEED_OF_PRINCIPALS =
      feed("feed of principals", all -> PRINCIPALS.in(all).flatMap(PrincipalStore::changes));
  static final Part<ChangeFeed> FEED_OF_WORKSPACES =
      feed("feed of workspaces", all -> WORKSPACES.in(all).flatMap(WorkspaceStore::changes));
  static final Part<ChangeFeed> FEED_OF_KEYS =
      feed("feed of keys", all -> KEYS.in(all).flatMap(KeyStore::changes));
  static final Part<ChangeFeed> FEED_OF_SESSIONS =
      feed("feed of sessions", all -> SESSIONS.in(all).flatMap(SessionStore::changes));

  /** The six stores of an installation. */
  static final List<Part<?>> STORES =
      List.of(PRINCIPALS, WORKSPACES, KEYS, SESSIONS, KEY_USES, SESSION_USES);

  /** What they may have. */
  private static final List<Part<?>> OPTIONAL =
      List.of(
          KEY_VIEWS,
          SESSION_VIEWS,
          FEED_OF_PRINCIPALS,
          FEED_OF_WORKSPACES,
          FEED_OF_KEYS,
          FEED_OF_SESSIONS);

  private static Part<ChangeFeed> feed(
      String name, Function<Object, Optional<ChangeFeed>> finding) {
    return new Part<>(name, ChangeFeed.class, finding, Calls::of, List.of(), List.of());
  }

  private static <T> Function<Object, Optional<T>> store(
      Class<T> type, Function<Stores, T> getter) {
    return all ->
        stores(all).map(getter).or(() -> Optional.of(all).filter(type::isInstance).map(type::cast));
  }

  private static Optional<Stores> stores(Object all) {
    return all instanceof Stores stores ? Optional.of(stores) : Optional.empty();
  }

  /** What an author handed in, all stores or one of one aggregate, with what they may have. */
  static List<Part<?>> of(Object store) {
    List<Part<?>> parts =
        Stream.of(STORES, OPTIONAL)
            .flatMap(List::stream)
            .filter(part -> part.in(store).isPresent())
            .toList();
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          store.getClass() + " is neither Stores nor the store of an aggregate");
    }
    return parts;
  }

  /** This part of what an author handed in, if it is there. */
  Optional<T> in(Object store) {
    return finding.apply(store);
  }

  /** This part, which is there. */
  T from(Object store) {
    return in(store).orElseThrow(() -> new AssertionError("no " + name + " any more"));
  }

  @Override
  public String toString() {
    return name;
  }
}
