package io.thingward.nodes;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The line between a node and its database: notes what is asked, and may be disturbed. A step is
 * {@link #CONNECT}, {@link #RELEASE}, or a statement with its parameters.
 */
final class Line {
  static final String CONNECT = "connect";
  static final String RELEASE = "release";

  private final DataSource real;
  private final List<String> reads = new CopyOnWriteArrayList<>();
  private final List<String> connects = new CopyOnWriteArrayList<>();
  private final CountDownLatch feedRead = new CountDownLatch(1);
  private volatile Disturbance disturbance = (step, rest) -> rest.run();

  /** What happens to a step. */
  @FunctionalInterface
  interface Disturbance {
    /** Takes the step; {@code rest} really does. */
    Object meet(String step, Rest rest) throws SQLException;
  }

  /** What is left of a step. */
  @FunctionalInterface
  interface Rest {
    Object run() throws SQLException;
  }

  Line(DataSource real) {
    this.real = real;
  }

  /** From now on steps go through this. */
  void disturb(Disturbance next) {
    disturbance = next;
  }

  /** From now on steps go straight to the database. */
  void heal() {
    disturbance = (step, rest) -> rest.run();
  }

  /** Whether a step reads the change feed. */
  static boolean readsFeed(String step) {
    return step.startsWith("select") && step.contains(" from thingward_feed");
  }

  static boolean isStatement(String step) {
    return !step.equals(CONNECT) && !step.equals(RELEASE);
  }

  /** The reads of records since the last time this was asked. */
  List<String> takeReads() {
    List<String> taken = new ArrayList<>(reads);
    reads.clear();
    return taken;
  }

  /** How often a connection was asked for since the last time this was asked. */
  int takeConnects() {
    int taken = connects.size();
    connects.clear();
    return taken;
  }

  /** Waits until the node's own thread has begun to read the feed. */
  void awaitFeed() {
    try {
      if (!feedRead.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nobody reads the feed");
      }
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The database, through this line. */
  DataSource source() {
    return proxy(
        DataSource.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("getConnection")) {
            return invoke(method, real, arguments);
          }
          connects.add(CONNECT);
          return disturbance.meet(
              CONNECT, () -> connection((Connection) invoke(method, real, arguments)));
        });
  }

  private Connection connection(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "prepareStatement" ->
                  statement(
                      (PreparedStatement) invoke(method, connection, arguments),
                      (String) arguments[0]);
              case "close" ->
                  disturbance.meet(RELEASE, () -> invoke(method, connection, arguments));
              default -> invoke(method, connection, arguments);
            });
  }

  private PreparedStatement statement(PreparedStatement statement, String sql) {
    Map<Object, Object> parameters = new TreeMap<>();
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          String name = method.getName();
          if (name.startsWith("set") && arguments.length > 1) {
            parameters.put(arguments[0], String.valueOf(arguments[1]));
          }
          if (!name.startsWith("execute")) {
            return invoke(method, statement, arguments);
          }
          String step = sql + " " + parameters.values();
          note(step);
          return disturbance.meet(step, () -> invoke(method, statement, arguments));
        });
  }

  private void note(String step) {
    if (readsFeed(step)) {
      feedRead.countDown();
    } else if (step.startsWith("select")) {
      reads.add(step);
    }
  }

  private static Object invoke(Method method, Object target, Object[] arguments)
      throws SQLException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      if (failure.getCause() instanceof SQLException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
