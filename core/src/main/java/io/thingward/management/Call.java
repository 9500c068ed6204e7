package io.thingward.management;

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

/*
 * One authorized call: what its actor holds, as the gate read it from the store, the comparisons an
 * operation makes with that, and the notes for the audit. Confined to one thread.
 */
final class Call {
  private final Operation operation;
  private final Actor actor;
  private final Optional<WorkspaceId> workspace;
  private final Standing standing;
  private final Positions positions;
  private final List<String> targets = new ArrayList<>();
  private final Map<String, String> details = new TreeMap<>();

  Call(
      Operation operation,
      Actor actor,
      Optional<WorkspaceId> workspace,
      Standing standing,
      Positions positions) {
    this.operation = operation;
    this.actor = actor;
    this.workspace = workspace;
    this.standing = standing;
    this.positions = positions;
  }

  Operation operation() {
    return operation;
  }

  Optional<WorkspaceId> workspace() {
    return workspace;
  }

  boolean isHost() {
    return actor.isHost();
  }

  /* Whether the actor is this principal. */
  boolean isBy(PrincipalId principal) {
    return actor.subject().flatMap(LiveSubject::principal).filter(principal::equals).isPresent();
  }

  /* Whether the actor acts through this credential. */
  boolean isThrough(CredentialId credential) {
    return actor.subject().filter(s -> s.credential().id().equals(credential)).isPresent();
  }

  /* Whether the presented credential holds all of this in the workspace of the call. */
  boolean covers(Holdings holdings) {
    return isHost() || standing.rights().covers(holdings, positions);
  }

  /* Refuses to give what the presented credential does not hold. */
  void requireToGive(Holdings holdings) {
    if (!covers(holdings)) {
      throw new NotPermittedException("this would give more than the actor's credential holds");
    }
  }

  /* Refuses to touch whose rights exceed those of the presented credential. */
  void requireOver(Holdings holdings) {
    if (!covers(holdings)) {
      throw new NotPermittedException("this holds more than the actor's credential does");
    }
  }

  /* Whether the actor is the host or an owner, through a credential without restriction. */
  boolean isByOwner() {
    return isHost() || standing.rights().isUnlimited();
  }

  /* Refuses what only an owner, through a credential without restriction, may do. */
  void requireOwner() {
    if (!isByOwner()) {
      throw new NotPermittedException(
          "only an owner may, through a credential without restriction");
    }
  }

  /* The acting principal, through a credential that is its principal whole. */
  PrincipalId requireUnrestrictedPrincipal() {
    return actor
        .subject()
        .filter(subject -> subject.credential().restriction().isUnrestricted())
        .flatMap(LiveSubject::principal)
        .orElseThrow(
            () ->
                new NotPermittedException(
                    operation.id() + " needs a credential without restriction of a user"));
  }

  /* Notes a record that the call is about. */
  void target(String kind, Object id) {
    targets.add(kind + " " + id);
  }

  /* Notes a record and its new version. */
  void target(String kind, Object id, Version version) {
    targets.add(kind + " " + id + " version " + version.sequence());
  }

  /* Notes what changed. */
  void detail(String name, Object value) {
    details.put(name, value.toString());
  }

  List<String> targets() {
    return targets;
  }

  Map<String, String> details() {
    return details;
  }
}
