package io.thingward.store.jdbc;

import io.thingward.model.CredentialId;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.LastUseStore;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import io.thingward.store.testkit.ChangeFeedContract;
import io.thingward.store.testkit.DurabilityContract;
import io.thingward.store.testkit.KeyStoreContract;
import io.thingward.store.testkit.KeyViewsContract;
import io.thingward.store.testkit.LastUseStoreContract;
import io.thingward.store.testkit.NewerFormatContract;
import io.thingward.store.testkit.PrincipalStoreContract;
import io.thingward.store.testkit.SessionStoreContract;
import io.thingward.store.testkit.SessionViewsContract;
import io.thingward.store.testkit.StoresContract;
import io.thingward.store.testkit.WorkspaceStoreContract;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** B28: the whole contract, on one database; hostile values (B18) are part of it. */
abstract class JdbcContract {
  private final Databases database;
  private final List<JdbcStores> opened = new ArrayList<>();

  JdbcContract(Databases database) {
    this.database = database;
  }

  /** How the stores reach the database: as it is, unless a subclass has another way. */
  DataSource reach(DataSource source) {
    return source;
  }

  private Stores open(DataSource source) {
    JdbcStores stores = JdbcStores.of(reach(source));
    opened.add(stores);
    return stores;
  }

  private Stores empty() {
    return open(database.empty());
  }

  /* A feed that was read keeps a connection. */
  @AfterEach
  void close() {
    opened.forEach(JdbcStores::close);
  }

  @Nested
  class SessionsWithHolders extends SessionViewsContract {
    @Override
    protected Stores create() {
      return empty();
    }
  }

  @Nested
  class KeysWithHolders extends KeyViewsContract {
    @Override
    protected Stores create() {
      return empty();
    }
  }

  @Nested
  class Principals extends PrincipalStoreContract {
    @Override
    protected PrincipalStore create() {
      return empty().principals();
    }
  }

  @Nested
  class Workspaces extends WorkspaceStoreContract {
    @Override
    protected WorkspaceStore create() {
      return empty().workspaces();
    }
  }

  @Nested
  class Keys extends KeyStoreContract {
    @Override
    protected KeyStore create() {
      return empty().keys();
    }
  }

  @Nested
  class Sessions extends SessionStoreContract {
    @Override
    protected SessionStore create() {
      return empty().sessions();
    }
  }

  @Nested
  class KeyUses extends LastUseStoreContract {
    @Override
    protected LastUseStore create() {
      return empty().keyUses();
    }
  }

  @Nested
  class SessionUses extends LastUseStoreContract {
    @Override
    protected LastUseStore create() {
      return empty().sessionUses();
    }
  }

  @Nested
  class All extends StoresContract {
    @Override
    protected Stores create() {
      return empty();
    }
  }

  @Nested
  class Feed extends ChangeFeedContract<Stores> {
    @Override
    protected Stores create() {
      return empty();
    }
  }

  @Nested
  class NewerFormat extends NewerFormatContract<Stores> {
    private DataSource source;

    @Override
    protected Stores create() {
      source = database.empty();
      return JdbcContract.this.open(source);
    }

    @Override
    protected void makeNewer(StoreRecord record) {
      if (record instanceof PrincipalRecord principal) {
        newer("principal where id = ?", principal.id().value());
      } else if (record instanceof UsernameClaim claim) {
        newer("claim where username = ?", claim.username().value());
      } else if (record instanceof WorkspaceRecord workspace) {
        newer("workspace where id = ?", workspace.id().value());
      } else if (record instanceof MembershipRecord member) {
        newer(
            "membership where workspace = ? and principal = ?",
            member.id().workspace().value(),
            member.id().principal().value());
      } else if (record instanceof RoleRecord role) {
        newer("role where id = ?", role.id().value());
      } else if (record instanceof KeyRecord key) {
        newer("key where id = ?", uuid(key.id()));
      } else {
        newer("session where id = ?", uuid(((SessionRecord) record).id()));
      }
    }

    private Object uuid(CredentialId id) {
      return JdbcKeyStore.uuid(id);
    }

    private void newer(String row, Object... key) {
      String[] parts = row.split(" ", 2);
      String sql = "update thingward_" + parts[0] + " set format = 99 " + parts[1];
      try (Connection connection = source.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < key.length; i++) {
          statement.setObject(i + 1, List.of(key).get(i));
        }
        if (statement.executeUpdate() != 1) {
          throw new IllegalStateException("no such row: " + row);
        }
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @Nested
  class Durability extends DurabilityContract<Stores> {
    private final DataSource source = database.durable();
    private Connection running;

    /*
     * An H2 file is closed with the last connection, and read again with the next. A feed that was
     * read gives its connection back, too, and borrows another where it is read again.
     */
    @Override
    protected Stores open() {
      stop();
      try {
        running = source.getConnection();
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
      return JdbcContract.this.open(source);
    }

    @AfterEach
    void stop() {
      close();
      try {
        if (running != null) {
          running.close();
        }
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
