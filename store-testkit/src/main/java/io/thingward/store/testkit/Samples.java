package io.thingward.store.testkit;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.Grant;
import io.thingward.model.Limits;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.TagEntry;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.Activation;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.LastUse;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Records to store: ordinary ones, and lists of all that a kind of record may be. */
final class Samples {
  private Samples() {}

  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant FIRST_TIME = Instant.EPOCH;
  static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  /** The edges of what a record may have, of 32 bits of seconds, and milliseconds that round. */
  static final List<Instant> TIMES =
      List.of(
          FIRST_TIME,
          Instant.parse("1970-01-01T00:00:00.001Z"),
          Instant.parse("2026-03-29T01:30:00.999Z"),
          Instant.parse("2038-01-19T03:14:08.001Z"),
          LAST_TIME);

  static final WorkspaceId ACME = WorkspaceId.of("acme");
  static final WorkspaceId BETA = WorkspaceId.of("beta");
  static final PrincipalId ANN = PrincipalId.of("ann");
  static final PrincipalId BOB = PrincipalId.of("bob");

  /** In every name of an ordinary record: no message of an exception may quote it. */
  static final String NAME = "canary";

  /* Fields of one text have to hold all of these, one after the other. */
  private static final String ALL_TEXTS =
      Hostile.TEXTS.stream()
          .filter(text -> text.length() < 5)
          .collect(Collectors.joining("\u00B7"));

  private static final String LONG_NAME = "\u20AC".repeat(Limits.NAME_LENGTH);

  static Version version(long sequence) {
    return new Version(sequence, new UUID(7, sequence));
  }

  /** Another change that led to the same sequence number. */
  static Version otherVersion(long sequence) {
    return new Version(sequence, new UUID(8, sequence));
  }

  static final List<Version> VERSIONS =
      List.of(
          new Version(1, new UUID(0, 0)),
          new Version(Long.MAX_VALUE, new UUID(-1, -1)),
          new Version(1L << 53, new UUID(Long.MIN_VALUE, Long.MAX_VALUE)),
          new Version((1L << 53) + 1, new UUID(Long.MAX_VALUE, Long.MIN_VALUE)));

  static CredentialId credential(long number) {
    return new CredentialId(number, -number);
  }

  /** A credential id made of a text, different for different texts. */
  static CredentialId credential(String text) {
    UUID hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return new CredentialId(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  /** Ids at the edges, and two whose texts differ in case alone. */
  static final List<CredentialId> CREDENTIALS =
      List.of(
          new CredentialId(0, 0),
          new CredentialId(0, 1),
          new CredentialId(1, 0),
          new CredentialId(0, -1),
          new CredentialId(-1, 0),
          new CredentialId(-1, -1),
          new CredentialId(Long.MIN_VALUE, Long.MAX_VALUE),
          new CredentialId(Long.MAX_VALUE, Long.MIN_VALUE),
          CredentialId.parse("00000000000000000000Aa"),
          CredentialId.parse("00000000000000000000aA"),
          CredentialId.parse("00000000000000000000aa"),
          CredentialId.parse("00000000000000000000AA"));

  static SecretDigest digest(long seed) {
    return new SecretDigest(seed, -seed, ~seed, seed << 32, Optional.empty());
  }

  static List<StoredSecret> secrets(long seed) {
    return List.of(new StoredSecret(digest(seed), Optional.empty()));
  }

  static List<StoredSecret> rotatedSecrets(Instant olderEndsAt) {
    SecretDigest newest = new SecretDigest(1, 2, 3, 4, Optional.of(ALL_TEXTS.substring(0, 128)));
    SecretDigest older =
        new SecretDigest(-1, Long.MIN_VALUE, 0, Long.MAX_VALUE, Optional.of("pepper "));
    return List.of(
        new StoredSecret(newest, Optional.empty()),
        new StoredSecret(older, Optional.of(olderEndsAt)));
  }

  static UserRecord user(String id) {
    return UserRecord.builder(PrincipalId.of(id), version(1), T0)
        .username(Optional.of(Username.parse("canary")))
        .epoch(5)
        .build();
  }

  static UserRecord deletedUser(UserRecord user) {
    return UserRecord.builder(user.id(), version(2), user.created())
        .state(LifecycleState.DELETED)
        .build();
  }

  static ApiUserRecord apiUser(String id, WorkspaceId workspace) {
    return ApiUserRecord.builder(PrincipalId.of(id), version(1), T0)
        .workspace(Optional.of(workspace))
        .name(NAME)
        .build();
  }

  static ApiUserRecord deletedApiUser(ApiUserRecord apiUser) {
    return ApiUserRecord.builder(apiUser.id(), version(2), apiUser.created())
        .state(LifecycleState.DELETED)
        .build();
  }

  static List<PrincipalRecord> users() {
    List<PrincipalRecord> users = new ArrayList<>();
    for (Instant time : TIMES) {
      for (LifecycleState state : LifecycleState.values()) {
        boolean deleted = state == LifecycleState.DELETED;
        PrincipalId id = PrincipalId.of("user " + state + time);
        UserRecord.Builder user =
            UserRecord.builder(id, version(3), time)
                .state(state)
                .endsAt(Optional.of(time))
                .epoch(time.equals(FIRST_TIME) ? Long.MIN_VALUE : Long.MAX_VALUE)
                .passwordLoginStopped(true);
        if (!deleted) {
          user.username(Optional.of(new Username("z".repeat(Limits.USERNAME_LENGTH))))
              .password(
                  Optional.of(
                      new PasswordHash(
                          "$'\\\"%_" + "h".repeat(994), Optional.of(ALL_TEXTS.substring(0, 128)))))
              .activation(Optional.of(new Activation(digest(-9), time)));
        }
        users.add(user.build());
      }
    }
    users.add(
        user("plain hash").toBuilder()
            .password(Optional.of(new PasswordHash("null", Optional.empty())))
            .epoch(0)
            .build());
    for (Version version : VERSIONS) {
      users.add(user("at " + version).at(version));
    }
    return users;
  }

  static List<PrincipalRecord> apiUsers() {
    List<PrincipalRecord> apiUsers = new ArrayList<>();
    for (Instant time : TIMES) {
      for (LifecycleState state : LifecycleState.values()) {
        PrincipalId id = PrincipalId.of("API user " + state + time);
        ApiUserRecord.Builder apiUser =
            ApiUserRecord.builder(id, version(3), time).state(state).endsAt(Optional.of(time));
        if (state != LifecycleState.DELETED) {
          apiUser.workspace(Optional.of(ACME)).name(LONG_NAME);
        }
        apiUsers.add(apiUser.build());
      }
    }
    for (String text : Hostile.TEXTS) {
      apiUsers.add(
          apiUser("API user" + text.hashCode(), WorkspaceId.of(text)).toBuilder()
              .name(text)
              .build());
    }
    return apiUsers;
  }

  static UsernameClaim claim(String username, PrincipalId user) {
    return new UsernameClaim(new Username(username), version(1), user);
  }

  static List<UsernameClaim> claims() {
    List<UsernameClaim> claims = new ArrayList<>();
    int number = 0;
    for (String text : Hostile.TEXTS) {
      claims.add(claim("u" + number++, PrincipalId.of(text)));
    }
    for (String name :
        List.of("null", "0", "00", "a", "a.", "a-", "a_", "a+", "a@b", "a_b", "a.b")) {
      claims.add(claim(name, ANN));
    }
    claims.add(claim("z".repeat(Limits.USERNAME_LENGTH), ANN));
    claims.add(claim("z".repeat(Limits.USERNAME_LENGTH - 1), BOB));
    for (Version version : VERSIONS) {
      claims.add(new UsernameClaim(new Username("v" + number++), version, ANN));
    }
    return claims;
  }

  static WorkspaceRecord workspace(String id) {
    return WorkspaceRecord.builder(WorkspaceId.of(id), version(1), T0)
        .name(NAME)
        .owners(Set.of(ANN))
        .build();
  }

  static WorkspaceRecord deletedWorkspace(WorkspaceRecord workspace) {
    return WorkspaceRecord.builder(workspace.id(), version(2), workspace.created())
        .state(LifecycleState.DELETED)
        .build();
  }

  static List<WorkspaceRecord> workspaces() {
    List<WorkspaceRecord> workspaces = new ArrayList<>();
    for (Instant time : TIMES) {
      for (LifecycleState state : LifecycleState.values()) {
        WorkspaceRecord.Builder workspace =
            WorkspaceRecord.builder(WorkspaceId.of("ws " + state + time), version(3), time)
                .state(state);
        if (state != LifecycleState.DELETED) {
          workspace.name(LONG_NAME).owners(Set.of(ANN, BOB));
        }
        workspaces.add(workspace.build());
      }
    }
    for (String text : Hostile.TEXTS) {
      workspaces.add(
          workspace("ws" + text.hashCode()).toBuilder()
              .name(text)
              .owners(Set.of(PrincipalId.of(text), ANN))
              .build());
    }
    Set<PrincipalId> owners =
        Hostile.TEXTS.stream()
            .limit(Limits.OWNERS_PER_WORKSPACE)
            .map(PrincipalId::of)
            .collect(Collectors.toCollection(HashSet::new));
    for (int i = 0; owners.size() < Limits.OWNERS_PER_WORKSPACE; i++) {
      owners.add(PrincipalId.of("owner" + i));
    }
    workspaces.add(workspace("all owners").toBuilder().owners(owners).build());
    for (Version version : VERSIONS) {
      workspaces.add(workspace("at " + version).at(version));
    }
    return workspaces;
  }

  static MembershipRecord membership(WorkspaceId workspace, PrincipalId principal) {
    return MembershipRecord.builder(new MembershipId(workspace, principal), version(1), T0)
        .permissions(Set.of(NAME))
        .build();
  }

  static MembershipRecord removedMembership(MembershipRecord membership) {
    return MembershipRecord.builder(membership.id(), version(2), membership.created())
        .removed(true)
        .build();
  }

  static List<MembershipRecord> memberships() {
    List<MembershipRecord> memberships = new ArrayList<>();
    for (Instant time : TIMES) {
      MembershipId id = new MembershipId(ACME, PrincipalId.of("at " + time));
      memberships.add(MembershipRecord.builder(id, version(1), time).build());
      MembershipId other = new MembershipId(BETA, id.principal());
      memberships.add(MembershipRecord.builder(other, version(1), time).removed(true).build());
    }
    for (Version version : VERSIONS) {
      memberships.add(membership(ACME, PrincipalId.of("at " + version)).at(version));
    }
    memberships.add(
        membership(ACME, PrincipalId.of("hostile")).toBuilder()
            .permissions(Set.of("a", "A", "a.", "a_", "a/b:c-d", "0", "null", "p".repeat(100)))
            .roles(hostileRoles())
            .grants(hostileGrants())
            .build());
    memberships.add(largeMembership());
    return memberships;
  }

  /* One role several times, and roles and scopes that differ as little as they can. */
  private static Set<RoleAssignment> hostileRoles() {
    Set<RoleAssignment> roles = new HashSet<>();
    roles.add(new RoleAssignment(RoleId.of("role"), DeviceScope.none()));
    roles.add(new RoleAssignment(RoleId.of("role"), DeviceScope.all()));
    roles.add(new RoleAssignment(RoleId.of("role"), DeviceScope.anyOf("t1", "site=paris")));
    for (String text : Hostile.TEXTS) {
      roles.add(new RoleAssignment(RoleId.of(text), DeviceScope.none()));
      roles.add(new RoleAssignment(RoleId.of("role"), Hostile.scope(text)));
    }
    return roles;
  }

  private static Set<Grant> hostileGrants() {
    Set<Grant> grants = new HashSet<>();
    grants.add(new Grant(DeviceScope.all(), Set.of("view")));
    grants.add(new Grant(Hostile.scopeOfAll(), Set.of("view", "View", "edit")));
    for (String text : Hostile.TEXTS) {
      grants.add(new Grant(Hostile.scope(text), Set.of("view")));
    }
    return grants;
  }

  /** A membership of 1,000 grants and 5,000 terms. */
  static MembershipRecord largeMembership() {
    Set<Grant> grants =
        IntStream.range(0, 1_000)
            .mapToObj(
                i -> {
                  DeviceSelector.Builder selector = DeviceSelector.builder();
                  for (int term = 0; term < 5; term++) {
                    selector.tag(TagEntry.of("site", i + "." + term));
                  }
                  return new Grant(DeviceScope.of(selector.build()), Set.of("view", "edit"));
                })
            .collect(Collectors.toSet());
    return membership(ACME, PrincipalId.of("large")).toBuilder().grants(grants).build();
  }

  static RoleRecord role(String id, Optional<WorkspaceId> workspace) {
    return RoleRecord.builder(RoleId.of(id), version(1), T0)
        .workspace(workspace)
        .name(NAME)
        .permissions(Set.of("members.read"))
        .onAllDevices(Set.of("view"))
        .onAssignedDevices(Set.of("edit"))
        .build();
  }

  static RoleRecord deletedRole(RoleRecord role) {
    return RoleRecord.builder(role.id(), version(2), role.created()).deleted(true).build();
  }

  static List<RoleRecord> roles() {
    List<RoleRecord> roles = new ArrayList<>();
    for (Instant time : TIMES) {
      roles.add(RoleRecord.builder(RoleId.of("empty " + time), version(1), time).build());
      roles.add(
          RoleRecord.builder(RoleId.of("deleted " + time), version(1), time).deleted(true).build());
    }
    for (String text : Hostile.TEXTS) {
      roles.add(
          role("role" + text.hashCode(), Optional.of(WorkspaceId.of(text))).toBuilder()
              .name(text)
              .build());
    }
    for (Version version : VERSIONS) {
      roles.add(role("at " + version, Optional.empty()).at(version));
    }
    Set<String> many =
        IntStream.range(0, Limits.PERMISSIONS)
            .mapToObj(i -> "p".repeat(Limits.PERMISSION_NAME_LENGTH - 4) + (1_000 + i))
            .collect(Collectors.toSet());
    roles.add(
        role("many", Optional.of(ACME)).toBuilder()
            .name(LONG_NAME)
            .permissions(many)
            .onAllDevices(many)
            .onAssignedDevices(Set.of("a", "A"))
            .build());
    // the three sets are not one
    roles.add(
        role("apart", Optional.of(ACME)).toBuilder()
            .permissions(Set.of())
            .onAllDevices(Set.of())
            .onAssignedDevices(Set.of("only.here"))
            .build());
    return roles;
  }

  static ApiKeyRecord apiKey(CredentialId id, PrincipalId principal) {
    return ApiKeyRecord.builder(
            id, version(1), T0, principal, NAME, secrets(id.low()), Restriction.unrestricted())
        .build();
  }

  static ApiKeyRecord apiKey(long number, PrincipalId principal) {
    return apiKey(credential(number), principal);
  }

  static AccessKeyRecord accessKey(CredentialId id, WorkspaceId workspace) {
    return AccessKeyRecord.builder(
            id, version(1), T0, workspace, DeviceScope.all(), NAME, secrets(id.low()))
        .build();
  }

  static AccessKeyRecord accessKey(long number, WorkspaceId workspace) {
    return accessKey(credential(number), workspace);
  }

  static AccessKeyRecord accessKeyEndingAt(long number, Instant end) {
    return accessKey(number, ACME).toBuilder().endsAt(Optional.of(end)).build();
  }

  static ApiKeyRecord restricted(CredentialId id, Restriction restriction) {
    return ApiKeyRecord.builder(id, version(1), T0, ANN, NAME, secrets(1), restriction).build();
  }

  static List<KeyRecord> apiKeys() {
    List<KeyRecord> keys = new ArrayList<>();
    for (CredentialId id : CREDENTIALS.subList(0, 6)) {
      keys.add(apiKey(id, ANN));
    }
    long number = 100;
    for (Instant time : TIMES) {
      keys.add(
          apiKey(number++, BOB).toBuilder()
              .name(LONG_NAME)
              .suspended(true)
              .secrets(rotatedSecrets(time))
              .endsAt(Optional.of(time))
              .build());
    }
    for (String text : Hostile.TEXTS) {
      keys.add(apiKey(number++, PrincipalId.of(text)).toBuilder().name(text).build());
    }
    for (Version version : VERSIONS) {
      keys.add(apiKey(number++, ANN).at(version));
    }
    for (Restriction restriction : restrictions()) {
      keys.add(restricted(credential(number++), restriction));
    }
    return keys;
  }

  /** Unrestricted, without rows, and with rows: three different things. */
  static List<Restriction> restrictions() {
    Restriction.Row row =
        new Restriction.Row(ACME, Set.of("view"), DeviceScope.anyOf("site=paris"));
    Restriction.Row other = new Restriction.Row(BETA, Set.of(), DeviceScope.none());
    Restriction.Row hostile =
        new Restriction.Row(WorkspaceId.of("*"), Set.of("a", "A"), Hostile.scopeOfAll());
    List<Restriction.Row> many =
        IntStream.range(0, Limits.RESTRICTION_ROWS)
            .mapToObj(i -> new Restriction.Row(WorkspaceId.of("w" + i), Set.of("view"), scope(i)))
            .toList();
    return List.of(
        Restriction.unrestricted(),
        Restriction.to(List.of()),
        Restriction.to(List.of(row)),
        // the order of rows and the number of equal ones are kept
        Restriction.to(List.of(row, other, row)),
        Restriction.to(List.of(other, row, row)),
        Restriction.to(List.of(hostile)),
        Restriction.to(many));
  }

  private static DeviceScope scope(int number) {
    return switch (number % 3) {
      case 0 -> DeviceScope.all();
      case 1 -> DeviceScope.none();
      default -> DeviceScope.anyOf("t" + number);
    };
  }

  static List<KeyRecord> accessKeys() {
    List<KeyRecord> keys = new ArrayList<>();
    for (CredentialId id : CREDENTIALS.subList(6, CREDENTIALS.size())) {
      keys.add(accessKey(id, ACME));
    }
    long number = 1_000;
    for (Instant time : TIMES) {
      keys.add(
          accessKey(number++, BETA).toBuilder()
              .name(LONG_NAME)
              .description("d".repeat(Limits.DESCRIPTION_LENGTH))
              .suspended(true)
              .secrets(rotatedSecrets(time))
              .endsAt(Optional.of(time))
              .build());
      keys.add(
          AccessKeyRecord.builder(
                  credential(number++), version(1), time, ACME, Hostile.scope("a"), "-", secrets(0))
              .build());
    }
    for (String text : Hostile.TEXTS) {
      keys.add(
          AccessKeyRecord.builder(
                  credential(number++),
                  version(1),
                  T0,
                  WorkspaceId.of(text),
                  Hostile.scope(text),
                  text,
                  secrets(number))
              .description(text)
              .build());
    }
    for (Version version : VERSIONS) {
      keys.add(accessKey(number++, ACME).at(version));
    }
    keys.add(
        AccessKeyRecord.builder(
                credential(number++), version(1), T0, ACME, largestScope(), NAME, secrets(1))
            .description(ALL_TEXTS)
            .build());
    return keys;
  }

  private static DeviceScope largestScope() {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    for (int i = 0; i < Limits.ACCESS_KEY_IDS; i++) {
      selector.id(DeviceId.of("d".repeat(Limits.DEVICE_ID_LENGTH - 4) + (1_000 + i)));
    }
    for (int i = 0; i < Limits.ACCESS_KEY_TAG_ENTRIES; i++) {
      String text = "t".repeat(Limits.TAG_LENGTH - 3) + (100 + i);
      selector.tag(TagEntry.of(text, text));
    }
    return DeviceScope.of(selector.build());
  }

  static SessionRecord session(CredentialId id, PrincipalId user, Instant endsAt) {
    return new SessionRecord(
        id, T0, user, digest(id.low()), 5, endsAt, SessionRecord.Origin.PASSWORD);
  }

  static SessionRecord session(long number, PrincipalId user, Instant endsAt) {
    return session(credential(number), user, endsAt);
  }

  static List<SessionRecord> sessions() {
    List<SessionRecord> sessions = new ArrayList<>();
    for (CredentialId id : CREDENTIALS) {
      sessions.add(session(id, ANN, T0));
    }
    long number = 2_000;
    for (Instant time : TIMES) {
      for (SessionRecord.Origin origin : SessionRecord.Origin.values()) {
        for (long epoch : new long[] {Long.MIN_VALUE, -1, 0, (1L << 53) + 1, Long.MAX_VALUE}) {
          SecretDigest digest = rotatedSecrets(T0).get((int) (number % 2)).digest();
          sessions.add(
              new SessionRecord(credential(number++), time, BOB, digest, epoch, time, origin));
        }
      }
    }
    for (String text : Hostile.TEXTS) {
      sessions.add(session(number++, PrincipalId.of(text), T0));
    }
    return sessions;
  }

  static LastUse use(Instant at) {
    return new LastUse(at, Optional.empty(), Optional.empty());
  }

  static List<LastUse> uses() {
    List<LastUse> uses = new ArrayList<>();
    for (Instant time : TIMES) {
      uses.add(use(time));
      uses.add(new LastUse(time, Optional.of("192.0.2.1"), Optional.empty()));
      uses.add(new LastUse(time, Optional.empty(), Optional.of(LONG_NAME)));
    }
    for (String text : Hostile.TEXTS) {
      uses.add(new LastUse(T0, Optional.of(text), Optional.of("agent of " + text)));
    }
    return uses;
  }
}
