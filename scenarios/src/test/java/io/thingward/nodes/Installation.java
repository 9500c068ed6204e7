package io.thingward.nodes;

import io.thingward.databases.Engine;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyViews;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionViews;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What several nodes share: an engine, which each opens for itself. */
enum Installation {
  MEMORY(Engine.MEMORY),
  MEMORY_WITHOUT_FEED(Engine.MEMORY),
  H2(Engine.H2),
  POSTGRESQL(Engine.POSTGRESQL);

  private final Engine engine;

  Installation(Engine engine) {
    this.engine = engine;
  }

  /** The stores of one node after the other, and what closes them. */
  static final class Opened implements AutoCloseable {
    private final Engine.Opened engine;

    private Opened(Engine.Opened engine) {
      this.engine = engine;
    }

    /** The stores of another node, whose feed can be silenced. */
    Silenced next(boolean feeding) {
      return new Silenced(engine.next(), feeding);
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  Opened open() {
    return new Opened(engine.open());
  }

  /** Stores whose feed may fall silent, or be hidden. */
  static final class Silenced implements Stores {
    private final Stores real;
    private final Optional<ChangeFeed> feed;
    volatile boolean silent;

    private Silenced(Stores real, boolean feeding) {
      this.real = real;
      this.feed =
          real.keys()
              .changes()
              .filter(found -> feeding)
              .map(found -> proxy(ChangeFeed.class, found));
    }

    Optional<ChangeFeed> feed() {
      return feed;
    }

    private <T> T proxy(Class<T> type, T store) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (method.getName().equals("changes")) {
                  return feed;
                }
                if (silent && type == ChangeFeed.class && method.getName().equals("poll")) {
                  throw new StoreUnavailableException("silent");
                }
                Object answer = invoke(method, store, arguments);
                dawdle();
                return answer;
              }));
    }

    /* Now and then an answer is long under way, so that others come in between. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void dawdle() {
      if (ThreadLocalRandom.current().nextInt(8) == 0) {
        for (int i = 0; i < 50; i++) {
          Thread.yield();
        }
      }
    }

    private static Object invoke(Method method, Object target, Object[] arguments)
        throws Throwable {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }

    @Override
    public PrincipalStore principals() {
      return proxy(PrincipalStore.class, real.principals());
    }

    @Override
    public WorkspaceStore workspaces() {
      return proxy(WorkspaceStore.class, real.workspaces());
    }

    @Override
    public KeyStore keys() {
      return proxy(KeyStore.class, real.keys());
    }

    @Override
    public SessionStore sessions() {
      return proxy(SessionStore.class, real.sessions());
    }

    @Override
    public LastUseStore keyUses() {
      return real.keyUses();
    }

    @Override
    public LastUseStore sessionUses() {
      return real.sessionUses();
    }

    @Override
    public Optional<KeyViews> keyViews() {
      return real.keyViews();
    }

    @Override
    public Optional<SessionViews> sessionViews() {
      return real.sessionViews();
    }
  }
}
