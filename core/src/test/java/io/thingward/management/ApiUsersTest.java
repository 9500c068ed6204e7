package io.thingward.management;

import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static io.thingward.testing.Platform.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.Subject;
import io.thingward.access.SubjectKind;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.AuditKind;
import io.thingward.authentication.Authentication;
import io.thingward.error.LimitException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.error.UnavailableException;
import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.ManagementPermissions;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.LifecycleState;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreUnavailableException;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApiUsersTest {
  private static final DeviceScope T1 = DeviceScope.anyOf("t1");
  private static final ChangeSet RIGHTS =
      ChangeSet.builder().allow(RULES).allow(T1, RECORD).build();

  private final Platform platform = new Platform();
  private final PrincipalId ann = platform.user("ann");
  private final PrincipalId manager = platform.user("manager");
  private final WorkspaceId acme = platform.workspace("acme", ann);
  private final WorkspaceId beta = platform.workspace("beta", ann);
  private final Device t1 = Device.of(acme, "t1");
  private final ApiUsers apiUsers = platform.host.apiUsers(acme);

  ApiUsersTest() {
    platform.member(
        acme,
        manager,
        Set.of(ManagementPermissions.API_USERS_EDIT.name(), RULES.name()),
        Set.of(),
        grant(T1, RECORD));
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private ApiUsers by(PrincipalId user) {
    return platform.thingward.as(platform.by(user)).apiUsers(acme);
  }

  private Subject subject(CreatedApiUser created) {
    return platform.authenticate(created.key().secret()).orElseThrow();
  }

  @Test
  @DisplayName("R10: an API user is created with its rights and a first key in one call")
  void create_withAFirstKey() {
    platform.audit.take();
    try (CreatedApiUser created =
        apiUsers.create(NewApiUser.of("Line 1", RIGHTS), NewApiKey.of("first"))) {
      assertThat(platform.audit.take()).hasSize(1);
      Subject subject = subject(created);
      assertThat(subject.kind()).isEqualTo(SubjectKind.API_USER);
      assertThat(subject.workspace()).contains(acme);
      assertThat(subject.permissions(acme)).containsExactly(RULES);
      assertThat(subject.permissions(t1)).containsExactlyInAnyOrder(RECORD, VIEW);
      assertThat(subject.isAllowed(VIEW, Device.of(beta, "t1"))).isFalse();
      assertThat(created.apiUser()).isEqualTo(apiUsers.get(created.apiUser().id()));
    }
  }

  @Test
  void create_validatesBeforeAnyEffect() {
    WorkspacePermission later = WorkspacePermission.of("later", "Not in the catalog");
    platform.stores.takeCalls();
    NewApiUser good = NewApiUser.of("x", RIGHTS);
    Instant past = platform.time.instant();
    assertThatThrownBy(() -> apiUsers.create("x", ChangeSet.builder().allow(later).build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> apiUsers.create(good.endsAt(past)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> apiUsers.create(good, NewApiKey.of("k").endsAt(past)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> apiUsers.create(good, NewApiKey.of("k").restrictedTo(acme, T1, later)))
        .isInstanceOf(IllegalArgumentException.class);
    Role role = platform.host.roles(acme).create("r", RoleChanges.builder().allow(RULES).build());
    ChangeSet.Builder tooMany = ChangeSet.builder();
    IntStream.rangeClosed(0, Limits.ROLES_PER_MEMBERSHIP)
        .forEach(i -> tooMany.assign(role.id(), DeviceScope.anyOf("d" + i)));
    assertThatThrownBy(() -> apiUsers.create("x", tooMany.build()))
        .isInstanceOf(LimitException.class);
    assertThat(platform.stores.takeCalls())
        .filteredOn(call -> call.contains("insert") || call.contains("replace"))
        .containsExactly("workspaces.insertRole");
  }

  @Test
  @DisplayName("R23: creating an API user that stops half way leaves less access, and says what")
  void create_thatStopsHalfWay() {
    platform.audit.take();
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("workspaces.insertMembership")) {
            throw new StoreUnavailableException("gone", new RuntimeException());
          }
          return real.run();
        });
    assertThatThrownBy(() -> apiUsers.create("Line 1", RIGHTS))
        .isInstanceOf(UnavailableException.class);
    platform.stores.calm();
    AuditEvent.Change event = (AuditEvent.Change) platform.audit.last();
    assertThat(event.kind()).isEqualTo(AuditKind.UNKNOWN);
    ApiUser left = apiUsers.list(PageRequest.first(10)).items().get(0);
    assertThat(event.targets().get(0)).startsWith("api-user " + left.id());
    assertThat(left.permissions()).isEmpty();
    assertThat(left.grants()).isEmpty();
    apiUsers.delete(left.id());
    assertThat(apiUsers.list(PageRequest.first(10)).items()).isEmpty();
  }

  @Test
  @DisplayName("R11: an API user is changed like a member and never an owner")
  void change_isAsForMembers() {
    CreatedApiUser created = apiUsers.create(NewApiUser.of("Line 1", RIGHTS), NewApiKey.of("k"));
    PrincipalId id = created.apiUser().id();
    Subject subject = subject(created);
    ChangeResult<ApiUser> result =
        apiUsers.change(id, ChangeSet.builder().withdraw(T1, VIEW).allow(T1, EDIT).build());
    assertThat(result.outcomes())
        .extracting(ChangeSet.Outcome::applied)
        .containsExactly(false, true);
    assertThat(result.outcomes().get(0).still()).contains(RightSource.ofGrant(T1, RECORD.name()));
    assertThat(result.value().grants()).containsExactly(grant(T1, RECORD, EDIT));
    assertThat(result.value().permissions()).containsExactly(RULES.name());
    assertThat(subject.isAllowed(EDIT, t1)).isTrue();

    assertThatThrownBy(() -> platform.host.workspaces().addOwner(acme, id))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> platform.host.workspaces().handOver(acme, ann, id))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> platform.host.workspaces().create("Own", id))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("R11: API users are no members; members are no API users")
  void apiUsers_areNoMembers() {
    PrincipalId id = apiUsers.create("Line 1", RIGHTS).id();
    Members members = platform.host.members(acme);
    assertThatThrownBy(() -> members.get(id)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> members.remove(id)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> members.change(id, RIGHTS)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> members.add(id, RIGHTS)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> platform.host.members(beta).add(id, RIGHTS))
        .isInstanceOf(NotFoundException.class);
    assertThat(members.list(PageRequest.first(10)).items())
        .extracting(Member::id)
        .containsExactly(ann, manager);
    assertThatThrownBy(() -> apiUsers.get(manager)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> apiUsers.delete(manager)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> apiUsers.change(manager, RIGHTS))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("R11: deleting or suspending an API user ends its keys at once")
  void delete_endsItsKeys() {
    CreatedApiUser created = apiUsers.create(NewApiUser.of("Line 1", RIGHTS), NewApiKey.of("k"));
    PrincipalId id = created.apiUser().id();
    Subject subject = subject(created);
    assertThat(apiUsers.suspend(id).state()).isEqualTo(LifecycleState.SUSPENDED);
    assertThat(subject.decide(VIEW, t1).reason()).isEqualTo(Reason.PRINCIPAL_SUSPENDED);
    apiUsers.resume(id);
    assertThat(subject.isAllowed(VIEW, t1)).isTrue();
    assertThat(apiUsers.rename(id, "Line 2").name()).isEqualTo("Line 2");
    apiUsers.delete(id);
    assertThat(subject.isActive()).isFalse();
    assertThat(platform.authenticate(created.key().secret()))
        .isInstanceOf(Authentication.Refused.class);
    assertThatThrownBy(() -> apiUsers.get(id)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> apiUsers.resume(id)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> apiUsers.change(id, RIGHTS)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> apiUsers.delete(id)).isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("R23: a deletion that stopped half way admits nobody, is listed and is repeated")
  void delete_thatStopsHalfWay() {
    CreatedApiUser created = apiUsers.create(NewApiUser.of("Line 1", RIGHTS), NewApiKey.of("k"));
    PrincipalId id = created.apiUser().id();
    Subject subject = subject(created);
    platform.stores.disturb(
        (call, real) -> {
          if (call.equals("keys.listApiKeys")) {
            throw new StoreUnavailableException("gone", new RuntimeException());
          }
          return real.run();
        });
    assertThatThrownBy(() -> apiUsers.delete(id)).isInstanceOf(UnavailableException.class);
    platform.stores.calm();
    assertThat(subject.isActive()).isFalse();
    assertThat(apiUsers.get(id).state()).isEqualTo(LifecycleState.DELETING);
    assertThatThrownBy(() -> apiUsers.resume(id)).isInstanceOf(NotFoundException.class);
    apiUsers.delete(id);
    assertThat(apiUsers.list(PageRequest.first(10)).items()).isEmpty();
  }

  @Test
  @DisplayName("R19: from its end on an API user is as if suspended")
  void setEnd_ends() {
    CreatedApiUser created = apiUsers.create(NewApiUser.of("Line 1", RIGHTS), NewApiKey.of("k"));
    PrincipalId id = created.apiUser().id();
    Subject subject = subject(created);
    Instant end = platform.time.instant().plusSeconds(60);
    assertThat(apiUsers.setEnd(id, Optional.of(end)).endsAt()).contains(end);
    assertThatThrownBy(() -> apiUsers.setEnd(id, Optional.of(platform.time.instant())))
        .isInstanceOf(IllegalArgumentException.class);
    platform.time.pass(Duration.ofSeconds(60));
    assertThat(platform.authenticate(created.key().secret()))
        .isInstanceOf(Authentication.Refused.class);
    apiUsers.setEnd(id, Optional.empty());
    assertThat(subject.isAllowed(VIEW, t1)).isTrue();
  }

  @Test
  @DisplayName("R21: API users are given and touched within what the actor's credential holds")
  void give_isCovered() {
    assertThatThrownBy(
            () ->
                by(manager).create("x", ChangeSet.builder().allow(DeviceScope.all(), VIEW).build()))
        .isInstanceOf(NotPermittedException.class);
    PrincipalId own = by(manager).create("Line 1", RIGHTS).id();
    assertThatThrownBy(() -> by(manager).change(own, ChangeSet.builder().allow(T1, EDIT).build()))
        .isInstanceOf(NotPermittedException.class);
    apiUsers.change(own, ChangeSet.builder().allow(T1, EDIT).build());
    ApiUser before = apiUsers.get(own);
    Instant end = platform.time.instant().plusSeconds(60);
    ApiUsers limited = by(manager);
    assertThatThrownBy(() -> limited.change(own, ChangeSet.builder().withdraw(RULES).build()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> limited.rename(own, "x")).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> limited.suspend(own)).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> limited.resume(own)).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> limited.setEnd(own, Optional.of(end)))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> limited.delete(own)).isInstanceOf(NotPermittedException.class);
    assertThat(apiUsers.get(own)).isEqualTo(before);
    apiUsers.change(own, ChangeSet.builder().withdraw(T1, EDIT).build());
    limited.delete(own);
  }

  @Test
  @DisplayName("R21: an API user does not change itself, nor leave")
  void itself_isNotTouched() {
    CreatedApiUser created =
        apiUsers.create(
            NewApiUser.of(
                "Admin",
                ChangeSet.builder().allow(ManagementPermissions.API_USERS_EDIT, RULES).build()),
            NewApiKey.of("k"));
    PrincipalId id = created.apiUser().id();
    Management itself = platform.thingward.as(subject(created));
    ApiUsers bySelf = itself.apiUsers(acme);
    assertThatThrownBy(() -> bySelf.change(id, ChangeSet.builder().withdraw(RULES).build()))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> bySelf.rename(id, "x")).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> bySelf.delete(id)).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> itself.members(acme).leave())
        .isInstanceOf(NotPermittedException.class);
    assertThat(bySelf.create("Other", ChangeSet.none()).name()).isEqualTo("Other");
  }

  @Test
  void list_isPagedAndShowsRights() {
    ApiUser first = apiUsers.create("A", RIGHTS);
    ApiUser second = apiUsers.create("B", ChangeSet.none());
    platform.host.apiUsers(beta).create("C", ChangeSet.none());
    var page = apiUsers.list(PageRequest.first(1));
    var next = apiUsers.list(PageRequest.after(page.next().orElseThrow(), 10));
    assertThat(page.items()).hasSize(1);
    assertThat(page.items().get(0)).isIn(first, second);
    assertThat(next.items()).hasSize(1);
    assertThat(Set.of(page.items().get(0), next.items().get(0)))
        .containsExactlyInAnyOrder(first, second);
  }
}
