package io.thingward.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.thingward.access.DeviceFilter;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.WorkspaceId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is rendered, and what is refused. That it is right is proven in scenarios, on databases. */
class DeviceTablesTest {
  private static final String HOSTILE = "' or ? = ? -- :x {0}";

  private static DeviceTables.Builder devices(SqlDialect dialect) {
    return DeviceTables.builder(dialect).deviceTable("device").deviceId("id");
  }

  private static DeviceTables.Builder tagTable(DeviceTables.Builder tables) {
    return tables
        .tagTable("device_tag")
        .tagWorkspace("workspace")
        .tagDevice("device_id")
        .tagKey("key")
        .tagValue("value");
  }

  private static DeviceTables tables(SqlDialect dialect) {
    return tagTable(devices(dialect).deviceWorkspace("workspace")).build();
  }

  private static DeviceFilter filter(String set) {
    return DeviceFilter.of(WorkspaceId.of("acme"), DeviceSet.parse(set));
  }

  @Test
  @DisplayName("docs/filters.md shows these three queries")
  void render_documentedExample_isAsDocumented() {
    DeviceTables tables = tables(SqlDialect.POSTGRESQL);
    DeviceFilter filter = filter("all of [t1, site=paris]");

    assertThat(tables.where(filter, "d"))
        .hasToString(
            "(d.workspace = ? and d.id in (select t.device_id from device_tag t"
                + " where t.workspace = ? and t.key = ? and t.value = ?"
                + " union all select * from unnest(cast(? as text[]))))");
    assertThat(tables.where(filter, "d").parameters())
        .containsExactly("acme", "acme", "site", "paris", List.of("t1"));
    assertThat(tables.page(filter, Optional.of(DeviceId.of("t0")), 50))
        .hasToString(
            "select distinct p.id from ((select t.device_id as id from device_tag t"
                + " where t.workspace = ? and t.key = ? and t.value = ? and t.device_id > ?"
                + " order by t.device_id limit ?) union all"
                + " (select m.id as id from device m where m.workspace = ?"
                + " and m.id = any(cast(? as text[])) and m.id > ? order by m.id limit ?))"
                + " p order by p.id limit ?");
    assertThat(tables.page(filter, Optional.of(DeviceId.of("t0")), 50).parameters())
        .containsExactly("acme", "site", "paris", "t0", 50, "acme", List.of("t1"), "t0", 50, 50);
    assertThat(tables.count(filter))
        .hasToString(
            "select count(*) from ((select t.device_id as id from device_tag t"
                + " where t.workspace = ? and t.key = ? and t.value = ?"
                + " union select m.id as id from device m where m.workspace = ?"
                + " and m.id = any(cast(? as text[])))) p");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B18: no value is ever part of the text, and each placeholder has its parameter")
  void render_anyValues_areParameters(SqlDialect dialect) {
    DeviceTables tables = tables(dialect);
    DeviceSelector.Builder hostile = DeviceSelector.builder().id(DeviceId.of(HOSTILE));
    for (String half : List.of("k", "l")) {
      hostile.addAll(DeviceSelector.anyOf('"' + HOSTILE + "\"=" + half));
      hostile.addAll(DeviceSelector.anyOf('"' + HOSTILE + half + "\"=*"));
      hostile.addAll(DeviceSelector.anyOf("*=\"" + HOSTILE + half + '"'));
    }
    DeviceFilter filter =
        DeviceFilter.of(
            WorkspaceId.of(HOSTILE),
            DeviceSet.allOf(
                List.of(hostile.build(), DeviceSelector.anyOf("x=y", '"' + HOSTILE + '"'))));
    for (SqlFragment rendered :
        List.of(
            tables.where(filter, "d"),
            tables.page(filter, Optional.of(DeviceId.of(HOSTILE)), 7),
            tables.count(filter))) {
      assertThat(rendered.sql()).matches("[a-z_. (),=>+*?\\[\\]01]*");
      assertThat(rendered.sql().chars().filter(c -> c == '?'))
          .hasSize(rendered.parameters().size());
      assertThat(rendered.parameters().toString()).contains(HOSTILE);
    }
  }

  @Test
  @DisplayName("H2's condition looks at a device's tags; postings it would evaluate for each row")
  void where_h2_looksAtTheTagsOfTheDevice() {
    DeviceTables tables = tables(SqlDialect.H2);

    assertThat(tables.where(filter("all of [t1, site=paris]"), "d"))
        .hasToString(
            "(d.workspace = ? and (d.id = any(cast(? as varchar array))"
                + " or exists (select 1 from device_tag tw_o where tw_o.device_id = d.id"
                + " and tw_o.workspace = ? and (tw_o.key = ? and tw_o.value = ?))))");
    assertThat(tables.where(filter("all of [" + many("k", "=v") + "]"), "d"))
        .satisfies(
            where -> {
              assertThat(where.sql())
                  .contains(" and (concat(1000 + char_length(tw_o.key), tw_o.key, tw_o.");
              assertThat(where.parameters().get(2).toString()).contains("1002k7v, ");
            });
  }

  @Test
  @DisplayName("H2's page of many entries starts at the entries, not at the devices")
  void page_manyEntriesInH2_startsAtTheEntries() {
    assertThat(
            tables(SqlDialect.H2)
                .page(filter("all of [" + many("k", "=v") + "]"), Optional.empty(), 5))
        .hasToString(
            "select distinct p.id from ((select distinct t.device_id as id"
                + " from unnest(cast(? as varchar array), cast(? as varchar array)) e(k, v)"
                + " cross join device_tag t where t.workspace = ? and t.key = e.k and t.value = e.v"
                + " and t.device_id > ? order by t.device_id limit ?)) p order by p.id limit ?");
  }

  private static String many(String before, String after) {
    return IntStream.range(0, 20)
        .mapToObj(i -> before + i + after)
        .collect(Collectors.joining(", "));
  }

  @Test
  @DisplayName("Thousands of terms are a handful of parameters")
  void render_manyTerms_areArrays() {
    String terms =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "d" + i + ", k" + i + "=v, k" + i + "=*, *=v" + i)
            .collect(Collectors.joining(", "));
    DeviceTables tables = tables(SqlDialect.POSTGRESQL);
    DeviceFilter filter = filter("all of [" + terms + "]");

    assertThat(tables.where(filter, "d").parameters()).hasSizeLessThan(10);
    assertThat(tables.page(filter, Optional.empty(), 50).parameters()).hasSizeLessThan(20);
    assertThat(tables.count(filter).parameters()).hasSizeLessThan(10);
  }

  @Test
  @DisplayName("Of several selectors a page walks through the one that says the least")
  void page_severalSelectors_walksTheNarrowest() {
    SqlFragment page =
        tables(SqlDialect.POSTGRESQL)
            .page(filter("all of [a=*], [site=paris], [t1, t2]"), Optional.empty(), 5);

    assertThat(page)
        .hasToString(
            "select m.id as id from device m where m.workspace = ?"
                + " and m.id = any(cast(? as text[])) and m.id > ?"
                + " and (exists (select 1 from device_tag tw_o where tw_o.device_id = m.id"
                + " and tw_o.workspace = ? and (tw_o.key = ? and tw_o.value = ?) offset 0))"
                + " and (exists (select 1 from device_tag tw_o where tw_o.device_id = m.id"
                + " and tw_o.workspace = ? and (tw_o.key = ?) offset 0)) order by m.id limit ?");
  }

  @Test
  @DisplayName(
      "Where the terms do not tell which selector is narrower, PostgreSQL looks and walks it")
  void page_selectorsAlike_areTriedFirst() {
    DeviceTables tables = tables(SqlDialect.POSTGRESQL);
    String walked =
        "(select t.device_id as id from device_tag t where t.workspace = ? and t.key = ?"
            + " and t.value = ? and t.device_id > ?";
    String lookedUp =
        " and (exists (select 1 from device_tag tw_o where tw_o.device_id = t.device_id"
            + " and tw_o.workspace = ? and (tw_o.key = ? and tw_o.value = ?) offset 0))";
    String next = " order by t.device_id limit ?)";

    assertThat(tables.page(filter("all of [floor=3], [site=paris]"), Optional.empty(), 5))
        .hasToString(
            "with tw_r as materialized (select"
                + " (select max(r.id) from "
                + walked
                + next
                + " r having count(*) = ?) as a,"
                + " (select max(r.id) from "
                + walked
                + next
                + " r having count(*) = ?) as b)"
                + " select x.id from "
                + walked
                + lookedUp
                + next
                + " x where (select coalesce(a >= b, a is null) from tw_r)"
                + " union all select x.id from "
                + walked
                + lookedUp
                + next
                + " x where not (select coalesce(a >= b, a is null) from tw_r) order by id");
    assertThat(tables.page(filter("all of [floor=*], [site=paris]"), Optional.empty(), 5).sql())
        .startsWith("select t.device_id as id from device_tag t");
  }

  @Test
  @DisplayName("Nothing is a condition that is false, never one that is missing")
  void render_nothing_isFalse() {
    DeviceTables tables = tables(SqlDialect.H2);

    assertThat(tables.where(filter("nothing"), "d")).hasToString("(d.workspace = ? and 1 = 0)");
    assertThat(tables.where(filter("everything"), "d")).hasToString("(d.workspace = ?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tw_o", "TW_O", "\"Tw_o\""})
  @DisplayName("An alias that the condition has itself would ask a row of tags about itself")
  void where_aliasOfItsOwn_isRefused(String alias) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables(SqlDialect.H2).where(filter("all of [a=1]"), alias))
        .withMessageContaining("tw_o");
  }

  @Test
  void page_sizeOutOfRange_isRefused() {
    DeviceTables tables = tables(SqlDialect.H2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.page(filter("everything"), Optional.empty(), 0))
        .withMessage("the size of a page is 1 to 1000, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.page(filter("everything"), Optional.empty(), 1_001));
    assertThat(tables.page(filter("everything"), Optional.empty(), 1_000).parameters())
        .contains(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a;b",
        "a--",
        "a'",
        "\"a",
        "a\"",
        "\"a\"\"b\"",
        "\"a?\"",
        "\"a:b\"",
        "1a",
        "a.",
        ".a",
        "a.b.c.d",
        "a/*",
        "\"\"",
        "a\n",
        "*",
        "a,b",
        "a(b)",
        "\"a{0}\"",
      })
  @DisplayName("B18: a name that could be more than a name is refused")
  void builder_noName_isRefused(String name) {
    DeviceTables.Builder tables = DeviceTables.builder(SqlDialect.H2);

    assertThatIllegalArgumentException().isThrownBy(() -> tables.deviceTable(name));
    assertThatIllegalArgumentException().isThrownBy(() -> tables.deviceId(name));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables(SqlDialect.H2).where(filter("nothing"), name));
  }

  @Test
  void builder_schemaInFront_isForTablesOnly() {
    DeviceTables.Builder tables = DeviceTables.builder(SqlDialect.H2);

    assertThat(tables.deviceTable("iot.\"My devices\"")).isSameAs(tables);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.deviceId("device.id"))
        .withMessageStartingWith("deviceId is no name");
    assertThatNullPointerException()
        .isThrownBy(() -> tables.deviceId(null))
        .withMessage("deviceId");
  }

  @Test
  @DisplayName("All that is missing is named, and what excludes each other")
  void build_incomplete_isRefused() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> DeviceTables.builder(SqlDialect.H2).deviceTable("device").build())
        .withMessageContaining(
            "missing: [deviceId, claimTable, claimWorkspace, claimDevice, tagTable, tagDevice,"
                + " tagKey, tagValue]");
    DeviceTables.Builder both =
        devices(SqlDialect.POSTGRESQL).deviceWorkspace("workspace").tagColumn("tags");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> tagTable(both).build())
        .withMessageStartingWith("[tagTable, tagWorkspace, tagDevice, tagKey, tagValue] does not");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                tagTable(devices(SqlDialect.H2).deviceWorkspace("workspace"))
                    .claimTable("claim")
                    .build())
        .withMessageStartingWith("[claimTable] does not");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () -> devices(SqlDialect.H2).deviceWorkspace("workspace").tagColumn("tags").build())
        .withMessageStartingWith("H2 has no jsonb");
  }

  @Test
  @DisplayName("R7: tags without a workspace are taken only where ids are unique across workspaces")
  void build_tagsWithoutWorkspace_needUniqueIds() {
    DeviceTables.Builder tables =
        devices(SqlDialect.POSTGRESQL)
            .deviceWorkspace("workspace")
            .tagTable("device_tag")
            .tagDevice("device_id")
            .tagKey("tag_key")
            .tagValue("tag_value");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(tables::build)
        .withMessageContaining("tagWorkspace")
        .withMessageContaining("deviceIdsAreUnique");

    assertThat(tables.deviceIdsAreUnique().build().where(filter("all of [site=paris]"), "d"))
        .hasToString(
            "(d.workspace = ? and d.id in (select t.device_id from device_tag t join device m"
                + " on m.id = t.device_id where m.workspace = ? and t.tag_key = ?"
                + " and t.tag_value = ?))");
  }

  @Test
  void fragment_equalTextAndValues_isEqual() {
    DeviceTables tables = tables(SqlDialect.H2);
    SqlFragment one = tables.count(filter("all of [t1]"));

    assertThat(one).isEqualTo(tables.count(filter("all of [t1]")));
    assertThat(one).hasSameHashCodeAs(tables.count(filter("all of [t1]")));
    assertThat(one).isNotEqualTo(tables.count(filter("all of [t2]")));
    assertThat(one).isNotEqualTo(tables.where(filter("all of [t1]"), "d"));
  }
}
