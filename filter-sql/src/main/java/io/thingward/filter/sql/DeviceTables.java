package io.thingward.filter.sql;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.DeviceFilter;
import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the host's database keeps devices and their tags; described once, it renders every {@link
 * DeviceFilter}. The page and the count are whole queries, made for speed; the condition goes into
 * a query of the host's own. All three agree with {@code Subject.decide} on every device, as long
 * as the rows say of a device what the host's directory says.
 *
 * <pre>{@code
 * DeviceTables tables =
 *     DeviceTables.builder(SqlDialect.POSTGRESQL)
 *         .deviceTable("device").deviceId("id").deviceWorkspace("workspace")
 *         .tagTable("device_tag").tagWorkspace("workspace").tagDevice("device_id")
 *         .tagKey("tag_key").tagValue("tag_value")
 *         .build();
 * SqlFragment page = tables.page(subject.devices(VIEW, workspace), Optional.empty(), 50);
 * }</pre>
 *
 * <p>Each column that is named here is {@code text} or {@code varchar}, {@code not null} (the
 * column of tags {@code jsonb}), and compares exactly: no {@code citext}, no {@code char(n)}, no
 * collation that takes different texts for equal. The columns with ids of devices have one
 * collation. {@code docs/filters.md} has tables and indexes for each layout.
 *
 * <p>Immutable and thread-safe.
 */
public final class DeviceTables {
  private static final List<String> CLAIMS = List.of("claimTable", "claimWorkspace", "claimDevice");

  private final SqlDialect dialect;
  private final String id;
  private final Optional<String> workspace;
  private final Members members;
  private final Layout layout;

  private DeviceTables(Builder builder) {
    dialect = builder.dialect;
    id = builder.required("deviceId");
    workspace = builder.optional("deviceWorkspace");
    members = builder.members();
    layout = builder.layout(members);
  }

  /** An empty description for a database of this kind. */
  public static Builder builder(SqlDialect dialect) {
    return new Builder(requireNonNull(dialect, "dialect"));
  }

  /**
   * A condition for the {@code where} of the host's own query, true for exactly the rows of the
   * filter's devices in its workspace; of no row if the filter is nothing. Combine it with other
   * conditions by {@code and}.
   *
   * @param alias the alias of the device table in that query, or its name if it has none; not
   *     {@code tw_o}, which the condition has itself
   */
  public SqlFragment where(DeviceFilter filter, String alias) {
    String row = Names.column("alias", alias);
    if (row.replace("\"", "").toLowerCase(Locale.ROOT).equals(Layout.INNER_ALIAS)) {
      throw new IllegalArgumentException(
          "alias: " + Layout.INNER_ALIAS + " is the condition's own");
    }
    SqlFragment.Builder sql = new SqlFragment.Builder(dialect).add("(");
    if (workspace.isPresent()) {
      sql.add(row + "." + workspace.get() + " = ").text(filter.workspace().value());
    } else {
      sql.add(row + "." + id + " in (select " + members.id() + " from " + members.table())
          .add(" m where m." + members.workspace() + " = ")
          .text(filter.workspace().value())
          .add(")");
    }
    layout.matches(sql, filter, row + "." + id, row);
    return sql.add(")").build();
  }

  /**
   * A query of the filter's device ids, a page of them: one column named {@code id}, each id once,
   * in the order of the database for that column, which is not always that of Java. Fewer than
   * asked for are the last. The next page begins after the last id of this one: pages of a fleet
   * that changes meanwhile are complete for the devices that stay.
   *
   * @param after the last id of the page before, empty for the first page
   * @param size how many, 1 to {@value Limits#PAGE}
   */
  public SqlFragment page(DeviceFilter filter, Optional<DeviceId> after, int size) {
    if (size < 1 || size > Limits.PAGE) {
      throw new IllegalArgumentException(
          "the size of a page is 1 to " + Limits.PAGE + ", not " + size);
    }
    SqlFragment.Builder sql = new SqlFragment.Builder(dialect);
    layout.page(sql, filter, after.map(DeviceId::value).orElse(Layout.BEFORE_ALL), size);
    return sql.build();
  }

  /** A query of one number: how many devices the filter has. Exact, so it reads all of them. */
  public SqlFragment count(DeviceFilter filter) {
    SqlFragment.Builder sql = new SqlFragment.Builder(dialect);
    layout.count(sql, filter);
    return sql.build();
  }

  /**
   * Collects names, each as the host writes it in SQL: letters, digits, {@code _} and {@code $}, or
   * between double quotes also spaces and {@code -}; a table may have its schema in front. Anything
   * else is an {@link IllegalArgumentException}. Not thread-safe.
   */
  public static final class Builder {
    private final SqlDialect dialect;
    private final Map<String, String> names = new LinkedHashMap<>();
    private boolean uniqueIds;

    private Builder(SqlDialect dialect) {
      this.dialect = dialect;
    }

    /** The table, or view, with a row for each device. Required. */
    @CanIgnoreReturnValue
    public Builder deviceTable(String table) {
      return table("deviceTable", table);
    }

    /** Its column with the device's id. Required. */
    @CanIgnoreReturnValue
    public Builder deviceId(String column) {
      return column("deviceId", column);
    }

    /** Its column with the workspace; or else there are claims. */
    @CanIgnoreReturnValue
    public Builder deviceWorkspace(String column) {
      return column("deviceWorkspace", column);
    }

    /**
     * A table with a row for each workspace that has a device, where devices are shared. Each row's
     * device is in the device table, and ids of devices are unique across workspaces.
     */
    @CanIgnoreReturnValue
    public Builder claimTable(String table) {
      return table("claimTable", table);
    }

    /** Its column with the workspace. */
    @CanIgnoreReturnValue
    public Builder claimWorkspace(String column) {
      return column("claimWorkspace", column);
    }

    /** Its column with the device's id. */
    @CanIgnoreReturnValue
    public Builder claimDevice(String column) {
      return column("claimDevice", column);
    }

    /**
     * A table with one row for each tag of a device, which its primary key guarantees; or else
     * there is a column of tags.
     */
    @CanIgnoreReturnValue
    public Builder tagTable(String table) {
      return table("tagTable", table);
    }

    /**
     * Its column with the workspace. With it, pages and counts read tags without looking whether
     * their device is still there: each row's workspace and device are a row of the device table,
     * or of the claims, which a foreign key guarantees; so what a view of devices leaves out has to
     * be left out of the tags, too. Without it a tag counts in each workspace that has a device of
     * this id, and each is looked up: where there are no claims, that takes {@link
     * #deviceIdsAreUnique}.
     */
    @CanIgnoreReturnValue
    public Builder tagWorkspace(String column) {
      return column("tagWorkspace", column);
    }

    /**
     * No two workspaces have devices of the same id, so that a tag table needs no column with the
     * workspace. If that is not so, tags of one workspace's device put another's on lists.
     */
    @CanIgnoreReturnValue
    public Builder deviceIdsAreUnique() {
      uniqueIds = true;
      return this;
    }

    /** Its column with the device's id. */
    @CanIgnoreReturnValue
    public Builder tagDevice(String column) {
      return column("tagDevice", column);
    }

    /** Its column with the tag's key. */
    @CanIgnoreReturnValue
    public Builder tagKey(String column) {
      return column("tagKey", column);
    }

    /** Its column with the tag's value. */
    @CanIgnoreReturnValue
    public Builder tagValue(String column) {
      return column("tagValue", column);
    }

    /**
     * A {@code jsonb} column of the device table, in PostgreSQL only: an object with a field for
     * each key, whose value is the tag's value, a string, or an array of strings if the key has
     * several. It holds nothing else, which a check constraint guarantees: see {@code
     * docs/filters.md}.
     */
    @CanIgnoreReturnValue
    public Builder tagColumn(String column) {
      return column("tagColumn", column);
    }

    private Builder table(String part, String name) {
      names.put(part, Names.table(part, requireNonNull(name, part)));
      return this;
    }

    private Builder column(String part, String name) {
      names.put(part, Names.column(part, requireNonNull(name, part)));
      return this;
    }

    /**
     * The description; {@link IllegalStateException} names all that is missing, and what excludes
     * each other.
     */
    public DeviceTables build() {
      boolean byColumn = names.containsKey("tagColumn");
      List<String> parts = new ArrayList<>(List.of("deviceTable", "deviceId"));
      List<String> tags = List.of("tagTable", "tagDevice", "tagKey", "tagValue");
      parts.addAll(names.containsKey("deviceWorkspace") ? List.of("deviceWorkspace") : CLAIMS);
      parts.addAll(byColumn ? List.of("tagColumn") : tags);
      List<String> missing = new ArrayList<>(parts);
      missing.removeAll(names.keySet());
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "missing: "
                + missing
                + "; there is "
                + names.keySet()
                + ", and devices need either "
                + "deviceWorkspace or claims, either tagColumn or a tagTable");
      }
      List<String> excluded = new ArrayList<>(names.keySet());
      excluded.removeAll(parts);
      if (!byColumn) {
        excluded.remove("tagWorkspace");
      }
      if (!excluded.isEmpty()) {
        throw new IllegalStateException(excluded + " does not go with " + parts);
      }
      if (!byColumn && !names.containsKey("tagWorkspace") && !isClaimed() && !uniqueIds) {
        throw new IllegalStateException(
            "missing: [tagWorkspace]; without it the same id in two workspaces would be one device:"
                + " say deviceIdsAreUnique if that cannot be");
      }
      if (byColumn && dialect != SqlDialect.POSTGRESQL) {
        throw new IllegalStateException(dialect + " has no jsonb: it needs a tagTable");
      }
      return new DeviceTables(this);
    }

    private String required(String part) {
      return requireNonNull(names.get(part), part);
    }

    private Optional<String> optional(String part) {
      return Optional.ofNullable(names.get(part));
    }

    private boolean isClaimed() {
      return !names.containsKey("deviceWorkspace");
    }

    private Members members() {
      return isClaimed()
          ? new Members(required("claimTable"), required("claimWorkspace"), required("claimDevice"))
          : new Members(required("deviceTable"), required("deviceWorkspace"), required("deviceId"));
    }

    private Layout layout(Members members) {
      if (names.containsKey("tagColumn")) {
        String devices =
            " join " + required("deviceTable") + " d on d." + required("deviceId") + " = ";
        return new TagColumn(
            members,
            required("tagColumn"),
            isClaimed() ? Optional.of(devices + members.id()) : Optional.empty());
      }
      return new TagTable(
          dialect,
          members,
          required("tagTable"),
          optional("tagWorkspace"),
          required("tagDevice"),
          required("tagKey"),
          required("tagValue"));
    }
  }
}
