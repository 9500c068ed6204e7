package io.thingward.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A PostgreSQL that is told nothing of the change feed: of the statement that makes a change and
 * tells of it only the change is left, as it would be in a store without a feed.
 */
final class WithoutFeed {
  private static final Pattern CHANGE =
      Pattern.compile("with changed as \\((.*) returning 1\\), head as .*");

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
        (proxy, method, arguments) -> {
          if (!without || !method.getName().equals("prepareStatement")) {
            return invoke(method, real, arguments);
          }
          Matcher change = CHANGE.matcher((String) arguments[0]);
          if (!change.matches()) {
            return invoke(method, real, arguments);
          }
          String alone = change.group(1);
          int parameters = (int) alone.chars().filter(c -> c == '?').count();
          return wrap(real.prepareStatement(alone), parameters);
        });
  }

  /* Takes no parameters but the first ones. */
  private static PreparedStatement wrap(PreparedStatement real, int parameters) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) ->
            method.getName().startsWith("set")
                    && method.getParameterCount() == 2
                    && (int) arguments[0] > parameters
                ? null
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
