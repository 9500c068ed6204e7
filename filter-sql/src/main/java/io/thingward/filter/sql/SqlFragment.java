package io.thingward.filter.sql;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * SQL with a {@code ?} for each value, and the values. The text holds nothing but the library's own
 * words and the names of {@link DeviceTables}; ids, tags and numbers are parameters, always. It has
 * no other question mark, no colon and no braces, so it can be a part of a query of any library
 * that takes JDBC's placeholders.
 *
 * <p>A value; immutable and thread-safe. {@link #toString} is the SQL without the values.
 */
public final class SqlFragment {
  private final String sql;
  private final List<Object> parameters;

  SqlFragment(String sql, List<Object> parameters) {
    this.sql = sql;
    this.parameters = List.copyOf(parameters);
  }

  /** The text. A condition has parentheses around it where it needs them. */
  public String sql() {
    return sql;
  }

  /**
   * A value for each {@code ?}, in their order: a {@link String}, an {@link Integer}, or a {@code
   * List<String>}, which is one array parameter of texts. {@link #bind} does it for JDBC; with a
   * library above JDBC hand it over as that library hands over arrays, for most as a {@code
   * String[]}.
   */
  public List<Object> parameters() {
    return parameters;
  }

  /**
   * Sets the parameters of a statement whose text contains this one's.
   *
   * @param first the index of the fragment's first {@code ?} in the statement, from 1
   * @return the index after its last one
   */
  @CanIgnoreReturnValue
  public int bind(PreparedStatement statement, int first) throws SQLException {
    requireNonNull(statement, "statement");
    int index = first;
    for (Object parameter : parameters) {
      if (parameter instanceof List<?> texts) {
        Array array = statement.getConnection().createArrayOf("varchar", texts.toArray());
        statement.setArray(index++, array);
      } else {
        statement.setObject(index++, parameter);
      }
    }
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlFragment that
        && sql.equals(that.sql)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * sql.hashCode() + parameters.hashCode();
  }

  /** The text, in which no value stands. */
  @Override
  public String toString() {
    return sql;
  }

  /** Puts text and values together, in one order. Not thread-safe. */
  static final class Builder {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();
    private final SqlDialect dialect;

    Builder(SqlDialect dialect) {
      this.dialect = dialect;
    }

    /** Words of the library and names of the schema; never a value. */
    @CanIgnoreReturnValue
    Builder add(String words) {
      sql.append(words);
      return this;
    }

    @CanIgnoreReturnValue
    Builder text(String value) {
      return parameter("?", value);
    }

    @CanIgnoreReturnValue
    Builder number(int value) {
      return parameter("?", value);
    }

    @CanIgnoreReturnValue
    Builder texts(List<String> values) {
      return parameter(dialect.arrayParameter(), values);
    }

    private Builder parameter(String placeholder, Object value) {
      sql.append(placeholder);
      parameters.add(value);
      return this;
    }

    SqlFragment build() {
      return new SqlFragment(sql.toString(), parameters);
    }
  }
}
