package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.otherVersion;
import static io.thingward.store.memory.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of record with a version has in common. */
class VersionedRecordsTest {
  /**
   * One kind, in stores of its own.
   *
   * @param named a record of version 1 whose key is made of a text
   * @param at the same record in another state
   * @param find finds the record with the key of this one
   */
  record Kind<R>(
      String name,
      Function<String, R> named,
      BiFunction<R, Version, R> at,
      Predicate<R> insert,
      BiPredicate<R, Version> replace,
      Function<R, Optional<R>> find) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind<?>> kinds() {
    MemoryStores stores = new MemoryStores();
    AtomicLong keys = new AtomicLong();
    return Stream.of(
        new Kind<PrincipalRecord>(
            "principal",
            Samples::user,
            (user, version) -> ((UserRecord) user).toBuilder().version(version).build(),
            stores.principals()::insert,
            stores.principals()::replace,
            user -> stores.principals().find(user.id())),
        new Kind<UsernameClaim>(
            "claim",
            text -> Samples.claim("u" + Integer.toHexString(text.hashCode())),
            (claim, version) -> new UsernameClaim(claim.username(), version, claim.user()),
            stores.principals()::insertClaim,
            stores.principals()::replaceClaim,
            claim -> stores.principals().findClaim(claim.username())),
        new Kind<WorkspaceRecord>(
            "workspace",
            Samples::workspace,
            (workspace, version) -> workspace.toBuilder().version(version).build(),
            stores.workspaces()::insert,
            stores.workspaces()::replace,
            workspace -> stores.workspaces().find(workspace.id())),
        new Kind<MembershipRecord>(
            "membership",
            text -> Samples.membership(ACME, PrincipalId.of(text)),
            (membership, version) -> membership.toBuilder().version(version).build(),
            stores.workspaces()::insertMembership,
            stores.workspaces()::replaceMembership,
            membership -> stores.workspaces().findMembership(membership.id())),
        new Kind<RoleRecord>(
            "role",
            text -> Samples.role(text, Optional.of(ACME)),
            (role, version) -> role.toBuilder().version(version).build(),
            stores.workspaces()::insertRole,
            stores.workspaces()::replaceRole,
            role -> stores.workspaces().findRole(role.id())),
        new Kind<KeyRecord>(
            "access key",
            text -> Samples.accessKey(text.hashCode(), ACME),
            (key, version) -> ((AccessKeyRecord) key).toBuilder().version(version).build(),
            stores.keys()::insert,
            stores.keys()::replace,
            key -> stores.keys().find(key.id())),
        new Kind<KeyRecord>(
            "API key",
            text -> Samples.apiKey(keys.incrementAndGet(), ANN),
            (key, version) -> ((ApiKeyRecord) key).toBuilder().version(version).build(),
            stores.keys()::insert,
            stores.keys()::replace,
            key -> stores.keys().find(key.id())));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S5: absent is a value")
  <R> void find_absent_isEmpty(Kind<R> kind) {
    assertThat(kind.find.apply(kind.named.apply("absent"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S1: a read after an insert sees it")
  <R> void insert_new_isFound(Kind<R> kind) {
    R record = kind.named.apply("a");

    assertThat(kind.insert.test(record)).isTrue();
    assertThat(kind.find.apply(record)).contains(record);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S2: an insert of a key that exists changes nothing")
  <R> void insert_duplicate_changesNothing(Kind<R> kind) {
    R record = kind.named.apply("a");

    assertThat(kind.insert.test(record)).isTrue();
    assertThat(kind.insert.test(record)).isFalse();
    assertThat(kind.insert.test(kind.at.apply(record, version(2)))).isFalse();
    assertThat(kind.find.apply(record)).contains(record);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S1: a read after a replacement sees it")
  <R> void replace_expectedVersion_isFound(Kind<R> kind) {
    R record = kind.named.apply("a");
    R next = kind.at.apply(record, version(2));

    assertThat(kind.insert.test(record)).isTrue();
    assertThat(kind.replace.test(next, version(1))).isTrue();
    assertThat(kind.find.apply(record)).contains(next);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S2: a stale replacement changes nothing")
  <R> void replace_staleVersion_changesNothing(Kind<R> kind) {
    R first = kind.named.apply("a");
    R second = kind.at.apply(first, version(2));
    R third = kind.at.apply(first, version(3));

    assertThat(kind.insert.test(first)).isTrue();
    assertThat(kind.replace.test(second, version(1))).isTrue();
    assertThat(kind.replace.test(third, version(1))).isFalse();
    assertThat(kind.replace.test(third, version(3))).isFalse();
    assertThat(kind.find.apply(first)).contains(second);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S2: the version is compared as a whole")
  <R> void replace_sameSequenceOfAnotherChange_changesNothing(Kind<R> kind) {
    R record = kind.named.apply("a");

    assertThat(kind.insert.test(record)).isTrue();
    assertThat(kind.replace.test(kind.at.apply(record, version(2)), otherVersion(1))).isFalse();
    assertThat(kind.find.apply(record)).contains(record);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S2: a replacement of what is not there inserts nothing")
  <R> void replace_absent_changesNothing(Kind<R> kind) {
    R record = kind.named.apply("absent");

    assertThat(kind.replace.test(record, version(1))).isFalse();
    assertThat(kind.find.apply(record)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S3: keys compare exactly: case, edges, normalisation")
  <R> void find_keyThatDiffersAnyhow_isAnother(Kind<R> kind) {
    List<R> records =
        Stream.of("a", "A", "a ", " a", "\u00E9", "e\u0301", "\uFF41").map(kind.named).toList();

    assertThat(records).allMatch(kind.insert);
    assertThat(records).allSatisfy(record -> assertThat(kind.find.apply(record)).contains(record));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S2: of racing inserts of one key exactly one wins")
  <R> void insert_race_hasOneWinner(Kind<R> kind) throws Exception {
    for (int round = 0; round < 50; round++) {
      R record = kind.named.apply("race" + round);
      List<Boolean> won =
          Race.of(
              4,
              i -> {
                R mine = kind.at.apply(record, version(10 + i));
                return () -> kind.insert.test(mine);
              });

      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      assertThat(kind.find.apply(record))
          .contains(kind.at.apply(record, version(10 + won.indexOf(true))));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("S2: of racing replacements of one state exactly one wins")
  <R> void replace_race_hasOneWinner(Kind<R> kind) throws Exception {
    for (int round = 0; round < 50; round++) {
      R record = kind.named.apply("race" + round);
      assertThat(kind.insert.test(record)).isTrue();
      List<Boolean> won =
          Race.of(
              4,
              i -> {
                R mine = kind.at.apply(record, version(10 + i));
                return () -> kind.replace.test(mine, version(1));
              });

      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      assertThat(kind.find.apply(record))
          .contains(kind.at.apply(record, version(10 + won.indexOf(true))));
    }
  }
}
