package io.thingward.management;

import io.thingward.internal.live.Records;
import io.thingward.internal.live.Repository;
import io.thingward.internal.management.Deletion;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.util.Optional;

/* Takes in users with the claims on their names, API users, and the keys of both. */
final class ImportPrincipals {
  private final Records records;
  private final Deletion deletion;
  private final ImportFooting footing;
  private final ImportWrites writes;
  private final long epoch;

  ImportPrincipals(
      Records records, Deletion deletion, ImportFooting footing, ImportWrites writes, long epoch) {
    this.records = records;
    this.deletion = deletion;
    this.footing = footing;
    this.writes = writes;
    this.epoch = epoch;
  }

  ImportOutcome claim(UsernameClaim claim) {
    return writes.insert(records.claims(), claim.username(), claim, () -> flaw(claim));
  }

  /* A claim whose user is not there yet is void until that comes, as one that is being made is. */
  private Optional<String> flaw(UsernameClaim claim) {
    return records
        .principals()
        .read(claim.user())
        .filter(principal -> !carries(principal, claim.username()))
        .map(principal -> "its user does not carry it");
  }

  private static boolean carries(PrincipalRecord principal, Username name) {
    return principal instanceof UserRecord user && user.username().equals(Optional.of(name));
  }

  ImportOutcome user(UserRecord user) {
    return writes
        .insert(records.principals(), user.id(), user, () -> flaw(user), this::withOwnEpoch)
        .unless(() -> lost(user), () -> deletion.clear(user.id()));
  }

  /* An epoch of old would let in the sessions of an engine of their own that it once ended. */
  private PrincipalRecord withOwnEpoch(PrincipalRecord principal) {
    return principal instanceof UserRecord user && user.state() != LifecycleState.DELETED
        ? user.toBuilder().epoch(epoch).build()
        : principal;
  }

  private Optional<String> flaw(UserRecord user) {
    return user.username()
        .filter(name -> mine(name, user.id()).isEmpty())
        .map(name -> "no claim on its username comes before it");
  }

  private Optional<String> lost(UserRecord user) {
    return user.username()
        .filter(name -> !confirm(name, user.id()))
        .map(name -> "its username was taken meanwhile");
  }

  private Optional<UsernameClaim> mine(Username name, PrincipalId user) {
    return records.claims().read(name).filter(claim -> claim.user().equals(user));
  }

  /* As in Claims: who judged the claim void before the user carried the name fails from now on. */
  private boolean confirm(Username name, PrincipalId user) {
    return Repository.untilNotOvertaken(
        () -> {
          Optional<UsernameClaim> mine = mine(name, user);
          return mine.isEmpty()
              ? Optional.of(false)
              : records.claims().replace(mine.get(), mine.get()).map(confirmed -> true);
        });
  }

  ImportOutcome apiUser(ApiUserRecord apiUser) {
    if (apiUser.workspace().isEmpty()) {
      return writes.insert(records.principals(), apiUser.id(), apiUser);
    }
    WorkspaceId workspace = apiUser.workspace().get();
    return writes
        .insert(records.principals(), apiUser.id(), apiUser, () -> footing.flaw(workspace))
        .unless(() -> footing.gone(workspace), () -> deletion.apiUser(apiUser));
  }

  /*
   * Of a deleted key nothing is left that would say so. So one comes only with what it belongs to,
   * and does not come back by itself.
   */
  ImportOutcome apiKey(ApiKeyRecord key) {
    return writes
        .insert(records.credentials().keys(), key.id(), key, () -> footing.flaw(key.principal()))
        .unless(() -> footing.gone(key.principal()), () -> deletion.key(key));
  }
}
