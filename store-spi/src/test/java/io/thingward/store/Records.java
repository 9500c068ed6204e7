package io.thingward.store;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One record of each kind, with no part as it is by default. */
final class Records {
  private Records() {}

  static final Instant T1 = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant T2 = Instant.parse("2027-01-01T00:00:00.001Z");
  static final CredentialId CREDENTIAL = new CredentialId(1, 2);
  static final PrincipalId ANN = PrincipalId.of("ann");
  static final WorkspaceId ACME = WorkspaceId.of("acme");
  static final RoleId ADMIN = RoleId.of("admin");
  static final MembershipId ANN_IN_ACME = new MembershipId(ACME, ANN);
  static final Version V1 = version(1);
  static final Version V2 = version(2);

  /** Its numbers and texts are what a leak is searched for. */
  static final SecretDigest DIGEST =
      new SecretDigest(
          1_111_111_111_111L,
          2_222_222_222_222L,
          3_333_333_333_333L,
          4_444_444_444_444L,
          Optional.of("pepper-1"));

  static final PasswordHash HASH =
      new PasswordHash("$argon2id$v=19$canary", Optional.of("pepper-1"));

  static final StoredSecret SECRET = new StoredSecret(DIGEST, Optional.empty());
  static final StoredSecret OLDER_SECRET = new StoredSecret(DIGEST, Optional.of(T2));
  static final Restriction RESTRICTION =
      Restriction.to(
          List.of(new Restriction.Row(ACME, Set.of("view"), DeviceScope.anyOf("site=paris"))));

  static final UserRecord USER =
      UserRecord.builder(ANN, V1, T1)
          .state(LifecycleState.SUSPENDED)
          .username(Optional.of(Username.parse("ann")))
          .endsAt(Optional.of(T2))
          .epoch(7)
          .password(Optional.of(HASH))
          .passwordLoginStopped(true)
          .activation(Optional.of(new Activation(DIGEST, T2)))
          .build();

  static final ApiUserRecord API_USER =
      ApiUserRecord.builder(PrincipalId.of("robot"), V1, T1)
          .state(LifecycleState.DELETING)
          .workspace(Optional.of(ACME))
          .name("Robot")
          .endsAt(Optional.of(T2))
          .build();

  static final WorkspaceRecord WORKSPACE =
      WorkspaceRecord.builder(ACME, V1, T1)
          .state(LifecycleState.SUSPENDED)
          .name("Acme")
          .owners(Set.of(ANN))
          .build();

  static final MembershipRecord MEMBERSHIP =
      MembershipRecord.builder(ANN_IN_ACME, V1, T1)
          .permissions(Set.of("edit"))
          .roles(Set.of(new RoleAssignment(ADMIN, DeviceScope.all())))
          .grants(Set.of(new Grant(DeviceScope.all(), Set.of("view"))))
          .build();

  static final RoleRecord ROLE =
      RoleRecord.builder(ADMIN, V1, T1)
          .workspace(Optional.of(ACME))
          .name("Admin")
          .permissions(Set.of("a"))
          .onAllDevices(Set.of("b"))
          .onAssignedDevices(Set.of("c"))
          .build();

  static final ApiKeyRecord API_KEY =
      ApiKeyRecord.builder(
              CREDENTIAL, V1, T1, ANN, "Key", List.of(SECRET, OLDER_SECRET), RESTRICTION)
          .suspended(true)
          .endsAt(Optional.of(T2))
          .build();

  static final AccessKeyRecord ACCESS_KEY =
      AccessKeyRecord.builder(
              CREDENTIAL,
              V1,
              T1,
              ACME,
              DeviceScope.anyOf("site=paris"),
              "Key",
              List.of(SECRET, OLDER_SECRET))
          .description("Description")
          .suspended(true)
          .endsAt(Optional.of(T2))
          .build();

  static final SessionRecord SESSION =
      new SessionRecord(CREDENTIAL, T1, ANN, DIGEST, 7, T2, SessionRecord.Origin.PASSWORD);

  static final UsernameClaim CLAIM = new UsernameClaim(Username.parse("ann"), V1, ANN);

  static final LastUse LAST_USE =
      new LastUse(T1, Optional.of("192.0.2.1"), Optional.of("agent/1.0"));

  static Version version(long sequence) {
    return new Version(sequence, new UUID(sequence, 9));
  }
}
