package io.thingward.store.jdbc;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** A data source that remembers what was executed through it, with the parameters. */
final class Recording {
  private final DataSource real;
  private final List<Executed> executed = new ArrayList<>();

  Recording(DataSource real) {
    this.real = real;
  }

  /** One execution: a statement, and the calls that set its parameters. */
  record Executed(String sql, Map<Integer, Binding> parameters) {
    /** Prepares something else with the same parameters. */
    PreparedStatement prepare(Connection connection, String prefix) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(prefix + sql);
      for (Binding binding : parameters.values()) {
        invoke(binding.setter, statement, binding.arguments.toArray());
      }
      return statement;
    }
  }

  /** A call that set a parameter. */
  record Binding(Method setter, List<Object> arguments) {}

  DataSource source() {
    return proxy(
        DataSource.class,
        (proxy, method, arguments) -> {
          Object result = invoke(method, real, arguments);
          return result instanceof Connection connection ? recorded(connection) : result;
        });
  }

  /** What was executed since the last time this was asked. */
  @CanIgnoreReturnValue
  List<Executed> take() {
    List<Executed> taken = List.copyOf(executed);
    executed.clear();
    return taken;
  }

  private Connection recorded(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = invoke(method, connection, arguments);
          return result instanceof PreparedStatement statement
              ? recorded(statement, (String) arguments[0])
              : result;
        });
  }

  private PreparedStatement recorded(PreparedStatement statement, String sql) {
    Map<Integer, Binding> parameters = new TreeMap<>();
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          String name = method.getName();
          if (name.startsWith("set") && arguments.length > 1) {
            parameters.put((Integer) arguments[0], new Binding(method, Arrays.asList(arguments)));
          } else if (name.equals("addBatch")
              || name.equals("executeQuery")
              || name.equals("executeUpdate")) {
            executed.add(new Executed(sql, new TreeMap<>(parameters)));
          }
          return invoke(method, statement, arguments);
        });
  }

  @CanIgnoreReturnValue
  private static Object invoke(Method method, Object target, Object[] arguments)
      throws SQLException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      if (failure.getCause() instanceof SQLException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (IllegalAccessException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Recording.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
