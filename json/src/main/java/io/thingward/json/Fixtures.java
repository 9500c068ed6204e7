package io.thingward.json;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.store.CredentialUse;
import io.thingward.store.KeyRecord;
import io.thingward.store.LastUseStore;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the records of a file into stores as they are: for tests, demonstrations and first starts.
 * Whoever holds the stores may; nothing is authorized or audited, and a running library sees it
 * only once it reads the stores again: there, {@code Management.importRecords} takes records in.
 *
 * <pre>{@code
 * Fixtures.load(ThisTest.class.getResourceAsStream("acme.json"), stores);
 * }</pre>
 *
 * <p>A file that begins with {@code "fixture"} may leave out what a new record does not need:
 * {@code docs/json.md} shows one. Stateless.
 */
public final class Fixtures {
  private Fixtures() {}

  /**
   * Reads a whole file into memory, closes it, and inserts its records: claims before users, what
   * others rest on before them, in the order of the file otherwise. Nothing is inserted unless the
   * whole file can be read.
   *
   * @return how many records were inserted: all
   * @throws RecordFormatException if the file is not as {@code docs/json.md} says
   * @throws FixtureConflictException at the first record whose key is taken; what was inserted
   *     before it stays, and the exception names it
   */
  @CanIgnoreReturnValue
  public static int load(InputStream file, Stores stores) {
    requireNonNull(file, "file");
    requireNonNull(stores, "stores");
    List<StoreRecord> records = new ArrayList<>();
    try (RecordReader reader = RecordReader.of(file)) {
      reader.forEachRemaining(records::add);
    }
    records.sort(Comparator.comparingInt(Kind::order)); // stable
    for (int i = 0; i < records.size(); i++) {
      if (!insert(records.get(i), stores)) {
        throw new FixtureConflictException(records.get(i), records.subList(0, i));
      }
    }
    return records.size();
  }

  private static boolean insert(StoreRecord record, Stores stores) {
    if (record instanceof UsernameClaim claim) {
      return stores.principals().insertClaim(claim);
    } else if (record instanceof PrincipalRecord principal) {
      return stores.principals().insert(principal);
    } else if (record instanceof RoleRecord role) {
      return stores.workspaces().insertRole(role);
    } else if (record instanceof MembershipRecord membership) {
      return stores.workspaces().insertMembership(membership);
    } else if (record instanceof WorkspaceRecord workspace) {
      return stores.workspaces().insert(workspace);
    } else if (record instanceof KeyRecord key) {
      return stores.keys().insert(key);
    } else if (record instanceof SessionRecord session) {
      return stores.sessions().insert(session);
    }
    return insert((CredentialUse) record, stores);
  }

  private static boolean insert(CredentialUse use, Stores stores) {
    LastUseStore store = use.of() == CredentialUse.Of.KEY ? stores.keyUses() : stores.sessionUses();
    boolean taken = !store.find(Set.of(use.credential())).isEmpty();
    if (!taken) {
      store.record(Map.of(use.credential(), use.use()));
    }
    return !taken;
  }
}
