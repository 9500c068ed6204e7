package io.thingward.store.testkit;

import io.thingward.store.KeyStore;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * One aggregate of {@link Stores}, or a store of one aggregate alone.
 *
 * @param name what it is called
 * @param type the interface of its store
 * @param alone whether this is the part that a store alone is
 * @param getter finds its store in all of them
 * @param calls one call of each method
 * @param kinds its records that have a version
 * @param listings its listings
 * @param <T> its store
 */
record Part<T>(
    String name,
    Class<T> type,
    boolean alone,
    Function<Stores, T> getter,
    Function<T, Map<String, Callable<?>>> calls,
    List<Kind<T, ?>> kinds,
    List<Listing<T, ?>> listings) {

  static final Part<PrincipalStore> PRINCIPALS =
      new Part<>(
          "principals",
          PrincipalStore.class,
          true,
          Stores::principals,
          Calls::of,
          Kinds.PRINCIPALS,
          Kinds.OF_PRINCIPALS);
  static final Part<WorkspaceStore> WORKSPACES =
      new Part<>(
          "workspaces",
          WorkspaceStore.class,
          true,
          Stores::workspaces,
          Calls::of,
          Kinds.WORKSPACES,
          Kinds.OF_WORKSPACES);
  static final Part<KeyStore> KEYS =
      new Part<>("keys", KeyStore.class, true, Stores::keys, Calls::of, Kinds.KEYS, Kinds.OF_KEYS);
  static final Part<SessionStore> SESSIONS =
      new Part<>(
          "sessions",
          SessionStore.class,
          true,
          Stores::sessions,
          Calls::of,
          List.of(),
          Kinds.OF_SESSIONS);
  static final Part<LastUseStore> KEY_USES =
      new Part<>(
          "last uses of keys",
          LastUseStore.class,
          true,
          Stores::keyUses,
          Calls::of,
          List.of(),
          List.of());
  static final Part<LastUseStore> SESSION_USES =
      new Part<>(
          "last uses of sessions",
          LastUseStore.class,
          false,
          Stores::sessionUses,
          Calls::of,
          List.of(),
          List.of());

  private static final List<Part<?>> ALL =
      List.of(PRINCIPALS, WORKSPACES, KEYS, SESSIONS, KEY_USES, SESSION_USES);

  /** What an author handed in: all stores, or one of one aggregate. */
  static List<Part<?>> of(Object store) {
    List<Part<?>> parts = ALL.stream().filter(part -> part.in(store).isPresent()).toList();
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          store.getClass() + " is neither Stores nor the store of an aggregate");
    }
    return parts;
  }

  /** This part of what an author handed in, if it is there. */
  Optional<T> in(Object store) {
    if (store instanceof Stores stores) {
      return Optional.of(getter.apply(stores));
    }
    return alone && type.isInstance(store) ? Optional.of(type.cast(store)) : Optional.empty();
  }

  /** This part, which is there. */
  T from(Object store) {
    return in(store).orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }
}
