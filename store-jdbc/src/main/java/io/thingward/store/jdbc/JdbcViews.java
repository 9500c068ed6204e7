package io.thingward.store.jdbc;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyView;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.SessionView;
import io.thingward.store.WorkspaceRecord;
import java.util.List;
import java.util.Optional;

/** Credentials and their holders, each in one statement. */
final class JdbcViews {
  private final Database database;
  private final Table<CredentialId, KeyRecord> keys;
  private final Table<PrincipalId, PrincipalRecord> principals;
  private final Table<WorkspaceId, WorkspaceRecord> workspaces;
  private final JdbcSessionStore sessions;
  private final String ofKey;
  private final String ofSession;

  JdbcViews(
      Database database,
      JdbcKeyStore keys,
      JdbcSessionStore sessions,
      JdbcPrincipalStore principals,
      JdbcWorkspaceStore workspaces) {
    this.database = database;
    this.keys = keys.table();
    this.principals = principals.table();
    this.workspaces = workspaces.table();
    this.sessions = sessions;
    ofKey =
        "select "
            + String.join(
                ", ",
                this.keys.columnsOf("k"),
                this.principals.columnsOf("p"),
                this.workspaces.columnsOf("w"))
            + (" from " + this.keys.as("k"))
            + (" left join " + this.principals.as("p"))
            + (" on p.id = k.parent and k.kind = '" + JdbcKeyStore.API + "'")
            + (" left join " + this.workspaces.as("w"))
            + (" on w.id = k.parent and k.kind = '" + JdbcKeyStore.ACCESS + "'")
            + " where k.id = ?";
    ofSession =
        "select s.id, s.format, s.body, "
            + this.principals.columnsOf("p")
            + (" from " + JdbcSessionStore.TABLE + " s")
            + (" left join " + this.principals.as("p") + " on p.id = s.principal")
            + " where s.id = ?";
  }

  KeyView key(CredentialId id) {
    return database
        .query(
            ofKey,
            List.of(JdbcKeyStore.uuid(id)),
            row ->
                new KeyView(
                    keys.readJoined(row, "k"),
                    principals.readJoined(row, "p"),
                    workspaces.readJoined(row, "w")))
        .stream()
        .findFirst()
        .orElseGet(() -> new KeyView(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  SessionView session(CredentialId id) {
    return database
        .query(
            ofSession,
            List.of(JdbcKeyStore.uuid(id)),
            row ->
                new SessionView(Optional.of(sessions.read(row)), principals.readJoined(row, "p")))
        .stream()
        .findFirst()
        .orElseGet(() -> new SessionView(Optional.empty(), Optional.empty()));
  }
}
