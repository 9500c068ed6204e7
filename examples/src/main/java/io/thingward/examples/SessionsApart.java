package io.thingward.examples;

import io.thingward.store.KeyStore;
import io.thingward.store.KeyViews;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceStore;
import java.util.Optional;

/**
 * Two engines for one installation: sessions in one, everything else in the other. Each store
 * brings its own feed; the library follows both.
 */
final class SessionsApart implements Stores {
  private final Stores main;
  private final Stores forSessions;

  SessionsApart(Stores main, Stores forSessions) {
    this.main = main;
    this.forSessions = forSessions;
  }

  @Override
  public PrincipalStore principals() {
    return main.principals();
  }

  @Override
  public WorkspaceStore workspaces() {
    return main.workspaces();
  }

  @Override
  public KeyStore keys() {
    return main.keys();
  }

  @Override
  public LastUseStore keyUses() {
    return main.keyUses();
  }

  // keys and their holders are in one engine, sessions and their users are not
  @Override
  public Optional<KeyViews> keyViews() {
    return main.keyViews();
  }

  // sessions: begin
  @Override
  public SessionStore sessions() {
    return forSessions.sessions();
  }

  @Override
  public LastUseStore sessionUses() {
    return forSessions.sessionUses(); // beside the sessions
  }
  // sessions: end
}
