package io.thingward.store.jdbc;

class PostgreSql18ContractTest extends JdbcContract {
  PostgreSql18ContractTest() {
    super(Databases.POSTGRESQL_18);
  }
}
