package io.thingward.internal.management;

import io.thingward.error.NotPermittedException;
import io.thingward.internal.live.LiveSubject;
import io.thingward.internal.live.Standing;
import io.thingward.internal.rights.Holdings;
import io.thingward.internal.rights.Positions;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One authorized call: what its actor holds, as the gate read it from the store, the comparisons an
 * operation makes with that, and the notes for the audit. Confined to one thread.
 */
public final class Call {
  private final Operation operation;
  private final Actor actor;
  private final Optional<WorkspaceId> workspace;
  private Standing standing = Standing.NONE;
  private final Positions positions;
  private final List<String> subjects = new ArrayList<>();
  private final List<String> targets = new ArrayList<>();
  private final Map<String, String> details = new TreeMap<>();

  Call(Operation operation, Actor actor, Optional<WorkspaceId> workspace, Positions positions) {
    this.operation = operation;
    this.actor = actor;
    this.workspace = workspace;
    this.positions = positions;
  }

  /* It is authorized: this is what its actor holds in the workspace. */
  void authorized(Standing actors) {
    standing = actors;
  }

  Operation operation() {
    return operation;
  }

  public Optional<WorkspaceId> workspace() {
    return workspace;
  }

  public boolean isHost() {
    return actor.isHost();
  }

  /** Whether the actor is this principal. */
  public boolean isBy(PrincipalId principal) {
    return actor.subject().flatMap(LiveSubject::principal).filter(principal::equals).isPresent();
  }

  /** Whether the actor acts through this credential. */
  public boolean isThrough(CredentialId credential) {
    return actor.subject().filter(s -> s.credential().id().equals(credential)).isPresent();
  }

  /** Whether the presented credential holds all of this in the workspace of the call. */
  public boolean covers(Holdings holdings) {
    return isHost() || standing.rights().covers(holdings, positions);
  }

  /** Refuses to give what the presented credential does not hold. */
  public void requireToGive(Holdings holdings) {
    if (!covers(holdings)) {
      throw new NotPermittedException("this would give more than the actor's credential holds");
    }
  }

  /** Refuses to touch whose rights exceed those of the presented credential. */
  public void requireOver(Holdings holdings) {
    if (!covers(holdings)) {
      throw new NotPermittedException("this holds more than the actor's credential does");
    }
  }

  /** Whether the actor is the host or an owner, through a credential without restriction. */
  public boolean isByOwner() {
    return isHost() || standing.rights().isUnlimited();
  }

  /** Refuses what only an owner, through a credential without restriction, may do. */
  public void requireOwner() {
    if (!isByOwner()) {
      throw new NotPermittedException(
          "only an owner may, through a credential without restriction");
    }
  }

  /** The acting principal, through a credential that is its principal whole. */
  public PrincipalId requireUnrestrictedPrincipal() {
    return actor
        .subject()
        .filter(subject -> subject.credential().restriction().isUnrestricted())
        .flatMap(LiveSubject::principal)
        .orElseThrow(
            () ->
                new NotPermittedException(
                    operation.id() + " needs a credential without restriction of a user"));
  }

  /** Notes what the call is about, before anything is done. */
  public void about(String kind, Object id) {
    subjects.add(kind + " " + id);
  }

  /** Notes a record that was changed. */
  public void target(String kind, Object id) {
    targets.add(kind + " " + id);
  }

  /** Notes a record that was changed, and its new version. */
  public void target(String kind, Object id, Version version) {
    targets.add(kind + " " + id + " version " + version.sequence());
  }

  /** Notes what changed. */
  public void detail(String name, Object value) {
    details.put(name, value.toString());
  }

  boolean hasDone() {
    return !targets.isEmpty();
  }

  /* What was changed; if nothing is known to be, what the call is about. */
  List<String> targets() {
    return targets.isEmpty() ? subjects : targets;
  }

  public Map<String, String> details() {
    return details;
  }
}
