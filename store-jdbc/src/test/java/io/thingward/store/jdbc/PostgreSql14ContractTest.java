package io.thingward.store.jdbc;

class PostgreSql14ContractTest extends JdbcContract {
  PostgreSql14ContractTest() {
    super(Databases.POSTGRESQL_14);
  }
}
