package io.thingward.management;

import static io.thingward.testing.People.HOME;
import static io.thingward.testing.People.OTHER;
import static io.thingward.testing.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.Login;
import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.error.UnavailableException;
import io.thingward.model.DeviceId;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.password.PasswordRejectedException;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreUnavailableException;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.testing.FakeHasher;
import io.thingward.testing.People;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
  private static final PageRequest ALL = PageRequest.first(100);

  // --- creating ---

  @Test
  @DisplayName("A10 nobody exists in a fresh platform")
  void freshPlatform_hasNobody() {
    try (People people = new People()) {
      assertThat(people.host.users().list(ALL).items()).isEmpty();
      assertThat(people.host.workspaces().list(ALL).items()).isEmpty();
      assertThat(people.login("admin", "admin")).isInstanceOf(Authentication.Refused.class);
    }
  }

  @Test
  @DisplayName("R2 one name in one canonical form; an id is never used again")
  void create_takesNameAndId() {
    try (People people = new People()) {
      PrincipalId id = PrincipalId.of("u-1");
      try (NewUser ann = people.host.users().create(id, "Ann@Acme.Example")) {
        assertThat(ann.user())
            .isEqualTo(
                new User(
                    id,
                    new Username("ann@acme.example"),
                    people.platform.time.instant(),
                    LifecycleState.ACTIVE,
                    Optional.empty(),
                    false,
                    false,
                    Optional.of(people.platform.time.instant().plus(Duration.ofHours(24)))))
            .isEqualTo(people.host.users().get(id));
      }
      UserRecord before = people.record(id);
      assertThatThrownBy(() -> people.host.users().create("ANN@acme.example"))
          .isInstanceOf(ConflictException.class);
      assertThatThrownBy(() -> people.host.users().create(id, "bob"))
          .isInstanceOf(ConflictException.class);
      assertThat(people.record(id)).isEqualTo(before);
      assertThat(people.host.users().findByUsername("bob")).isEmpty();
      assertThat(people.host.users().create("bob").id()).isNotEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ann", "ann ", "\u0410nn", "\uff41nn", "\u212aim", "-a", "a\u0000b"})
  @DisplayName("B14 what is not a username is refused, not mapped")
  void create_refusesOtherNames(String name) {
    try (People people = new People()) {
      assertThatIllegalArgumentException().isThrownBy(() -> people.host.users().create(name));
      assertThat(people.host.users().findByUsername(name)).isEmpty();
      assertThat(people.host.users().list(ALL).items()).isEmpty();
    }
  }

  @Test
  @DisplayName("R10 a user can be created with a first API key, which the host is shown")
  void create_withFirstKey() {
    try (People people = new People();
        NewUser ann =
            people.host.users().create(PrincipalId.of("u-1"), "ann", NewApiKey.of("Node-RED"))) {
      assertThat(
              people
                  .platform
                  .authenticate(ann.key().orElseThrow().secret())
                  .orElseThrow()
                  .principal())
          .contains(ann.id());
      assertThat(people.activate(ann.activation().orElseThrow(), PASSWORD).toOptional())
          .isPresent();
    }
  }

  @Test
  @DisplayName("B10 a hash brought along is verified at login and upgraded")
  void create_withHash() {
    try (People people = new People()) {
      people.hasher.version(2);
      PasswordHash brought = FakeHasher.made(1, PASSWORD);
      NewUser ann = people.host.users().create(PrincipalId.of("u-1"), "ann", brought);
      assertThat(ann.activation()).isEmpty();
      assertThat(people.login("ann", OTHER)).isInstanceOf(Authentication.Refused.class);
      assertThat(people.record(ann.id()).password()).contains(brought);
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      assertThat(people.record(ann.id()).password().orElseThrow().encoded()).startsWith("$fake$2");
      people.hasher.takeHashes();
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
      assertThat(people.hasher.takeHashes()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("A26 a hash that no login could match is refused when it is brought, not then")
  void create_withUnreadableHash() {
    try (People people = new People()) {
      for (PasswordHash hash :
          List.of(
              new PasswordHash("$md5$whatever", Optional.empty()),
              new PasswordHash(FakeHasher.made(1, PASSWORD).encoded(), Optional.of("lost")))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> people.host.users().create(PrincipalId.of("u-1"), "ann", hash));
      }
      assertThat(people.host.users().list(ALL).items()).isEmpty();
    }
  }

  // --- names ---

  @Test
  @DisplayName("R2 a new name moves the login, never the rights; the old name is free")
  void rename_keepsRights() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      WorkspaceId acme = people.platform.workspace("acme", ann);
      Login login = people.login("ann", PASSWORD).orElseThrow();
      User renamed = people.thingward.as(login.subject()).users().rename(ann, "Anna");
      assertThat(renamed.username()).isEqualTo(new Username("anna"));
      assertThat(login.subject().isAllowed(Platform.RULES, acme)).isTrue();
      assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.Refused.class);
      assertThat(people.login("anna", PASSWORD).toOptional()).isPresent();
      assertThat(people.host.users().findByUsername("ann")).isEmpty();

      PrincipalId other = people.host.users().create("ann").id();
      assertThat(people.host.users().findByUsername("ann").orElseThrow().id()).isEqualTo(other);
      assertThatThrownBy(() -> people.host.users().rename(other, "ANNA"))
          .isInstanceOf(ConflictException.class);
      assertThat(people.record(other).username()).contains(new Username("ann"));
      assertThat(people.host.users().rename(ann, "anna").id()).isEqualTo(ann);
      assertThat(people.login("anna", PASSWORD).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName("R2 a claim without its user is void and is taken over")
  void voidClaim_isTakenOver() {
    try (People people = new People()) {
      UsernameClaim left =
          new UsernameClaim(
              new Username("ann"), people.platform.version(), PrincipalId.of("never-inserted"));
      assertThat(people.platform.memory.principals().insertClaim(left)).isTrue();
      assertThat(people.host.users().findByUsername("ann")).isEmpty();
      PrincipalId ann = people.join("ann");
      assertThat(people.host.users().findByUsername("ann").orElseThrow().id()).isEqualTo(ann);
    }
  }

  @Test
  @DisplayName(
      "R2 whoever creates a user while its claim is taken over gets no user without a name")
  void claimTakenOverMeanwhile_takesTheUserBack() {
    try (People people = new People()) {
      PrincipalId late = PrincipalId.of("u-late");
      people.platform.stores.disturb(
          (call, real) -> {
            if (call.equals("principals.insert")) {
              people.platform.stores.calm();
              people.host.users().create(PrincipalId.of("u-fast"), "ann").close();
            }
            return real.run();
          });
      assertThatThrownBy(() -> people.host.users().create(late, "ann"))
          .isInstanceOf(ConflictException.class);
      assertThat(people.record(late).state()).isEqualTo(LifecycleState.DELETED);
      assertThat(people.host.users().findByUsername("ann").orElseThrow().id())
          .isEqualTo(PrincipalId.of("u-fast"));
    }
  }

  @Test
  @DisplayName("R2 whoever judged a claim void before its user came cannot take it over after")
  void claimJudgedVoidTooEarly_isNotTakenOver() {
    try (People people = new People()) {
      boolean[] armed = {true};
      people.platform.stores.disturb(
          (call, real) -> {
            // the slow one has read the claim and finds no user; now the owner of the claim
            // finishes
            if (call.equals("principals.replaceClaim") && armed[0]) {
              armed[0] = false;
              people.host.users().create(PrincipalId.of("u-owner"), "ann").close();
            }
            return real.run();
          });
      UsernameClaim left =
          new UsernameClaim(
              new Username("ann"), people.platform.version(), PrincipalId.of("u-owner"));
      assertThat(people.platform.memory.principals().insertClaim(left)).isTrue();
      assertThatThrownBy(() -> people.host.users().create(PrincipalId.of("u-slow"), "ann"))
          .isInstanceOf(ConflictException.class);
      assertThat(people.host.users().findByUsername("ann").orElseThrow().id())
          .isEqualTo(PrincipalId.of("u-owner"));
    }
  }

  // --- suspending ---

  @Test
  @DisplayName("R19 a suspended user admits nobody; resumed, its keys and rights recover")
  void suspend_deniesForAsLongAsItLasts() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      WorkspaceId acme = people.platform.workspace("acme", ann);
      Login login = people.login("ann", PASSWORD).orElseThrow();
      Subject byKey = people.platform.by(ann);
      assertThat(people.host.users().suspend(ann).user().state())
          .isEqualTo(LifecycleState.SUSPENDED);
      assertThat(byKey.isAllowed(Platform.RULES, acme)).isFalse();
      assertThat(login.subject().isActive()).isFalse();
      people.host.users().resume(ann);
      assertThat(byKey.isAllowed(Platform.RULES, acme)).isTrue();
      assertThat(login.subject().isActive()).isFalse();
      assertThat(people.login("ann", PASSWORD).toOptional()).isPresent();
    }
  }

  @Test
  @DisplayName(
      "R19 a user with an end is as if suspended from it on: 1 ms before, at it, 1 ms after")
  void end_suspendsByPlan() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Subject byKey = people.platform.by(ann);
      people
          .host
          .users()
          .setEnd(ann, Optional.of(people.platform.time.instant().plusSeconds(2).plusNanos(999)));
      people.platform.time.pass(Duration.ofMillis(1_999));
      Login login = people.login("ann", PASSWORD).orElseThrow();
      assertThat(people.isAlive(login)).isTrue();
      for (int i = 0; i < 2; i++) {
        people.platform.time.pass(Duration.ofMillis(1));
        assertThat(people.isAlive(login)).isFalse();
        assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.Refused.class);
      }
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> people.host.users().setEnd(ann, Optional.of(people.platform.time.instant())));
      assertThat(people.host.users().setEnd(ann, Optional.empty()).endsAt()).isEmpty();
      assertThat(people.isAlive(login)).isFalse(); // as after a suspension
      assertThat(byKey.isActive()).isTrue();
    }
  }

  @Test
  @DisplayName("R3 suspending names the workspaces that are left without an active owner")
  void suspend_namesWorkspacesWithoutOwner() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      PrincipalId bob = people.join("bob");
      PrincipalId cid = people.join("cid");
      WorkspaceId alone = people.platform.workspace("alone", ann);
      WorkspaceId both = people.platform.workspace("both", ann);
      people.host.workspaces().addOwner(both, bob);
      WorkspaceId gone = people.platform.workspace("gone", ann);
      people.host.workspaces().addOwner(gone, cid);
      people.host.users().setEnd(cid, Optional.of(people.platform.time.instant().plusSeconds(1)));
      people.platform.time.pass(Duration.ofSeconds(1));
      assertThat(people.host.users().suspend(ann).withoutOwner())
          .containsExactlyInAnyOrder(alone, gone);
      assertThat(people.host.users().suspend(bob).withoutOwner()).containsExactly(both);
      assertThat(people.host.users().suspend(ann).withoutOwner())
          .containsExactlyInAnyOrder(alone, gone, both);
    }
  }

  // --- deleting ---

  @Test
  @DisplayName(
      "R23 deleting a user takes its ownerships, memberships, keys and sessions; B31 nothing is inherited")
  void delete_takesEverything() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      PrincipalId bob = people.join("bob");
      WorkspaceId acme = people.platform.workspace("acme", bob);
      people.host.workspaces().addOwner(acme, ann);
      Login login = people.login("ann", PASSWORD).orElseThrow();
      Subject byKey = people.platform.by(ann);
      people.host.users().delete(ann);
      assertThat(byKey.isActive()).isFalse();
      assertThat(login.subject().isActive()).isFalse();
      assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.Refused.class);
      assertThat(people.host.workspaces().get(acme).owners()).containsExactly(bob);
      assertThat(people.stored(ann)).isEmpty();
      assertThat(people.platform.memory.keys().listApiKeys(ann, ALL).items()).isEmpty();
      assertThat(
              people
                  .platform
                  .memory
                  .workspaces()
                  .findMembership(new MembershipId(acme, ann))
                  .orElseThrow()
                  .removed())
          .isTrue();
      UserRecord left = people.record(ann);
      assertThat(left)
          .isEqualTo(
              UserRecord.builder(ann, left.version(), left.created())
                  .state(LifecycleState.DELETED)
                  .build());
      assertThatThrownBy(() -> people.host.users().get(ann)).isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> people.host.users().delete(ann))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> people.host.users().create(ann, "ann"))
          .isInstanceOf(ConflictException.class);
      NewUser again = people.host.users().create("ann");
      people.activate(again.activation().orElseThrow(), PASSWORD);
      assertThat(
              people.login("ann", PASSWORD).orElseThrow().subject().isAllowed(Platform.RULES, acme))
          .isFalse();
    }
  }

  @Test
  @DisplayName(
      "R23 the last owner is not deleted: the call names the workspaces and changes nothing")
  void delete_ofLastOwner_isRefused() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      WorkspaceId acme = people.platform.workspace("acme", ann);
      Login login = people.login("ann", PASSWORD).orElseThrow();
      UserRecord before = people.record(ann);
      assertThatThrownBy(() -> people.host.users().delete(ann))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("acme");
      assertThat(people.record(ann)).isEqualTo(before);
      assertThat(people.isAlive(login)).isTrue();
      assertThat(people.platform.audit.last().kind()).isEqualTo(AuditKind.AUTHENTICATED);
      people.host.workspaces().handOver(acme, ann, people.join("bob"));
      people.host.users().delete(ann);
      assertThat(people.host.users().findByUsername("ann")).isEmpty();
    }
  }

  @Test
  @DisplayName("R23 two owners deleted at the same time leave one, which admits nobody and says so")
  void delete_ofBothOwners_keepsOne() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      PrincipalId bob = people.join("bob");
      WorkspaceId acme = people.platform.workspace("acme", ann);
      people.host.workspaces().addOwner(acme, bob);
      Subject byKey = people.platform.by(ann);
      boolean[] armed = {true};
      people.platform.stores.disturb(
          (call, real) -> {
            if (call.equals("principals.replace") && armed[0]) {
              armed[0] = false;
              people.host.users().delete(bob);
            }
            return real.run();
          });
      assertThatThrownBy(() -> people.host.users().delete(ann))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("acme");
      assertThat(people.host.workspaces().get(acme).owners()).containsExactly(ann);
      assertThat(people.host.users().get(ann).state()).isEqualTo(LifecycleState.DELETING);
      assertThat(byKey.isActive()).isFalse();
      assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.Refused.class);
      assertThat(people.platform.memory.keys().listApiKeys(ann, ALL).items()).isEmpty();
      assertThat(people.platform.audit.take())
          .filteredOn(AuditEvent.Change.class::isInstance)
          .map(AuditEvent.Change.class::cast)
          .filteredOn(change -> change.targets().contains("user u-ann"))
          .allSatisfy(
              change -> {
                assertThat(change.kind()).isEqualTo(AuditKind.CHANGED);
                assertThat(change.details()).containsEntry("refusal", "Conflict");
              })
          .hasSize(1);

      people.host.workspaces().addOwner(acme, people.join("cid"));
      people.host.users().delete(ann);
      assertThat(people.record(ann).state()).isEqualTo(LifecycleState.DELETED);
    }
  }

  @Test
  @DisplayName(
      "R23 a deletion that dies at any write leaves less access, never more, and is repeated")
  void delete_dyingAnywhere_canBeRepeated() {
    for (int survive = 0; ; survive++) {
      try (People people = new People()) {
        PrincipalId ann = people.join("ann");
        PrincipalId bob = people.join("bob");
        WorkspaceId acme = people.platform.workspace("acme", bob);
        people.host.workspaces().addOwner(acme, ann);
        Subject byKey = people.platform.by(ann);
        Login login = people.login("ann", PASSWORD).orElseThrow();
        int[] left = {survive};
        people.platform.stores.disturb(
            (call, real) -> {
              if (call.matches(".*\\.(replace|delete).*") && left[0]-- <= 0) {
                throw new StoreUnavailableException("down");
              }
              return real.run();
            });
        boolean done;
        try {
          people.host.users().delete(ann);
          done = true;
        } catch (UnavailableException died) {
          done = false;
        }
        people.platform.stores.calm();
        assertThat(byKey.isActive()).isEqualTo(survive == 0);
        assertThat(people.isAlive(login)).isEqualTo(survive == 0);
        if (done) {
          assertThat(survive).isGreaterThan(4);
          return;
        }
        people.host.users().delete(ann);
        assertThat(people.record(ann).state()).isEqualTo(LifecycleState.DELETED);
        assertThat(people.host.workspaces().get(acme).owners()).containsExactly(bob);
        assertThat(people.stored(ann)).isEmpty();
      }
    }
  }

  // --- passwords ---

  @Test
  @DisplayName("A08 a password is changed with the current one; every session ends, this one too")
  void changePassword_endsSessions() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Login login = people.login("ann", PASSWORD).orElseThrow();
      Login other = people.login("ann", PASSWORD).orElseThrow();
      ActivationCode code = people.host.users().issueActivation(ann);
      people.settle();
      assertThat(people.change(login.subject(), OTHER, OTHER))
          .isInstanceOf(Authentication.Refused.class);
      assertThat(people.hasher.takeHashes()).isEqualTo(1);
      assertThat(people.isAlive(login)).isTrue();
      assertThat(people.change(login.subject(), PASSWORD, OTHER).toOptional()).isPresent();
      assertThat(List.of(login, other)).noneMatch(people::isAlive);
      assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.Refused.class);
      assertThat(people.login("ann", OTHER).toOptional()).isPresent();
      assertThat(people.activate(code, PASSWORD)).isInstanceOf(Authentication.Refused.class);
    }
  }

  @Test
  @DisplayName(
      "R22 a password is changed from a recent login only: never by the host, a key, an old session")
  void changePassword_needsRecentLogin() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Login login = people.login("ann", PASSWORD).orElseThrow();
      assertThatThrownBy(() -> people.change(people.platform.by(ann), PASSWORD, OTHER))
          .isInstanceOf(NotPermittedException.class);
      try (Password password = Password.of(PASSWORD)) {
        assertThatThrownBy(() -> people.host.users().changePassword(password, password, HOME))
            .isInstanceOf(NotPermittedException.class);
      }
      people.platform.time.pass(Duration.ofMinutes(15).minusMillis(1));
      assertThat(people.change(login.subject(), OTHER, OTHER))
          .isInstanceOf(Authentication.Refused.class);
      people.platform.time.pass(Duration.ofMillis(1));
      people.settle();
      assertThatThrownBy(() -> people.change(login.subject(), PASSWORD, OTHER))
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> people.thingward.as(login.subject()).users().rename(ann, "anna"))
          .isInstanceOf(NotPermittedException.class);
      assertThat(people.hasher.takeHashes()).isZero();
    }
  }

  @Test
  @DisplayName(
      "A01 A06 what the policy refuses is refused before the current password is looked at")
  void changePassword_checksPolicy() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Login login = people.login("ann", PASSWORD).orElseThrow();
      UserRecord before = people.record(ann);
      people.settle();
      for (String fresh : List.of("fourteen chars", "ANNannANNannANN", "x".repeat(257))) {
        assertThatThrownBy(() -> people.change(login.subject(), PASSWORD, fresh))
            .isInstanceOf(PasswordRejectedException.class);
      }
      assertThat(people.hasher.takeHashes()).isZero();
      assertThat(people.record(ann)).isEqualTo(before);
      assertThat(people.change(login.subject(), PASSWORD, "fifteen letters").toOptional())
          .isPresent();
    }
  }

  @Test
  @DisplayName("A29 guesses at the current password are counted together with logins")
  void changePassword_isThrottled() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Login login = people.session(ann);
      for (int i = 0; i < 5; i++) {
        assertThat(people.change(login.subject(), OTHER, OTHER))
            .isInstanceOf(Authentication.Refused.class);
      }
      assertThat(people.change(login.subject(), PASSWORD, OTHER))
          .isInstanceOf(Authentication.TryLater.class);
      assertThat(people.login("ann", PASSWORD)).isInstanceOf(Authentication.TryLater.class);
    }
  }

  // --- who may ---

  @Test
  @DisplayName("R22 a user reads itself and nobody else; everything but its own is the host's")
  void others_haveNoPart() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      PrincipalId bob = people.join("bob");
      Users byBob = people.thingward.as(people.session(bob).subject()).users();
      assertThat(byBob.get(bob).username()).isEqualTo(new Username("bob"));
      assertThatThrownBy(() -> byBob.get(ann)).hasMessage("no user u-ann");
      assertThatThrownBy(() -> byBob.get(PrincipalId.of("u-none"))).hasMessage("no user u-none");
      assertThatThrownBy(() -> byBob.rename(ann, "anna")).hasMessage("no user u-ann");
      UserRecord anns = people.record(ann);
      UserRecord bobs = people.record(bob);
      List<Callable<Object>> ofTheHost =
          List.of(
              () -> byBob.create("cid"),
              () -> byBob.list(ALL),
              () -> byBob.findByUsername("ann"),
              () -> byBob.suspend(ann),
              () -> byBob.suspend(bob),
              () -> byBob.resume(bob),
              () -> byBob.setEnd(bob, Optional.empty()),
              () -> {
                byBob.delete(bob);
                return bob;
              },
              () -> byBob.issueActivation(ann),
              () -> byBob.issueActivation(bob),
              () -> byBob.forcePasswordChange(ann),
              () -> byBob.allowPasswordLogin(bob));
      for (Callable<Object> call : ofTheHost) {
        assertThatThrownBy(call::call).isInstanceOf(NotPermittedException.class);
      }
      assertThat(people.record(ann)).isEqualTo(anns);
      assertThat(people.record(bob)).isEqualTo(bobs);
    }
  }

  @Test
  @DisplayName("Once it is closed, the library says so, asks no store and tells no listener")
  void closed_changesNothing() {
    try (People people = new People()) {
      PrincipalId ann = people.join("ann");
      Management byAnn = people.thingward.as(people.session(ann).subject());
      people.thingward.close();
      people.settle();
      for (Callable<Object> call :
          List.<Callable<Object>>of(
              () -> people.host.users().create("bob"),
              () -> people.host.users().suspend(ann),
              () -> byAnn.users().get(ann),
              () -> {
                people.thingward.deviceChanged(WorkspaceId.of("acme"), DeviceId.of("t1"));
                return "told";
              },
              () -> byAnn.users().create("cid"))) {
        assertThatThrownBy(call::call).isInstanceOf(IllegalStateException.class);
      }
      assertThat(people.platform.stores.takeCalls()).isEmpty();
      assertThat(people.platform.audit.take()).isEmpty();
    }
  }

  @Test
  @DisplayName("R8 a listing shows users page by page, and no secret of theirs")
  void list_isPaged() {
    try (People people = new People()) {
      for (String name : List.of("ann", "bob", "cid")) {
        people.join(name);
      }
      people.host.users().delete(PrincipalId.of("u-bob"));
      var first = people.host.users().list(PageRequest.first(2));
      var rest = people.host.users().list(PageRequest.after(first.next().orElseThrow(), 2));
      assertThat(first.items()).hasSizeLessThanOrEqualTo(2);
      assertThat(Stream.concat(first.items().stream(), rest.items().stream()))
          .extracting(user -> user.username().value())
          .containsExactlyInAnyOrder("ann", "cid");
      assertThat(first.toString()).doesNotContain("fake");
    }
  }
}
