package io.thingward.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/* Of the sessions nothing is asked of the main stores: they have a table for them, too, but empty. */
record SessionsApart(Stores main, Stores forSessions) implements Stores {
  SessionsApart {
    requireNonNull(main, "main");
    requireNonNull(forSessions, "forSessions");
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

  @Override
  public Optional<KeyViews> keyViews() {
    return main.keyViews();
  }

  @Override
  public SessionStore sessions() {
    return forSessions.sessions();
  }

  @Override
  public LastUseStore sessionUses() {
    return forSessions.sessionUses();
  }
}
