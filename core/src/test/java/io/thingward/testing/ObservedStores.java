package io.thingward.testing;

import io.thingward.model.CredentialId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyView;
import io.thingward.store.KeyViews;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Real stores behind a window: every call is noted as {@code aggregate.method}, and may be made to
 * fail, hang or answer nonsense before or after the real store has done its work.
 */
public final class ObservedStores implements Stores {
  private final Optional<ChangeFeed> feed;
  private final PrincipalStore principals;
  private final WorkspaceStore workspaces;
  private final KeyStore keys;
  private final SessionStore sessions;
  private final LastUseStore keyUses;
  private final LastUseStore sessionUses;
  private final Optional<KeyViews> keyViews;
  private final Optional<SessionViews> sessionViews;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Object> inserted = new CopyOnWriteArrayList<>();
  private volatile Disturbance disturbance = (call, real) -> real.run();

  /** What happens to a call. */
  @FunctionalInterface
  public interface Disturbance {
    /** Answers a call; {@code real} asks the real store. */
    Object answer(String call, Real real) throws Throwable;
  }

  /** The real store's part. */
  @FunctionalInterface
  public interface Real {
    /** Asks the real store. */
    Object run() throws Throwable;
  }

  /** Watches these stores; what they can optionally do is kept from whoever asks. */
  public ObservedStores(Stores real) {
    this(real, false, false);
  }

  /** Watches stores that read credentials and holders together: {@code keyViews.view}. */
  public static ObservedStores withViews(Stores real) {
    return new ObservedStores(real, false, true);
  }

  /** Watches these stores and their feed, whose calls are {@code feed.method}. */
  public static ObservedStores withFeed(Stores real) {
    return new ObservedStores(real, true, false);
  }

  private ObservedStores(Stores real, boolean feeding, boolean joining) {
    feed =
        feeding
            ? real.keys().changes().map(changes -> window(ChangeFeed.class, "feed", changes))
            : Optional.empty();
    principals = window(PrincipalStore.class, "principals", real.principals());
    workspaces = window(WorkspaceStore.class, "workspaces", real.workspaces());
    keys = window(KeyStore.class, "keys", real.keys());
    sessions = window(SessionStore.class, "sessions", real.sessions());
    keyViews =
        joining
            ? Optional.of(window(KeyViews.class, "keyViews", id -> view(real, id)))
            : Optional.empty();
    sessionViews =
        joining
            ? Optional.of(window(SessionViews.class, "sessionViews", id -> viewSession(real, id)))
            : Optional.empty();
    keyUses = window(LastUseStore.class, "keyUses", real.keyUses());
    sessionUses = window(LastUseStore.class, "sessionUses", real.sessionUses());
  }

  private static KeyView view(Stores real, CredentialId id) {
    Optional<KeyRecord> key = real.keys().find(id);
    return new KeyView(
        key,
        key.filter(ApiKeyRecord.class::isInstance)
            .flatMap(k -> real.principals().find(((ApiKeyRecord) k).principal())),
        key.filter(AccessKeyRecord.class::isInstance)
            .flatMap(k -> real.workspaces().find(((AccessKeyRecord) k).workspace())));
  }

  private static SessionView viewSession(Stores real, CredentialId id) {
    Optional<SessionRecord> session = real.sessions().find(id);
    return new SessionView(session, session.flatMap(found -> real.principals().find(found.user())));
  }

  private <T> T window(Class<T> type, String aggregate, T real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("changes")) {
            return feed;
          }
          if (method.getDeclaringClass().equals(Object.class)) {
            return method.invoke(real, arguments);
          }
          String call = aggregate + "." + method.getName();
          calls.add(call);
          if (method.getName().startsWith("insert")) {
            inserted.add(arguments[0]);
          }
          return disturbance.answer(
              call,
              () -> {
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException thrown) {
                  throw thrown.getCause();
                }
              });
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** From now on calls go through this. */
  public void disturb(Disturbance next) {
    disturbance = next;
  }

  /** From now on calls go straight to the real store. */
  public void calm() {
    disturbance = (call, real) -> real.run();
  }

  /** The calls since the last time this was asked, except to last uses and the feed. */
  public List<String> takeCalls() {
    List<String> taken = new ArrayList<>(calls);
    calls.clear();
    taken.removeIf(call -> call.matches("(keyUses|sessionUses|feed)\\..*"));
    return taken;
  }

  /** What was ever given to be inserted: records, and lists of them. */
  public List<Object> inserted() {
    return List.copyOf(inserted);
  }

  @Override
  public PrincipalStore principals() {
    return principals;
  }

  @Override
  public WorkspaceStore workspaces() {
    return workspaces;
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public LastUseStore keyUses() {
    return keyUses;
  }

  @Override
  public LastUseStore sessionUses() {
    return sessionUses;
  }

  @Override
  public Optional<KeyViews> keyViews() {
    return keyViews;
  }

  @Override
  public Optional<SessionViews> sessionViews() {
    return sessionViews;
  }
}
