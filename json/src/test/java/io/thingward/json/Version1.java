package io.thingward.json;

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
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.Activation;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.CredentialUse;
import io.thingward.store.LastUse;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the stored file {@code version-1.json} holds: every kind of record, every field with and
 * without a value. The file was written once and is never written again: it stands for those that
 * others keep.
 */
final class Version1 {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant ENDS = Instant.parse("2027-06-30T23:59:59.999Z");
  private static final WorkspaceId ACME = WorkspaceId.of("acme");
  private static final PrincipalId ANN = PrincipalId.of("ann");
  private static final PrincipalId ROBOT = PrincipalId.of("robot \uD83E\uDD16");
  private static final CredentialId KEY = new CredentialId(0x0198_0000_0000_7000L, 1);
  private static final CredentialId PARIS = new CredentialId(0x0198_0000_0000_7000L, 2);
  private static final CredentialId SESSION = new CredentialId(0x0198_0000_0000_7000L, 3);

  private static final SecretDigest PLAIN =
      new SecretDigest(0x0123_4567_89AB_CDEFL, -1, 0, Long.MIN_VALUE, Optional.empty());
  private static final SecretDigest PEPPERED =
      new SecretDigest(1, 2, 3, 4, Optional.of("pepper-1"));

  private Version1() {}

  private static Version version(long sequence) {
    return new Version(sequence, new UUID(0x1111_2222_3333_4444L, sequence));
  }

  private static List<StoredSecret> secret() {
    return List.of(new StoredSecret(PLAIN, Optional.empty()));
  }

  private static List<StoredSecret> secrets() {
    return List.of(
        new StoredSecret(PEPPERED, Optional.empty()), new StoredSecret(PLAIN, Optional.of(ENDS)));
  }

  static List<StoreRecord> records() {
    Username name = Username.parse("ann@acme.example");
    return List.of(
        new UsernameClaim(name, version(2), ANN),
        UserRecord.builder(ANN, version(Long.MAX_VALUE), CREATED)
            .state(LifecycleState.SUSPENDED)
            .username(Optional.of(name))
            .endsAt(Optional.of(ENDS))
            .epoch(Long.MIN_VALUE)
            .password(
                Optional.of(
                    new PasswordHash(
                        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
                        Optional.of("pepper-1"))))
            .passwordLoginStopped(true)
            .activation(Optional.of(new Activation(PEPPERED, ENDS)))
            .build(),
        UserRecord.builder(PrincipalId.of("ben"), version(1), CREATED)
            .username(Optional.of(Username.parse("ben")))
            .password(Optional.of(new PasswordHash("$x", Optional.empty())))
            .build(),
        UserRecord.builder(PrincipalId.of("cy"), version(4), CREATED)
            .state(LifecycleState.DELETED)
            .build(),
        new ApiKeyRecord(
            KEY,
            version(1),
            CREATED,
            ANN,
            "\"Key\" \\ \u00E9",
            true,
            secrets(),
            Optional.of(ENDS),
            Restriction.to(
                List.of(
                    new Restriction.Row(ACME, Set.of("device.view", "a"), DeviceScope.all()),
                    new Restriction.Row(
                        WorkspaceId.of("bolt"), Set.of(), DeviceScope.anyOf("t1", "site=paris")),
                    new Restriction.Row(ACME, Set.of("b"), DeviceScope.none())))),
        new ApiKeyRecord(
            new CredentialId(0, 4),
            version(1),
            CREATED,
            ANN,
            "all",
            false,
            secret(),
            Optional.empty(),
            Restriction.unrestricted()),
        new ApiKeyRecord(
            new CredentialId(-1, -1),
            version(1),
            CREATED,
            ANN,
            "nothing",
            false,
            secret(),
            Optional.empty(),
            Restriction.to(List.of())),
        new CredentialUse(
            CredentialUse.Of.KEY,
            KEY,
            new LastUse(ENDS, Optional.of("192.0.2.1"), Optional.of("agent/1.0 \uD83D\uDE00"))),
        new SessionRecord(
            SESSION, CREATED, ANN, PLAIN, Long.MAX_VALUE, ENDS, SessionRecord.Origin.PASSWORD),
        new SessionRecord(
            new CredentialId(0, 5), CREATED, ANN, PEPPERED, 0, ENDS, SessionRecord.Origin.HOST),
        new CredentialUse(
            CredentialUse.Of.SESSION,
            SESSION,
            new LastUse(CREATED, Optional.empty(), Optional.empty())),
        RoleRecord.builder(RoleId.of("guests"), version(1), CREATED)
            .name("Guests")
            .onAllDevices(Set.of("device.view"))
            .build(),
        RoleRecord.builder(RoleId.of("crew"), version(3), CREATED)
            .workspace(Optional.of(ACME))
            .name("Crew")
            .permissions(Set.of("rules", "members"))
            .onAllDevices(Set.of("device.view", "device.list"))
            .onAssignedDevices(Set.of("device.record", "device.edit", "Device"))
            .build(),
        RoleRecord.builder(RoleId.of("gone"), version(2), CREATED).deleted(true).build(),
        ApiUserRecord.builder(ROBOT, version(2), CREATED)
            .state(LifecycleState.DELETING)
            .workspace(Optional.of(ACME))
            .name("Robot")
            .endsAt(Optional.of(ENDS))
            .build(),
        ApiUserRecord.builder(PrincipalId.of("scrapped"), version(3), CREATED)
            .state(LifecycleState.DELETED)
            .build(),
        MembershipRecord.builder(new MembershipId(ACME, ANN), version(7), CREATED)
            .permissions(Set.of("rules", "billing"))
            .roles(
                Set.of(
                    new RoleAssignment(RoleId.of("crew"), DeviceScope.anyOf("site=rome")),
                    new RoleAssignment(RoleId.of("crew"), DeviceScope.anyOf("site=paris")),
                    new RoleAssignment(RoleId.of("cooks"), DeviceScope.none())))
            .grants(
                Set.of(
                    new Grant(DeviceScope.all(), Set.of("device.view")),
                    new Grant(
                        DeviceScope.parse(
                            "\"a,b\", \"-\", *=cold, floor=*, \"x\"=\"say \"\"hi\"\"\""),
                        Set.of("device.record", "device.edit"))))
            .build(),
        MembershipRecord.builder(new MembershipId(ACME, ROBOT), version(2), CREATED)
            .removed(true)
            .build(),
        AccessKeyRecord.builder(
                PARIS,
                version(1),
                CREATED,
                ACME,
                DeviceScope.anyOf("site=paris"),
                "Paris",
                secrets())
            .description("On the roof")
            .suspended(true)
            .endsAt(Optional.of(ENDS))
            .build(),
        AccessKeyRecord.builder(
                new CredentialId(0, 6),
                version(1),
                CREATED,
                ACME,
                DeviceScope.all(),
                "All",
                secret())
            .build(),
        WorkspaceRecord.builder(ACME, version(5), CREATED)
            .name("Acme, Inc.")
            .owners(Set.of(ANN, PrincipalId.of("ben"), PrincipalId.of("Zoe")))
            .build(),
        WorkspaceRecord.builder(WorkspaceId.of("closed"), version(6), CREATED)
            .state(LifecycleState.DELETED)
            .build());
  }
}
