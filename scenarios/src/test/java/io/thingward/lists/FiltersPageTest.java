package io.thingward.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.databases.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/filters.md} says of tables, on PostgreSQL; the SQL is that of the page. */
class FiltersPageTest {
  private static final int TAG_TABLE = 0;
  private static final int TAG_COLUMN = 1;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = Databases.POSTGRESQL.create().getConnection();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void create(int block) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(FiltersPage.ddl().get(block));
    }
  }

  private void insert(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private void insertTags(String json) throws SQLException {
    insert(
        "insert into device values ('acme', 'd' || md5(?), 'Pump', cast(? as jsonb))", json, json);
  }

  @Test
  @DisplayName("A column takes tags, several values of a key, and keys without any")
  void tagColumn_tags_areTaken() throws SQLException {
    create(TAG_COLUMN);

    insertTags("{}");
    insertTags("{\"site\": \"paris\", \"floor\": [\"1\", \"2\"], \"gone\": []}");
    insertTags("{\" \": \"null\", \"$\": [\"*\"]}");
  }

  @ParameterizedTest
  @DisplayName("A column refuses what is no tag, also what is empty")
  @ValueSource(
      strings = {
        "{\"k\": \"\"}",
        "{\"k\": [\"\"]}",
        "{\"k\": [\"v\", \"\"]}",
        "{\"\": \"v\"}",
        "{\"\": [\"v\"]}",
        "{\"\": []}",
        "{\"k\": null}",
        "{\"k\": [null]}",
        "{\"k\": 1}",
        "{\"k\": true}",
        "{\"k\": {}}",
        "{\"k\": {\"k\": \"v\"}}",
        "{\"k\": [[]]}",
        "{\"k\": [[\"v\"]]}",
        "{\"k\": [\"v\", {}]}",
        "{\"a\": \"v\", \"k\": \"\"}",
        "[]",
        "[\"k\"]",
        "\"k\"",
        "null",
      })
  void tagColumn_noTag_isRefused(String json) throws SQLException {
    create(TAG_COLUMN);

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> insertTags(json))
        .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("23514"));
  }

  @Test
  @DisplayName("A table refuses tags that are empty, twice there, or of no device")
  void tagTable_noTag_isRefused() throws SQLException {
    create(TAG_TABLE);
    insert("insert into device values ('acme', 't1', 'Pump')");
    insert("insert into device_tag values ('acme', 't1', 'site', 'paris')");

    assertRefused("23505", "t1", "site", "paris");
    assertRefused("23514", "t1", "", "paris");
    assertRefused("23514", "t1", "site", "");
    assertRefused("23503", "t2", "site", "paris");
  }

  @Test
  @DisplayName("A row of an index is too small for the longest texts of three bytes per character")
  void tagTable_longestTexts_doNotFit() throws SQLException {
    create(TAG_TABLE);
    String longest = longest(255, 3);
    String workspace = longest(128, 4);
    insert("insert into device values (?, ?, 'Pump')", workspace, longest);

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () ->
                insert(
                    "insert into device_tag values (?, ?, ?, ?)",
                    workspace,
                    longest,
                    longest(255, 5),
                    longest(255, 6)))
        .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("54000"));
  }

  /* Without repetitions, which PostgreSQL would compress. */
  private static String longest(int length, long seed) {
    return new Random(seed)
        .ints(length, 0x4E00, 0x9FFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  @DisplayName("The tables are H2's, too, with varchar for text and without the collations")
  void tagTable_inH2_isTaken() throws SQLException {
    try (Connection h2 = Databases.H2.create().getConnection();
        Statement statement = h2.createStatement()) {
      statement.execute(
          FiltersPage.ddl()
              .get(TAG_TABLE)
              .replace(" collate \"C\"", "")
              .replace(" text ", " varchar "));
      assertThat(statement.executeUpdate("insert into device values ('acme', 't1', 'Pump')"))
          .isEqualTo(1);
    }
  }

  private void assertRefused(String state, String device, String key, String value) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> insert("insert into device_tag values ('acme', ?, ?, ?)", device, key, value))
        .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo(state));
  }
}
