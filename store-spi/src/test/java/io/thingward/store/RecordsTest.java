package io.thingward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.Grant;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.StoredSecret;
import io.thingward.model.TagEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the records of a store refuse, copy and show. */
class RecordsTest {
  static Stream<Record> records() {
    return Stream.of(
        Records.USER,
        Records.API_USER,
        Records.WORKSPACE,
        Records.MEMBERSHIP,
        Records.ROLE,
        Records.API_KEY,
        Records.ACCESS_KEY,
        Records.SESSION,
        Records.CLAIM,
        Records.LAST_USE,
        new CredentialUse(CredentialUse.Of.KEY, Records.CREDENTIAL, Records.LAST_USE),
        new Activation(Records.DIGEST, Records.T2),
        new Page<>(List.of(Records.USER, Records.SESSION, Records.API_KEY), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("records")
  @DisplayName("R8: no text of a record shows a digest or a hash")
  void toString_anyRecord_showsNoDigestAndNoHash(Record record) {
    assertThat(record.toString())
        .doesNotContain("11111111", "22222222", "33333333", "44444444", "argon2id", "canary")
        .doesNotContain("pepper-1");
  }

  @Test
  void toBuilder_eachRecord_buildsItAgain() {
    assertThat(Records.USER.toBuilder().build()).isEqualTo(Records.USER);
    assertThat(Records.API_USER.toBuilder().build()).isEqualTo(Records.API_USER);
    assertThat(Records.WORKSPACE.toBuilder().build()).isEqualTo(Records.WORKSPACE);
    assertThat(Records.MEMBERSHIP.toBuilder().build()).isEqualTo(Records.MEMBERSHIP);
    assertThat(Records.ROLE.toBuilder().build()).isEqualTo(Records.ROLE);
    assertThat(Records.API_KEY.toBuilder().build()).isEqualTo(Records.API_KEY);
    assertThat(Records.ACCESS_KEY.toBuilder().build()).isEqualTo(Records.ACCESS_KEY);
  }

  static Stream<VersionedRecord<?>> versioned() {
    return records().filter(VersionedRecord.class::isInstance).map(VersionedRecord.class::cast);
  }

  @ParameterizedTest
  @MethodSource("versioned")
  void at_otherVersion_changesThatOnly(VersionedRecord<?> before) {
    VersionedRecord<?> after = before.at(Records.V2);

    assertThat(before.version()).isEqualTo(Records.V1);
    assertThat(after).hasSameClassAs(before);
    assertThat(after.version()).isEqualTo(Records.V2);
    assertThat(after).usingRecursiveComparison().ignoringFields("version").isEqualTo(before);
  }

  @Test
  void build_newRecord_grantsAndSuspendsNothing() {
    UserRecord user =
        UserRecord.builder(Records.ANN, Records.V1, Records.T1)
            .username(Records.USER.username())
            .build();
    ApiUserRecord apiUser =
        ApiUserRecord.builder(Records.ANN, Records.V1, Records.T1)
            .workspace(Optional.of(Records.ACME))
            .build();
    MembershipRecord membership =
        MembershipRecord.builder(Records.ANN_IN_ACME, Records.V1, Records.T1).build();
    RoleRecord role = RoleRecord.builder(Records.ADMIN, Records.V1, Records.T1).build();

    assertThat(user.state()).isEqualTo(LifecycleState.ACTIVE);
    assertThat(user.password()).isEmpty();
    assertThat(user.passwordLoginStopped()).isFalse();
    assertThat(apiUser.state()).isEqualTo(LifecycleState.ACTIVE);
    assertThat(apiUser.endsAt()).isEmpty();
    assertThat(membership.removed()).isFalse();
    assertThat(membership.permissions()).isEmpty();
    assertThat(role.deleted()).isFalse();
    assertThat(role.onAllDevices()).isEmpty();
  }

  @Test
  @DisplayName("R3: a workspace has 1 to 100 owners")
  void workspace_owners_areOneToAHundred() {
    WorkspaceRecord.Builder workspace = Records.WORKSPACE.toBuilder();

    assertThat(workspace.owners(principals(1)).build().owners()).hasSize(1);
    assertThat(workspace.owners(principals(100)).build().owners()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workspace.owners(Set.of()).build())
        .withMessage("a workspace has 1 to 100 owners, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workspace.owners(principals(101)).build())
        .withMessage("a workspace has 1 to 100 owners, not 101");
  }

  @Test
  void workspace_deleted_isCleared() {
    WorkspaceRecord.Builder workspace = Records.WORKSPACE.toBuilder().state(LifecycleState.DELETED);

    assertThat(workspace.name("").owners(Set.of()).build().owners()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workspace.name("Acme").owners(Set.of()).build())
        .withMessage("a deleted workspace has no name and no owners");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workspace.name("").owners(principals(1)).build());
  }

  @Test
  void user_deleted_isCleared() {
    UserRecord.Builder user =
        UserRecord.builder(Records.ANN, Records.V2, Records.T1).state(LifecycleState.DELETED);

    assertThat(user.build().username()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> user.username(Records.USER.username()).build())
        .withMessage("a deleted user has no username, password or activation code");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> user.username(Optional.empty()).password(Optional.of(Records.HASH)).build());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> user.password(Optional.empty()).activation(Records.USER.activation()).build());
  }

  @Test
  void apiUser_deleted_isCleared() {
    ApiUserRecord.Builder apiUser =
        ApiUserRecord.builder(Records.ANN, Records.V2, Records.T1).state(LifecycleState.DELETED);

    assertThat(apiUser.build().name()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apiUser.name("Robot").build())
        .withMessage("a deleted API user has no workspace and no name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apiUser.name("").workspace(Optional.of(Records.ACME)).build());
  }

  @Test
  void role_deleted_isEmpty() {
    RoleRecord deleted =
        RoleRecord.builder(Records.ADMIN, Records.V2, Records.T1).deleted(true).build();

    assertThat(deleted.permissions()).isEmpty();
    List<RoleRecord.Builder> notEmpty =
        List.of(
            deleted.toBuilder().name("Admin"),
            deleted.toBuilder().workspace(Optional.of(Records.ACME)),
            deleted.toBuilder().permissions(Set.of("a")),
            deleted.toBuilder().onAllDevices(Set.of("a")),
            deleted.toBuilder().onAssignedDevices(Set.of("a")));
    assertThat(notEmpty)
        .allSatisfy(
            role ->
                assertThatIllegalArgumentException()
                    .isThrownBy(role::build)
                    .withMessage("a deleted role is empty"));
  }

  @Test
  void membership_removed_isEmpty() {
    MembershipRecord removed =
        MembershipRecord.builder(Records.ANN_IN_ACME, Records.V2, Records.T1).removed(true).build();

    assertThat(removed.removed()).isTrue();
    List<MembershipRecord.Builder> notEmpty =
        List.of(
            removed.toBuilder().permissions(Set.of("a")),
            removed.toBuilder().roles(Records.MEMBERSHIP.roles()),
            removed.toBuilder().grants(Records.MEMBERSHIP.grants()));
    assertThat(notEmpty)
        .allSatisfy(
            membership ->
                assertThatIllegalArgumentException()
                    .isThrownBy(membership::build)
                    .withMessage("a removed membership is empty"));
  }

  @Test
  @DisplayName("R6: at most 10,000 grants in a membership")
  void membership_grants_areLimited() {
    assertThat(membership(Set.of(), grants(10_000)).grants()).hasSize(10_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> membership(Set.of(), grants(10_001)))
        .withMessage(
            "a membership has at most 1000 role assignments and 10000 grants, not 0 and 10001");
  }

  @Test
  void membership_roleAssignments_areLimited() {
    assertThat(membership(roles(1_000, DeviceScope.all()), Set.of()).roles()).hasSize(1_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> membership(roles(1_001, DeviceScope.all()), Set.of()))
        .withMessage(
            "a membership has at most 1000 role assignments and 10000 grants, not 1001 and 0");
  }

  @Test
  @DisplayName("R6: at most 50,000 selector terms in a membership, those of its roles included")
  void membership_terms_areLimited() {
    Set<RoleAssignment> half = roles(25, scope(1_000));

    assertThat(membership(half, Set.of(grant(scope(25_000)))).grants()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> membership(half, Set.of(grant(scope(25_001)))))
        .withMessage("50001 selector terms in a membership, the limit is 50000");
    assertThat(membership(roles(50, scope(1_000)), Set.of()).roles()).hasSize(50);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> membership(roles(51, scope(1_000)), Set.of()));
  }

  @Test
  @DisplayName("R6: at most one grant per scope")
  void membership_twoGrantsOnOneScope_areRefused() {
    Set<Grant> grants =
        Set.of(
            new Grant(DeviceScope.anyOf("t1", "t2"), Set.of("view")),
            new Grant(DeviceScope.anyOf("t2", "t1"), Set.of("edit")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> membership(Set.of(), grants))
        .withMessage("two grants of a membership have the same scope");
  }

  @Test
  void membership_oneRoleOnSeveralScopes_isKept() {
    Set<RoleAssignment> roles =
        Set.of(
            new RoleAssignment(Records.ADMIN, DeviceScope.none()),
            new RoleAssignment(Records.ADMIN, DeviceScope.all()),
            new RoleAssignment(Records.ADMIN, DeviceScope.anyOf("t1")));

    assertThat(membership(roles, Set.of()).roles()).isEqualTo(roles);
  }

  @Test
  void membership_badPermission_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Records.MEMBERSHIP.toBuilder().permissions(Set.of("a b")).build());
  }

  @Test
  void role_badPermissionInAnySet_isRefused() {
    RoleRecord.Builder role = RoleRecord.builder(Records.ADMIN, Records.V1, Records.T1);

    assertThatIllegalArgumentException().isThrownBy(() -> role.permissions(Set.of("a b")).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> role.permissions(Set.of()).onAllDevices(Set.of("a b")).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> role.onAllDevices(Set.of()).onAssignedDevices(Set.of("a b")).build());
  }

  @Test
  @DisplayName("R16: at most two secrets, of which the older one alone has an end")
  void keys_secrets_areOneOrTwoNewestFirst() {
    for (Function<List<StoredSecret>, KeyRecord> key : keysWithSecrets()) {
      assertThat(key.apply(List.of(Records.SECRET)).secrets()).hasSize(1);
      assertThat(key.apply(List.of(Records.SECRET, Records.OLDER_SECRET)).secrets())
          .containsExactly(Records.SECRET, Records.OLDER_SECRET);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key.apply(List.of()))
          .withMessage("a key has 1 to 2 secrets, not 0");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> key.apply(List.of(Records.SECRET, Records.OLDER_SECRET, Records.OLDER_SECRET)))
          .withMessage("a key has 1 to 2 secrets, not 3");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key.apply(List.of(Records.OLDER_SECRET)))
          .withMessage("the newest secret of a key has no end of its own");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key.apply(List.of(Records.SECRET, Records.SECRET)))
          .withMessage("an older secret of a key has an end of its own");
    }
  }

  @Test
  void keys_secrets_areDetached() {
    for (Function<List<StoredSecret>, KeyRecord> key : keysWithSecrets()) {
      List<StoredSecret> secrets = new ArrayList<>(List.of(Records.SECRET));
      KeyRecord record = key.apply(secrets);
      secrets.clear();

      assertThat(record.secrets()).containsExactly(Records.SECRET).isUnmodifiable();
    }
  }

  private static List<Function<List<StoredSecret>, KeyRecord>> keysWithSecrets() {
    return List.of(
        secrets -> Records.API_KEY.toBuilder().secrets(secrets).build(),
        secrets -> Records.ACCESS_KEY.toBuilder().secrets(secrets).build());
  }

  @Test
  void accessKey_forNoDevice_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accessKey(DeviceScope.none()))
        .withMessage("an access key for no device is no key");
  }

  @Test
  @DisplayName("R29: at most 1,000 ids and 100 tag entries in the scope of an access key")
  void accessKey_scope_isLimited() {
    assertThat(accessKey(scope(1_000, 100)).scope().terms()).isEqualTo(1_100);
    assertThat(accessKey(DeviceScope.all()).scope().isAll()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accessKey(scope(1_001, 0)))
        .withMessage("an access key has at most 1000 ids and 100 tag entries, not 1001 and 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accessKey(scope(0, 101)))
        .withMessage("an access key has at most 1000 ids and 100 tag entries, not 0 and 101");
  }

  @Test
  void names_ofAnyRecord_areLimited() {
    String longest = "x".repeat(255);
    String tooLong = "x".repeat(256);

    assertThat(Records.API_KEY.toBuilder().name(longest).build().name()).hasSize(255);
    assertThat(Records.ACCESS_KEY.toBuilder().description("x".repeat(1_000)).build().description())
        .hasSize(1_000);
    List<Supplier<Record>> refused =
        List.of(
            () -> Records.API_KEY.toBuilder().name(tooLong).build(),
            () -> Records.API_KEY.toBuilder().name("").build(),
            () -> Records.ACCESS_KEY.toBuilder().name(tooLong).build(),
            () -> Records.ACCESS_KEY.toBuilder().name("").build(),
            () -> Records.ACCESS_KEY.toBuilder().description("x".repeat(1_001)).build(),
            () -> Records.WORKSPACE.toBuilder().name(tooLong).build(),
            () -> Records.ROLE.toBuilder().name(tooLong).build(),
            () -> Records.API_USER.toBuilder().name(tooLong).build(),
            () -> lastUse(Optional.of(tooLong), Optional.empty()),
            () -> lastUse(Optional.empty(), Optional.of(tooLong)),
            () -> lastUse(Optional.of(""), Optional.empty()),
            () -> lastUse(Optional.empty(), Optional.of("")));
    assertThat(refused)
        .allSatisfy(make -> assertThatIllegalArgumentException().isThrownBy(make::get));
  }

  @Test
  void collections_ofAnyRecord_areDetached() {
    Set<PrincipalId> owners = new HashSet<>(principals(1));
    WorkspaceRecord workspace = Records.WORKSPACE.toBuilder().owners(owners).build();
    owners.addAll(principals(3));
    List<RoleRecord> roles = new ArrayList<>(List.of(Records.ROLE));
    MembershipView view = new MembershipView(Optional.empty(), Optional.empty(), roles);
    roles.clear();
    List<String> items = new ArrayList<>(List.of("a"));
    Page<String> page = new Page<>(items, Optional.empty());
    items.clear();

    assertThat(workspace.owners()).hasSize(1).isUnmodifiable();
    assertThat(view.roles()).containsExactly(Records.ROLE).isUnmodifiable();
    assertThat(page.items()).containsExactly("a").isUnmodifiable();
    assertThat(Records.MEMBERSHIP.roles()).isUnmodifiable();
    assertThat(Records.MEMBERSHIP.grants()).isUnmodifiable();
    assertThat(Records.MEMBERSHIP.permissions()).isUnmodifiable();
  }

  @Test
  void map_ofAPage_keepsWhereTheNextOneStarts() {
    assertThat(new Page<>(List.of(1, 2), Optional.of("next")).map(String::valueOf))
        .isEqualTo(new Page<>(List.of("1", "2"), Optional.of("next")));
  }

  @Test
  void pageRequest_limit_isOneToAThousand() {
    assertThat(PageRequest.first(1)).isEqualTo(new PageRequest(Optional.empty(), 1));
    assertThat(PageRequest.after("next", 1_000))
        .isEqualTo(new PageRequest(Optional.of("next"), 1_000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageRequest.first(0))
        .withMessage("a page has 1 to 1000 items, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageRequest.after("next", 1_001))
        .withMessage("a page has 1 to 1000 items, not 1001");
  }

  @Test
  void exceptions_ofAStore_carryMessageAndCause() {
    Exception cause = new IllegalStateException("said the driver");

    assertThat(new StoreUnavailableException("no answer", cause))
        .isInstanceOf(StoreException.class)
        .hasMessage("no answer")
        .hasCause(cause);
    assertThat(new StoreUnavailableException("no answer")).hasMessage("no answer").hasNoCause();
    assertThat(new UnreadableRecordException("format 9", cause))
        .isInstanceOf(StoreException.class)
        .hasMessage("format 9")
        .hasCause(cause);
    assertThat(new UnreadableRecordException("format 9")).hasMessage("format 9").hasNoCause();
  }

  private static LastUse lastUse(Optional<String> source, Optional<String> agent) {
    return new LastUse(Records.T1, source, agent);
  }

  private static AccessKeyRecord accessKey(DeviceScope scope) {
    return AccessKeyRecord.builder(
            Records.CREDENTIAL,
            Records.V1,
            Records.T1,
            Records.ACME,
            scope,
            "Key",
            List.of(Records.SECRET))
        .build();
  }

  private static MembershipRecord membership(Set<RoleAssignment> roles, Set<Grant> grants) {
    return MembershipRecord.builder(Records.ANN_IN_ACME, Records.V1, Records.T1)
        .roles(roles)
        .grants(grants)
        .build();
  }

  private static Set<PrincipalId> principals(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> PrincipalId.of("p" + i))
        .collect(Collectors.toSet());
  }

  private static Set<RoleAssignment> roles(int count, DeviceScope scope) {
    return IntStream.range(0, count)
        .mapToObj(i -> new RoleAssignment(RoleId.of("r" + i), scope))
        .collect(Collectors.toSet());
  }

  private static Set<Grant> grants(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> grant(DeviceScope.anyOf("t" + i)))
        .collect(Collectors.toSet());
  }

  private static Grant grant(DeviceScope scope) {
    return new Grant(scope, Set.of("view"));
  }

  private static DeviceScope scope(int terms) {
    return scope(terms, 0);
  }

  private static DeviceScope scope(int ids, int entries) {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    IntStream.range(0, ids).forEach(i -> selector.id(DeviceId.of("t" + i)));
    IntStream.range(0, entries).forEach(i -> selector.tag(TagEntry.of("k", "v" + i)));
    return DeviceScope.of(selector.build());
  }
}
