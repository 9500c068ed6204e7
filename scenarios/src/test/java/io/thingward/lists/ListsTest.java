package io.thingward.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thingward.access.Device;
import io.thingward.access.DeviceFilter;
import io.thingward.access.Subject;
import io.thingward.databases.Databases;
import io.thingward.examples.MongoFilter;
import io.thingward.filter.sql.SqlDialect;
import io.thingward.json.DeviceSetJson;
import io.thingward.model.DeviceSet;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random scenes: what {@code decide} says of each device is what the filter says in memory, as text
 * and as JSON, and what every database answers that was given the filter: as a condition, as pages,
 * as a count.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ListsTest {
  private final Map<SqlDialect, Connection> connections = new EnumMap<>(SqlDialect.class);

  @BeforeAll
  void open() throws SQLException {
    connections.put(SqlDialect.H2, Databases.H2.create().getConnection());
    connections.put(SqlDialect.POSTGRESQL, Databases.POSTGRESQL.create().getConnection());
    for (Map.Entry<SqlDialect, Connection> entry : connections.entrySet()) {
      Tables.create(entry.getKey(), entry.getValue());
      entry.getValue().setAutoCommit(false);
    }
  }

  @AfterAll
  void close() throws SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }

  @Test
  @DisplayName("R25: decide, filters in memory and lists in every database agree on every device")
  void anyScene_allAgree() {
    qt().withExamples(200).withShrinkCycles(0).forAll(longs().all()).checkAssert(this::check);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1,
        2,
        8179091047331911899L, // another selector looked up in every workspace
        -241646110852765533L, // a part of a page that repeats a device
        5678848441233594229L, // another selector looked up by its first entry
        -1455324598134704600L, // another selector looked up without its ids
        -6119303999409243465L, // halves of two entries taken for one
      })
  @DisplayName("R25: and in scenes that told an error from the rule")
  void permanentSeed_allAgree(long seed) {
    check(seed);
  }

  private void check(long seed) {
    boolean shared = seed % 2 == 0;
    try (Scene scene = new Scene(seed, shared)) {
      Map<DeviceFilter, Set<String>> expected = decided(scene);
      List<Device> devices =
          scene.workspaces.stream().flatMap(w -> scene.devices(w).stream()).toList();
      for (Connection connection : connections.values()) {
        Tables.insert(connection, shared, devices);
      }
      for (Tables tables : Tables.values()) {
        if (shared || !tables.claims) {
          Connection connection = connections.get(tables.dialect);
          Map<WorkspaceId, List<String>> inOrder = new HashMap<>();
          for (WorkspaceId workspace : scene.workspaces) {
            inOrder.put(workspace, tables.inOrder(connection, workspace));
          }
          for (Map.Entry<DeviceFilter, Set<String>> entry : expected.entrySet()) {
            DeviceFilter filter = entry.getKey();
            List<String> ids =
                inOrder.get(filter.workspace()).stream()
                    .filter(entry.getValue()::contains)
                    .toList();
            agree(tables, connection, filter, ids, 1 + scene.random.nextInt(5));
          }
        }
      }
    } catch (SQLException failure) {
      throw new AssertionError(failure.getMessage(), failure);
    } finally {
      rollback();
    }
  }

  /** The distinct filters of a scene, each with the ids of the devices that are allowed. */
  private static Map<DeviceFilter, Set<String>> decided(Scene scene) {
    Map<DeviceFilter, Set<String>> decided = new HashMap<>();
    for (Subject subject : scene.subjects.values()) {
      for (DevicePermission permission : scene.permissions) {
        for (WorkspaceId workspace : scene.workspaces) {
          DeviceFilter filter = subject.devices(permission, workspace);
          for (WorkspaceId any : scene.workspaces) {
            for (Device device : scene.devices(any)) {
              assertThat(filter.test(device))
                  .as("%s on %s by %s", permission, device, filter)
                  .isEqualTo(any.equals(workspace) && subject.decide(permission, device).allowed());
            }
          }
          Set<String> allowed =
              scene.devices(workspace).stream()
                  .filter(device -> subject.decide(permission, device).allowed())
                  .map(device -> device.id().value())
                  .collect(Collectors.toSet());
          assertThat(decided.getOrDefault(filter, allowed)).isEqualTo(allowed);
          decided.put(filter, allowed);
        }
      }
    }
    for (DeviceFilter filter : decided.keySet()) {
      ObjectNode query = MongoFilter.render(filter);
      for (WorkspaceId any : scene.workspaces) {
        for (Device device : scene.devices(any)) {
          assertThat(Documents.matches(query, Documents.of(device)))
              .as("%s of %s", query, filter)
              .isEqualTo(filter.test(device));
        }
      }
      assertThat(DeviceSet.parse(filter.set().toString())).isEqualTo(filter.set());
      assertThat(DeviceSetJson.read(DeviceSetJson.write(filter.set()))).isEqualTo(filter.set());
    }
    return decided;
  }

  private static void agree(
      Tables tables, Connection connection, DeviceFilter filter, List<String> ids, int size)
      throws SQLException {
    assertThat(tables.where(connection, filter))
        .as("where, %s, %s", tables, filter)
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(tables.value(connection, filter))
        .as("value, %s, %s", tables, filter)
        .containsExactlyInAnyOrderElementsOf(ids);
    List<List<String>> pages = tables.pages(connection, filter, size);
    assertThat(pages.stream().flatMap(List::stream).toList())
        .as("pages of %s, %s, %s", size, tables, filter)
        .isEqualTo(ids);
    assertThat(tables.count(connection, filter))
        .as("count, %s, %s", tables, filter)
        .isEqualTo(ids.size());
  }

  private void rollback() {
    try {
      for (Connection connection : connections.values()) {
        connection.rollback();
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
