package io.thingward.examples;

import static io.thingward.examples.Platform.VIEW;

import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.access.Subject;
import io.thingward.credential.Issued;
import io.thingward.filter.sql.SqlDialect;
import io.thingward.management.ApiKey;
import io.thingward.management.NewApiKey;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.Tag;
import io.thingward.model.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Lists of devices, filtered, paged and counted by the platform's own database. */
final class ListsStory {
  private static final int SIZE = 10;

  private final Platform platform;
  private final Screen screen;
  private final WorkspaceId cedar = WorkspaceId.of("cedar");
  private final PrincipalId dan = PrincipalId.of("dan");
  private final DeviceList list = new DeviceList(SqlDialect.H2);

  ListsStory(Platform platform, Screen screen) {
    this.platform = platform;
    this.screen = screen;
  }

  void play() {
    screen.title(
        "4. Lists: which devices may they see",
        "Dan's dashboard, and a database (H2 in memory) that has all devices of the platform");
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    try (Connection database = source.getConnection()) {
      fill(database);
      NewApiKey key = NewApiKey.of("Dashboard");
      try (Issued<ApiKey> all = platform.host("lists").apiKeys(dan).create(key);
          Issued<ApiKey> hall =
              platform
                  .host("lists")
                  .apiKeys(dan)
                  .create(key.restrictedTo(cedar, DeviceScope.anyOf("hall=1"), VIEW))) {
        screen.say("Dan sees site=harbour by his role, and what is critical=* by a grant.");
        show(database, platform.request(all.secret()).orElseThrow());
        screen.say("A key that is restricted to hall=1 leaves of that what is in both.");
        show(database, platform.request(hall.secret()).orElseThrow());
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void show(Connection database, Subject subject) throws SQLException {
    DeviceFilter filter = subject.devices(VIEW, cedar);
    screen.show("the filter", filter.toString());
    List<String> allowed =
        platform.fleet.all().stream()
            .filter(device -> subject.isAllowed(VIEW, device))
            .map(device -> device.id().value())
            .sorted()
            .toList();
    List<String> listed = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    Optional<DeviceId> after = Optional.empty();
    do {
      DeviceList.Page page = list.page(database, filter, after, SIZE);
      page.rows().forEach(row -> listed.add(row.id()));
      pages.add(page.rows().size());
      after = page.next();
    } while (after.isPresent());
    long total = list.total(database, filter);
    screen.equal("total, beside each page", total, (long) allowed.size());
    screen.show("pages of " + SIZE, pages.toString());
    screen.equal("all pages are what decide allows", listed.equals(allowed), true);
    search(database, filter);
  }

  private void search(Connection database, DeviceFilter filter) {
    Jdbi jdbi = Jdbi.create(database).registerArrayType(String.class, "varchar");
    try (Handle handle = jdbi.open()) {
      List<String> found = list.namesWithJdbi(handle, filter, "harbour-pump");
      screen.show("a search for harbour-pump, with Jdbi", found.size() + " devices");
      List<String> same =
          list.namesWithJooq(DSL.using(database, SQLDialect.H2), filter, "harbour-pump");
      screen.equal("with jOOQ the same", same.equals(found), true);
    }
  }

  private void fill(Connection database) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "create table device (workspace varchar(128) not null, id varchar(255) not null,"
              + " name varchar(255) not null, primary key (workspace, id))");
      statement.execute(
          "create table device_tag (workspace varchar(128) not null, device_id varchar(255) not"
              + " null, tag_key varchar(255) not null, tag_value varchar(255) not null,"
              + " primary key (workspace, tag_key, tag_value, device_id),"
              + " foreign key (workspace, device_id) references device on delete cascade)");
    }
    for (Device device : platform.fleet.all()) {
      String workspace = device.workspace().value();
      String id = device.id().value();
      insert(database, "insert into device values (?, ?, ?)", workspace, id, id);
      for (Tag tag : device.tags()) {
        String sql = "insert into device_tag values (?, ?, ?, ?)";
        insert(database, sql, workspace, id, tag.key(), tag.value());
      }
    }
  }

  private static void insert(Connection database, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
