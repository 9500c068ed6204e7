package io.thingward.management;

import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.thingward.access.Device;
import io.thingward.error.NotFoundException;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.ManagementPermissions;
import io.thingward.store.PageRequest;
import io.thingward.testing.Platform;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/* Two workspaces with the same names in them; whoever owns one tries the ids of the other. */
class ForeignIdsTest {
  private static final ChangeSet SOME = ChangeSet.builder().allow(RULES).build();
  private static final RoleChanges SOME_OF_ROLE = RoleChanges.builder().allow(RULES).build();
  private static final PageRequest PAGE = PageRequest.first(10);

  private final Platform platform = new Platform();
  private final PrincipalId ann = platform.user("ann");
  private final PrincipalId zoe = platform.user("zoe");
  private final PrincipalId bob = platform.user("bob");
  private final WorkspaceId acme = platform.workspace("acme", ann);
  private final WorkspaceId other = platform.workspace("other", zoe);
  private final Map<String, Management> actors = new LinkedHashMap<>();

  ForeignIdsTest() {
    actors.put("an owner", platform.thingward.as(platform.by(ann)));
    actors.put("the host", platform.host);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  /* Operations on one kind of id, by name. */
  private static final class Operations<T> {
    private final Map<String, BiConsumer<Management, T>> all = new LinkedHashMap<>();

    void act(String name, BiConsumer<Management, T> operation) {
      all.put(name, operation);
    }

    void ask(String name, BiFunction<Management, T, Object> operation) {
      act(name, (management, id) -> assertThat(operation.apply(management, id)).isNotNull());
    }
  }

  /* What an id answers, the id itself left out. */
  private static <T> String answer(Management actor, T id, BiConsumer<Management, T> operation) {
    Throwable thrown = catchThrowable(() -> operation.accept(actor, id));
    return thrown == null
        ? "nothing thrown"
        : thrown.getClass().getSimpleName()
            + ": "
            + thrown.getMessage().replace(id.toString(), "ID");
  }

  private <T> void same(Operations<T> operations, T foreign, T missing, String... by) {
    for (String actor : by) {
      Management management = actors.get(actor);
      operations.all.forEach(
          (name, operation) ->
              assertThat(answer(management, foreign, operation))
                  .as("%s by %s", name, actor)
                  .isEqualTo(answer(management, missing, operation))
                  .startsWith(NotFoundException.class.getSimpleName()));
    }
  }

  @Test
  @DisplayName("A35, B21, R1: every operation in a foreign workspace answers as in none at all")
  void foreignWorkspace() {
    RoleId role = platform.host.roles(other).create("r", RoleChanges.none()).id();
    PrincipalId robot = platform.host.apiUsers(other).create("robot", ChangeSet.none()).id();
    CredentialId accessKey = platform.host.accessKeys(other).create("k", DeviceScope.all()).id();
    CredentialId apiKey = platform.host.apiKeys(other, robot).create(NewApiKey.of("k")).id();
    platform.host.members(other).add(bob, ChangeSet.none());
    Operations<WorkspaceId> ops = new Operations<>();
    ops.ask("workspace-read", (m, w) -> m.workspaces().get(w));
    ops.ask("workspace-rename", (m, w) -> m.workspaces().rename(w, "x"));
    ops.act("workspace-delete", (m, w) -> m.workspaces().delete(w));
    ops.ask("owner-add", (m, w) -> m.workspaces().addOwner(w, bob));
    ops.ask("owner-remove", (m, w) -> m.workspaces().removeOwner(w, zoe));
    ops.ask("owner-add, handing over", (m, w) -> m.workspaces().handOver(w, zoe, bob));
    ops.ask("member-add", (m, w) -> m.members(w).add(ann, SOME));
    ops.ask("member-add by name", (m, w) -> m.members(w).addByUsername("ann", SOME));
    ops.ask("member-change", (m, w) -> m.members(w).change(bob, SOME));
    ops.act("member-remove", (m, w) -> m.members(w).remove(bob));
    ops.act("member-leave", (m, w) -> m.members(w).leave());
    ops.ask("member-read", (m, w) -> m.members(w).get(bob));
    ops.ask("member-read, list", (m, w) -> m.members(w).list(PAGE));
    ops.ask("member-compare", (m, w) -> m.covers(w, bob));
    ops.ask("rights-compare", (m, w) -> m.covers(w, SOME));
    ops.ask("role-read", (m, w) -> m.roles(w).get(role));
    ops.ask("role-read, list", (m, w) -> m.roles(w).list(PAGE));
    ops.ask("role-read, shared", (m, w) -> m.roles(w).listShared(PAGE));
    ops.ask("role-create", (m, w) -> m.roles(w).create("x", SOME_OF_ROLE));
    ops.ask("role-change", (m, w) -> m.roles(w).change(role, SOME_OF_ROLE));
    ops.ask("role-change, name", (m, w) -> m.roles(w).rename(role, "x"));
    ops.act("role-delete", (m, w) -> m.roles(w).delete(role));
    ops.ask("api-user-read", (m, w) -> m.apiUsers(w).get(robot));
    ops.ask("api-user-read, list", (m, w) -> m.apiUsers(w).list(PAGE));
    ops.ask("api-user-create", (m, w) -> m.apiUsers(w).create("x", SOME));
    ops.ask("api-user-change", (m, w) -> m.apiUsers(w).change(robot, SOME));
    ops.ask("api-user-rename", (m, w) -> m.apiUsers(w).rename(robot, "x"));
    ops.ask("api-user-suspend", (m, w) -> m.apiUsers(w).suspend(robot));
    ops.ask("api-user-resume", (m, w) -> m.apiUsers(w).resume(robot));
    ops.ask("api-user-end", (m, w) -> m.apiUsers(w).setEnd(robot, Optional.empty()));
    ops.act("api-user-delete", (m, w) -> m.apiUsers(w).delete(robot));
    ops.ask("api-user-key-read", (m, w) -> m.apiKeys(w, robot).get(apiKey));
    ops.ask("api-user-key-read, list", (m, w) -> m.apiKeys(w, robot).list(PAGE));
    ops.ask("api-user-key-create", (m, w) -> m.apiKeys(w, robot).create(NewApiKey.of("x")));
    ops.ask("api-user-key-rename", (m, w) -> m.apiKeys(w, robot).rename(apiKey, "x"));
    ops.ask("api-user-key-suspend", (m, w) -> m.apiKeys(w, robot).suspend(apiKey));
    ops.ask("api-user-key-resume", (m, w) -> m.apiKeys(w, robot).resume(apiKey));
    ops.ask("api-user-key-rotate", (m, w) -> m.apiKeys(w, robot).rotate(apiKey, Duration.ZERO));
    ops.act("api-user-key-delete", (m, w) -> m.apiKeys(w, robot).delete(apiKey));
    ops.ask("access-key-read", (m, w) -> m.accessKeys(w).get(accessKey));
    ops.ask("access-key-read, list", (m, w) -> m.accessKeys(w).list(PAGE));
    ops.ask("access-key-create", (m, w) -> m.accessKeys(w).create("x", DeviceScope.all()));
    ops.ask("access-key-edit", (m, w) -> m.accessKeys(w).rename(accessKey, "x"));
    ops.ask("access-key-suspend", (m, w) -> m.accessKeys(w).suspend(accessKey));
    ops.ask("access-key-resume", (m, w) -> m.accessKeys(w).resume(accessKey));
    ops.ask("access-key-rotate", (m, w) -> m.accessKeys(w).rotate(accessKey, Duration.ZERO));
    ops.act("access-key-delete", (m, w) -> m.accessKeys(w).delete(accessKey));
    ops.ask(
        "who-can, principals",
        (m, w) -> m.whoCan(Platform.VIEW, Device.of(w, "t1")).principals(PAGE));
    ops.ask(
        "who-can, access keys",
        (m, w) -> m.whoCan(Platform.VIEW, Device.of(w, "t1")).accessKeys(PAGE));
    platform.stores.takeCalls();
    same(ops, other, WorkspaceId.of("none"), "an owner");
    assertThat(platform.stores.takeCalls())
        .noneMatch(call -> call.contains("insert") || call.contains("replace"));
  }

  @Test
  @DisplayName("A35, B21, R1: a role of another workspace answers as one that does not exist")
  void foreignRole() {
    PrincipalId robot = platform.host.apiUsers(acme).create("robot", ChangeSet.none()).id();
    platform.host.members(acme).add(bob, ChangeSet.none());
    RoleId foreign = platform.host.roles(other).create("r", RoleChanges.none()).id();
    Operations<RoleId> ops = new Operations<>();
    ops.ask("role-read", (m, r) -> m.roles(acme).get(r));
    ops.ask("role-change", (m, r) -> m.roles(acme).change(r, SOME_OF_ROLE));
    ops.ask("role-change, name", (m, r) -> m.roles(acme).rename(r, "x"));
    ops.act("role-delete", (m, r) -> m.roles(acme).delete(r));
    ops.ask("member-change", (m, r) -> m.members(acme).change(bob, assign(r)));
    ops.ask("member-add", (m, r) -> m.members(acme).add(zoe, assign(r)));
    ops.ask("api-user-create", (m, r) -> m.apiUsers(acme).create("x", assign(r)));
    ops.ask("api-user-change", (m, r) -> m.apiUsers(acme).change(robot, assign(r)));
    ops.ask("rights-compare", (m, r) -> m.covers(acme, assign(r)));
    same(ops, foreign, RoleId.of("none"), "an owner", "the host");

    ChangeSet unassign = ChangeSet.builder().unassign(foreign, DeviceScope.all()).build();
    assertThat(actors.get("an owner").members(acme).change(bob, unassign).outcomes().get(0))
        .isEqualTo(new ChangeSet.Outcome(unassign.changes().get(0), false, List.of()));
  }

  private static ChangeSet assign(RoleId role) {
    return ChangeSet.builder().assign(role, DeviceScope.all()).build();
  }

  @Test
  @DisplayName("A35, B21, R1: principals of another workspace answer as those that do not exist")
  void foreignPrincipal() {
    PrincipalId robot = platform.host.apiUsers(other).create("robot", ChangeSet.none()).id();
    CredentialId key = platform.host.apiKeys(other, robot).create(NewApiKey.of("k")).id();
    Operations<PrincipalId> ofMembers = new Operations<>();
    ofMembers.ask("member-read", (m, p) -> m.members(acme).get(p));
    ofMembers.ask("member-change", (m, p) -> m.members(acme).change(p, SOME));
    ofMembers.act("member-remove", (m, p) -> m.members(acme).remove(p));
    ofMembers.ask("owner-remove", (m, p) -> m.workspaces().removeOwner(acme, p));
    same(ofMembers, zoe, PrincipalId.of("none"), "an owner", "the host");
    same(ofMembers, robot, PrincipalId.of("none"), "an owner", "the host");

    Operations<PrincipalId> ofApiUsers = new Operations<>();
    ofApiUsers.ask("owner-add", (m, p) -> m.workspaces().addOwner(acme, p));
    ofApiUsers.ask("owner-add, handing over", (m, p) -> m.workspaces().handOver(acme, ann, p));
    ofApiUsers.ask("member-add", (m, p) -> m.members(acme).add(p, SOME));
    ofApiUsers.ask("api-user-read", (m, p) -> m.apiUsers(acme).get(p));
    ofApiUsers.ask("api-user-change", (m, p) -> m.apiUsers(acme).change(p, SOME));
    ofApiUsers.ask("api-user-rename", (m, p) -> m.apiUsers(acme).rename(p, "x"));
    ofApiUsers.ask("api-user-suspend", (m, p) -> m.apiUsers(acme).suspend(p));
    ofApiUsers.ask("api-user-resume", (m, p) -> m.apiUsers(acme).resume(p));
    ofApiUsers.ask("api-user-end", (m, p) -> m.apiUsers(acme).setEnd(p, Optional.empty()));
    ofApiUsers.act("api-user-delete", (m, p) -> m.apiUsers(acme).delete(p));
    ofApiUsers.ask("api-user-key-read", (m, p) -> m.apiKeys(acme, p).get(key));
    ofApiUsers.ask("api-user-key-read, list", (m, p) -> m.apiKeys(acme, p).list(PAGE));
    ofApiUsers.ask("api-user-key-create", (m, p) -> m.apiKeys(acme, p).create(NewApiKey.of("x")));
    ofApiUsers.ask("api-user-key-rename", (m, p) -> m.apiKeys(acme, p).rename(key, "x"));
    ofApiUsers.ask("api-user-key-suspend", (m, p) -> m.apiKeys(acme, p).suspend(key));
    ofApiUsers.ask("api-user-key-resume", (m, p) -> m.apiKeys(acme, p).resume(key));
    ofApiUsers.ask("api-user-key-rotate", (m, p) -> m.apiKeys(acme, p).rotate(key, Duration.ZERO));
    ofApiUsers.act("api-user-key-delete", (m, p) -> m.apiKeys(acme, p).delete(key));
    same(ofApiUsers, robot, PrincipalId.of("none"), "an owner", "the host");

    Management owner = actors.get("an owner");
    assertThat(owner.covers(acme, robot)).isEqualTo(owner.covers(acme, PrincipalId.of("none")));
    assertThat(owner.covers(acme, zoe)).isEqualTo(owner.covers(acme, PrincipalId.of("none")));
  }

  @Test
  @DisplayName("A35, B21, R1: keys of others answer as keys that do not exist")
  void foreignKey() {
    PrincipalId own = platform.host.apiUsers(acme).create("robot", ChangeSet.none()).id();
    PrincipalId robot = platform.host.apiUsers(other).create("robot", ChangeSet.none()).id();
    CredentialId missing = new CredentialId(1, 2);
    Operations<CredentialId> ofApiUser = new Operations<>();
    ofApiUser.ask("api-user-key-read", (m, k) -> m.apiKeys(acme, own).get(k));
    ofApiUser.ask("api-user-key-rename", (m, k) -> m.apiKeys(acme, own).rename(k, "x"));
    ofApiUser.ask("api-user-key-suspend", (m, k) -> m.apiKeys(acme, own).suspend(k));
    ofApiUser.ask("api-user-key-resume", (m, k) -> m.apiKeys(acme, own).resume(k));
    ofApiUser.ask("api-user-key-rotate", (m, k) -> m.apiKeys(acme, own).rotate(k, Duration.ZERO));
    ofApiUser.act("api-user-key-delete", (m, k) -> m.apiKeys(acme, own).delete(k));
    CredentialId apiKey = platform.host.apiKeys(other, robot).create(NewApiKey.of("k")).id();
    CredentialId accessKey = platform.host.accessKeys(other).create("k", DeviceScope.all()).id();
    CredentialId users = platform.host.apiKeys(zoe).create(NewApiKey.of("k")).id();
    same(ofApiUser, apiKey, missing, "an owner", "the host");
    same(ofApiUser, accessKey, missing, "an owner", "the host");
    same(ofApiUser, users, missing, "an owner", "the host");

    Operations<CredentialId> ofWorkspace = new Operations<>();
    ofWorkspace.ask("access-key-read", (m, k) -> m.accessKeys(acme).get(k));
    ofWorkspace.ask("access-key-edit", (m, k) -> m.accessKeys(acme).rename(k, "x"));
    ofWorkspace.ask("access-key-suspend", (m, k) -> m.accessKeys(acme).suspend(k));
    ofWorkspace.ask("access-key-resume", (m, k) -> m.accessKeys(acme).resume(k));
    ofWorkspace.ask("access-key-rotate", (m, k) -> m.accessKeys(acme).rotate(k, Duration.ZERO));
    ofWorkspace.act("access-key-delete", (m, k) -> m.accessKeys(acme).delete(k));
    same(ofWorkspace, accessKey, missing, "an owner", "the host");
    same(ofWorkspace, apiKey, missing, "an owner", "the host");
    same(ofWorkspace, users, missing, "an owner", "the host");
  }

  @Test
  @DisplayName("R21: the comparison is a public question")
  void covers_isAPublicQuestion() {
    platform
        .host
        .members(acme)
        .add(bob, ChangeSet.builder().allow(DeviceScope.all(), VIEW).build());
    Management byBob = platform.thingward.as(platform.by(bob));
    assertThat(byBob.covers(acme, ChangeSet.builder().allow(DeviceScope.anyOf("t"), VIEW).build()))
        .isTrue();
    assertThat(byBob.covers(acme, SOME)).isFalse();
    assertThat(byBob.covers(acme, ChangeSet.builder().withdraw(RULES).build())).isTrue();
    Management owner = actors.get("an owner");
    assertThat(owner.covers(acme, bob)).isTrue();
    assertThat(owner.covers(acme, ann)).isTrue();
    Management narrowed =
        platform.thingward.as(
            platform.by(
                ann,
                NewApiKey.of("k")
                    .restrictedTo(
                        acme, DeviceScope.anyOf("t"), ManagementPermissions.MEMBERS_READ, VIEW)));
    assertThat(narrowed.covers(acme, bob)).isFalse();
    assertThat(narrowed.covers(acme, ann)).isFalse();
    assertThat(platform.host.covers(acme, ann)).isTrue();
  }
}
