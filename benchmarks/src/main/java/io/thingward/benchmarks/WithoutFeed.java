package io.thingward.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

/**
 * A database that is told nothing of the change feed: the two statements that tell of a change do
 * nothing, and the one that makes the change commits by itself, as it would in a store without a
 * feed.
 */
final class WithoutFeed {
  private WithoutFeed() {}

  /** The database without a feed. */
  static DataSource of(DataSource real) {
    return wrap(real, true);
  }

  /** The database as it is, behind as many proxies: what they cost is the same then. */
  static DataSource with(DataSource real) {
    return wrap(real, false);
  }

  private static DataSource wrap(DataSource real, boolean without) {
    return proxy(
        DataSource.class,
        (proxy, method, arguments) -> {
          Object result = invoke(method, real, arguments);
          return result instanceof Connection connection ? wrap(connection, without) : result;
        });
  }

  private static Connection wrap(Connection real, boolean without) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "setAutoCommit", "commit" -> without ? null : invoke(method, real, arguments);
              case "prepareStatement" ->
                  wrap(
                      (PreparedStatement) invoke(method, real, arguments),
                      without && isTelling((String) arguments[0]));
              default -> invoke(method, real, arguments);
            });
  }

  private static boolean isTelling(String sql) {
    return sql.startsWith("update thingward_feed_head")
        || sql.startsWith("insert into thingward_feed ");
  }

  private static PreparedStatement wrap(PreparedStatement real, boolean without) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) ->
            without && method.getName().equals("executeUpdate")
                ? (Object) 1
                : invoke(method, real, arguments));
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
