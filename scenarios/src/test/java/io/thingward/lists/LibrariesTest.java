package io.thingward.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.access.DeviceFilter;
import io.thingward.databases.Databases;
import io.thingward.examples.DeviceList;
import io.thingward.filter.sql.SqlDialect;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceSet;
import io.thingward.model.WorkspaceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example's device list on both databases, with each library. */
class LibrariesTest {
  private static final DeviceFilter MINE =
      DeviceFilter.of(
          WorkspaceId.of("acme"),
          DeviceSet.parse(
              "all of [d03, d04, d99, site=paris, floor=*], [*=2, d10, d04, \"?:{0}\"]"));

  private Connection connection;

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /* Devices 0 to 29: every third in Paris, every fifth on a floor, the second or the third. */
  private void fill(Databases database) throws SQLException {
    connection = database.create().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table device (workspace varchar(128) not null, id varchar(255) not null, name varchar(255) not null, primary key (workspace, id))");
      statement.execute(
          "create table device_tag (workspace varchar(128) not null, device_id varchar(255) not null, tag_key varchar(255) not null, tag_value varchar(255) not null, primary key (workspace, tag_key, tag_value, device_id))");
      for (int i = 0; i < 30; i++) {
        String id = "d" + (i < 10 ? "0" : "") + i;
        statement.execute("insert into device values ('acme', '" + id + "', 'Pump " + i + "')");
        if (i % 3 == 0) {
          statement.execute(
              "insert into device_tag values ('acme', '" + id + "', 'site', 'paris')");
        }
        if (i % 5 == 0) {
          statement.execute(
              "insert into device_tag values ('acme', '"
                  + id
                  + "', 'floor', '"
                  + (2 + i / 5 % 2)
                  + "')");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Pages are full but for the last one, and the total is that of all pages")
  void list_pagesAndTotal_areOfTheFilter(Databases database) throws SQLException {
    fill(database);

    assertThat(pages(database))
        .containsOnly(
            List.of(List.of("Pump 0", "Pump 4"), List.of("Pump 10", "Pump 20"), List.of()));
    assertThat(new DeviceList(SqlDialect.valueOf(database.name())).total(connection, MINE))
        .isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("All pages, and pages in another order, have each device of the filter once")
  void allAndByName_areOfTheFilter(Databases database) throws SQLException {
    fill(database);
    DeviceList list = new DeviceList(SqlDialect.valueOf(database.name()));

    assertThat(list.all(connection, MINE))
        .extracting(DeviceList.Row::id)
        .containsExactly("d00", "d04", "d10", "d20");
    List<DeviceList.Row> first = list.byName(connection, MINE, new DeviceList.Row("", ""), 3);
    assertThat(first)
        .extracting(DeviceList.Row::name)
        .containsExactly("Pump 0", "Pump 10", "Pump 20");
    assertThat(list.byName(connection, MINE, first.get(2), 3))
        .extracting(DeviceList.Row::name)
        .containsExactly("Pump 4");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A device that is gone when its row is joined ends no list, and repeats no page")
  void list_deviceWithoutRow_endsNoList(Databases database) throws SQLException {
    fill(database);
    try (Statement statement = connection.createStatement()) {
      statement.execute("delete from device where id in ('d00', 'd20')");
    }

    assertThat(pages(database))
        .containsOnly(List.of(List.of("Pump 4"), List.of("Pump 10"), List.of()));
  }

  /* The pages of two, by each library. */
  private Set<List<List<String>>> pages(Databases database) throws SQLException {
    DeviceList list = new DeviceList(SqlDialect.valueOf(database.name()));
    Set<List<List<String>>> all = new HashSet<>();
    all.add(pages(after -> list.page(connection, MINE, after, 2)));
    try (Handle handle = jdbi().open()) {
      all.add(pages(after -> list.page(handle, MINE, after, 2)));
    }
    all.add(pages(after -> list.page(jooq(database), MINE, after, 2)));
    return all;
  }

  private interface Pages {
    DeviceList.Page after(Optional<DeviceId> last) throws SQLException;
  }

  private static List<List<String>> pages(Pages list) throws SQLException {
    List<List<String>> pages = new ArrayList<>();
    Optional<DeviceId> after = Optional.empty();
    do {
      DeviceList.Page page = list.after(after);
      pages.add(page.rows().stream().map(DeviceList.Row::name).toList());
      after = page.next();
    } while (after.isPresent());
    return pages;
  }

  private Jdbi jdbi() {
    return Jdbi.create(connection).registerArrayType(String.class, "varchar");
  }

  private DSLContext jooq(Databases database) {
    return DSL.using(connection, database == Databases.H2 ? SQLDialect.H2 : SQLDialect.POSTGRES);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Jdbi and jOOQ bind the values of a fragment, arrays too")
  void where_withJdbiAndJooq_isTheSame(Databases database) throws SQLException {
    fill(database);
    DeviceList list = new DeviceList(SqlDialect.valueOf(database.name()));

    try (Handle handle = jdbi().open()) {
      assertThat(list.namesWithJdbi(handle, MINE, "Pump"))
          .containsExactly("Pump 0", "Pump 10", "Pump 20", "Pump 4");
      assertThat(list.namesWithJdbi(handle, MINE, "Pump 1")).containsExactly("Pump 10");
    }
    assertThat(list.namesWithJooq(jooq(database), MINE, "Pump"))
        .containsExactly("Pump 0", "Pump 10", "Pump 20", "Pump 4");
    assertThat(list.namesWithJooq(jooq(database), MINE, "Pump 1")).containsExactly("Pump 10");
  }
}
