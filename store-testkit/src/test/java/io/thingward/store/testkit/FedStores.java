package io.thingward.store.testkit;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.Stores;
import io.thingward.store.VersionedRecord;
import io.thingward.store.WorkspaceStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores with a feed of their own, in memory. Open, to be broken. */
class FedStores implements Stores, ChangeFeed {
  private final Stores real;
  private final UUID history = UUID.randomUUID();
  private final List<Change> changes = new ArrayList<>();
  protected int trimmed;

  FedStores(Stores real) {
    this.real = real;
  }

  @Override
  public PrincipalStore principals() {
    return fed(PrincipalStore.class, real.principals());
  }

  @Override
  public WorkspaceStore workspaces() {
    return fed(WorkspaceStore.class, real.workspaces());
  }

  @Override
  public KeyStore keys() {
    return fed(KeyStore.class, real.keys());
  }

  @Override
  public SessionStore sessions() {
    return fed(SessionStore.class, real.sessions());
  }

  @Override
  public LastUseStore keyUses() {
    return real.keyUses();
  }

  @Override
  public LastUseStore sessionUses() {
    return real.sessionUses();
  }

  private <T> T fed(Class<T> type, T store) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.getName().equals("changes")
                    ? Optional.of(this)
                    : run(store, method, arguments)));
  }

  protected Object run(Object store, Method method, Object[] arguments) throws Throwable {
    synchronized (this) {
      Object result = invoke(store, method, arguments);
      if (result.equals(true)) {
        change(store, method.getName(), arguments[0]).ifPresent(this::append);
      }
      return result;
    }
  }

  protected static Object invoke(Object store, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** What a call changes, if it is one that changes something. */
  protected static Optional<Change> change(Object store, String method, Object what) {
    Change change = null;
    if (what instanceof VersionedRecord<?> record) {
      boolean isNoNews = record instanceof KeyRecord && !method.equals("replace");
      change = isNoNews ? null : Change.of(record);
    } else if (what instanceof CredentialId id) {
      change =
          store instanceof KeyStore
              ? new Change.OfKey(id, Optional.empty())
              : new Change.OfSession(id);
    }
    return Optional.ofNullable(change);
  }

  protected void append(Change change) {
    changes.add(change);
  }

  @Override
  public synchronized String end() {
    return place(changes.size());
  }

  protected String place(int position) {
    return history + ":" + position;
  }

  protected int position(String place) {
    String[] parts = place.split(":", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a place");
    }
    int position = Integer.parseInt(parts[1]);
    return parts[0].equals(history.toString()) ? position : -1;
  }

  @Override
  public synchronized Poll poll(String after, int limit) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw new IllegalArgumentException("not a limit");
    }
    int from = position(after);
    return from < trimmed ? new Poll.Lost() : from(from, limit);
  }

  protected Poll.Changes from(int from, int limit) {
    int to = Math.min(changes.size(), from + limit);
    return new Poll.Changes(changes.subList(from, to), place(to), to == changes.size());
  }

  @Override
  public synchronized void announce(WorkspaceId workspace, DeviceId device) {
    append(new Change.OfDevice(workspace, device));
  }

  @Override
  public synchronized void trim(String before) {
    trimmed = Math.max(trimmed, position(before));
  }
}
