package io.thingward.store.memory;

import com.google.common.base.MoreObjects;
import io.thingward.store.KeyStore;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceStore;

/**
 * All stores in the memory of this process: the reference implementation of the contract, for tests
 * and for use on a single node. What is in them ends with the process.
 *
 * <pre>{@code
 * Stores stores = new MemoryStores();
 * }</pre>
 *
 * <p>Stronger than the contract asks: each kind of record is linearizable as a whole, listings
 * included, and listings are in the order of their keys. No operation scans: its cost grows with
 * the logarithm of what is stored and with what it returns.
 *
 * <p>Thread-safe. Two instances share nothing.
 */
public final class MemoryStores implements Stores {
  private final MemoryFeed feed = new MemoryFeed();
  private final MemoryPrincipalStore principals = new MemoryPrincipalStore(feed);
  private final MemoryWorkspaceStore workspaces = new MemoryWorkspaceStore(feed);
  private final MemoryKeyStore keys = new MemoryKeyStore(feed);
  private final MemorySessionStore sessions = new MemorySessionStore(feed);
  private final MemoryLastUseStore keyUses = new MemoryLastUseStore();
  private final MemoryLastUseStore sessionUses = new MemoryLastUseStore();

  /** Empty stores. */
  public MemoryStores() {}

  @Override
  public PrincipalStore principals() {
    return principals;
  }

  @Override
  public WorkspaceStore workspaces() {
    return workspaces;
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public LastUseStore keyUses() {
    return keyUses;
  }

  @Override
  public LastUseStore sessionUses() {
    return sessionUses;
  }

  /** How many records of each kind there are; nothing of what they hold. */
  @Override
  public String toString() {
    return MoreObjects.toStringHelper(this)
        .add("principals", principals.size())
        .add("claims", principals.claims())
        .add("workspaces", workspaces.size())
        .add("memberships", workspaces.memberships())
        .add("roles", workspaces.roles())
        .add("keys", keys.size())
        .add("sessions", sessions.size())
        .add("keyUses", keyUses.size())
        .add("sessionUses", sessionUses.size())
        .toString();
  }
}
