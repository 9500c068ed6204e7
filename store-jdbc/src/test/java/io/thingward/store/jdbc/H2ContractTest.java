package io.thingward.store.jdbc;

class H2ContractTest extends JdbcContract {
  H2ContractTest() {
    super(Databases.H2);
  }
}
