package io.thingward.management;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.CredentialUse;
import io.thingward.store.LastUse;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.VersionedRecord;
import io.thingward.store.WorkspaceRecord;
import io.thingward.testing.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Records of another installation: Zoe owns Bolt, Yan is a member, and a machine is its API user.
 */
final class Imported {
  static final Instant CREATED = Instant.parse("2025-01-01T00:00:00Z");
  static final PrincipalId ZOE = PrincipalId.of("u-zoe");
  static final PrincipalId YAN = PrincipalId.of("u-yan");
  static final PrincipalId MACHINE = PrincipalId.of("machine");
  static final WorkspaceId BOLT = WorkspaceId.of("bolt");
  static final RoleId FITTERS = RoleId.of("fitters");
  static final CredentialId ZOES_KEY = new CredentialId(7, 1);
  static final CredentialId MACHINES_KEY = new CredentialId(7, 2);
  static final CredentialId OSLO = new CredentialId(7, 3);

  static final UsernameClaim ZOES_NAME = claim("zoe", ZOE);
  static final UserRecord ZOES = user("zoe", ZOE);
  static final UsernameClaim YANS_NAME = claim("yan", YAN);
  static final UserRecord YANS = user("yan", YAN);
  static final MembershipRecord OWNER = member(BOLT, ZOE);
  static final WorkspaceRecord WORKSPACE =
      WorkspaceRecord.builder(BOLT, version(5), CREATED).name("Bolt").owners(Set.of(ZOE)).build();
  static final RoleRecord ROLE =
      RoleRecord.builder(FITTERS, version(6), CREATED)
          .workspace(Optional.of(BOLT))
          .name("Fitters")
          .onAssignedDevices(Set.of(Platform.RECORD.name()))
          .build();
  static final ApiUserRecord API_USER =
      ApiUserRecord.builder(MACHINE, version(7), CREATED)
          .workspace(Optional.of(BOLT))
          .name("Machine")
          .build();
  static final MembershipRecord MACHINES =
      member(BOLT, MACHINE).toBuilder()
          .roles(Set.of(new RoleAssignment(FITTERS, DeviceScope.all())))
          .build();
  static final MembershipRecord MEMBER =
      member(BOLT, YAN).toBuilder()
          .grants(Set.of(new Grant(DeviceScope.all(), Set.of(Platform.VIEW.name()))))
          .build();
  static final ApiKeyRecord USER_KEY = key(ZOES_KEY, ZOE);
  static final ApiKeyRecord API_USER_KEY = key(MACHINES_KEY, MACHINE);
  static final AccessKeyRecord ACCESS_KEY =
      AccessKeyRecord.builder(
              OSLO, version(10), CREATED, BOLT, DeviceScope.anyOf("site=oslo"), "Oslo", secret())
          .build();
  static final SessionRecord SESSION =
      new SessionRecord(
          new CredentialId(7, 4),
          CREATED,
          ZOE,
          new SecretDigest(1, 2, 3, 4, Optional.empty()),
          0,
          CREATED.plusSeconds(60),
          SessionRecord.Origin.HOST);
  static final CredentialUse USE =
      new CredentialUse(
          CredentialUse.Of.KEY, ZOES_KEY, new LastUse(CREATED, Optional.empty(), Optional.empty()));

  /** All of it, in an order in which it can be taken in. */
  static final List<StoreRecord> ALL =
      List.of(
          ZOES_NAME,
          ZOES,
          USER_KEY,
          USE,
          SESSION,
          YANS_NAME,
          YANS,
          OWNER,
          WORKSPACE,
          ROLE,
          API_USER,
          API_USER_KEY,
          MACHINES,
          MEMBER,
          ACCESS_KEY);

  private Imported() {}

  static Version version(long number) {
    return new Version(3, new UUID(0xCAFE, number));
  }

  /** What a record says, without what each installation has of its own: versions and epochs. */
  static Object said(Object record) {
    Version none = version(0);
    if (record instanceof UserRecord user) {
      return user.toBuilder().version(none).epoch(0).build();
    }
    return record instanceof VersionedRecord<?> versioned ? versioned.at(none) : record;
  }

  static UsernameClaim claim(String name, PrincipalId user) {
    return new UsernameClaim(new Username(name), version(1), user);
  }

  static UserRecord user(String name, PrincipalId id) {
    return UserRecord.builder(id, version(2), CREATED)
        .username(Optional.of(new Username(name)))
        .epoch(42)
        .build();
  }

  static MembershipRecord member(WorkspaceId workspace, PrincipalId principal) {
    return MembershipRecord.builder(new MembershipId(workspace, principal), version(3), CREATED)
        .build();
  }

  static ApiKeyRecord key(CredentialId id, PrincipalId principal) {
    return ApiKeyRecord.builder(
            id, version(4), CREATED, principal, "key", secret(), Restriction.unrestricted())
        .build();
  }

  private static List<StoredSecret> secret() {
    return List.of(
        new StoredSecret(new SecretDigest(1, 2, 3, 4, Optional.empty()), Optional.empty()));
  }
}
