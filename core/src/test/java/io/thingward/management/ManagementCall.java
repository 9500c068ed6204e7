package io.thingward.management;

import static io.thingward.management.ManagementWorld.ACME;
import static io.thingward.management.ManagementWorld.ANN;
import static io.thingward.management.ManagementWorld.BEN;
import static io.thingward.management.ManagementWorld.CREW;
import static io.thingward.management.ManagementWorld.DAN;
import static io.thingward.management.ManagementWorld.EVE;
import static io.thingward.management.ManagementWorld.GUESTS;
import static io.thingward.management.ManagementWorld.OLGA;
import static io.thingward.management.ManagementWorld.PARIS;
import static io.thingward.testing.Platform.EDIT;
import static io.thingward.testing.Platform.RECORD;
import static io.thingward.testing.Platform.RULES;
import static io.thingward.testing.Platform.VIEW;

import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.NotPermittedException;
import io.thingward.internal.management.Operation;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.permission.ManagementPermissions;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.LastUse;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.testing.FakeHasher;
import io.thingward.testing.People;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/*
 * One call of management in a world, by one actor.
 *
 * operation: which operation it is
 * title: what is done
 * by: who does it
 * given: what the world is like before
 * effect: does it
 * again: what the same call may be told when it is made again after one that was cut short, having
 *     changed something: the Javadoc of the method says so
 * hostGoesOn: whether an actor who is not permitted to make it again leaves that to the host
 */
record ManagementCall(
    Operation operation,
    String title,
    By by,
    Consumer<ManagementWorld> given,
    BiFunction<Management, ManagementWorld, Object> effect,
    Set<Class<?>> again,
    boolean hostGoesOn) {

  /* An actor. */
  enum By {
    HOST("the host"),
    ANN("an owner, from a session"),
    OLGA("the other owner, from a session"),
    BEN("a manager, through a key"),
    EVE("the user, from a session");

    private final String text;

    By(String text) {
      this.text = text;
    }

    Management in(ManagementWorld world) {
      return switch (this) {
        case HOST -> world.host;
        case ANN -> world.people.thingward.as(world.ann.subject());
        case OLGA -> world.people.thingward.as(world.olga.subject());
        case BEN -> world.people.thingward.as(world.ben);
        case EVE -> world.people.thingward.as(world.eve.subject());
      };
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final PageRequest ALL = PageRequest.first(100);
  private static final DeviceScope ROME = DeviceScope.anyOf("site=rome");
  private static final ChangeSet RIGHTS =
      ChangeSet.builder().allow(RULES).allow(PARIS, RECORD).assign(GUESTS, ROME).build();
  private static final ChangeSet CHANGES =
      ChangeSet.builder().allow(ROME, EDIT).withdraw(RULES).assign(CREW, ROME).build();
  private static final RoleChanges ROLE =
      RoleChanges.builder().allow(RULES).allowOnAllDevices(VIEW).build();
  private static final RoleChanges ROLE_CHANGES =
      RoleChanges.builder().allowOnAllDevices(VIEW).withdrawOnAssignedDevices(RECORD).build();
  private static final PrincipalId ZOE = PrincipalId.of("u-zoe");
  private static final WorkspaceId BOLT = WorkspaceId.of("bolt");

  Object run(ManagementWorld world) {
    return effect.apply(by.in(world), world);
  }

  @Override
  public String toString() {
    return by + ": " + title;
  }

  private ManagementCall given(Consumer<ManagementWorld> before) {
    return new ManagementCall(operation, title, by, before, effect, again, hostGoesOn);
  }

  ManagementCall by(By other) {
    return new ManagementCall(operation, title, other, given, effect, again, hostGoesOn);
  }

  private ManagementCall again(Class<?>... refusals) {
    return new ManagementCall(operation, title, by, given, effect, Set.of(refusals), hostGoesOn);
  }

  private ManagementCall thenByHost() {
    return new ManagementCall(operation, title, by, given, effect, again, true);
  }

  /* By whoever may, beside the host; by the host where nobody else may. */
  private static ManagementCall call(
      Operation operation, String title, BiFunction<Management, ManagementWorld, Object> effect) {
    By by =
        switch (operation.who()) {
          case HOST -> By.HOST;
          case PERMISSION, MEMBER -> By.BEN;
          case OWNER -> By.ANN;
          case SELF, SELF_RECENT -> By.EVE;
        };
    return new ManagementCall(operation, title, by, world -> {}, effect, Set.of(), false);
  }

  private static ManagementCall act(
      Operation operation, String title, BiConsumer<Management, ManagementWorld> effect) {
    return call(
        operation,
        title,
        (management, world) -> {
          effect.accept(management, world);
          return "done";
        });
  }

  static List<ManagementCall> all() {
    List<ManagementCall> all = new ArrayList<>();
    Stream.of(
            users(),
            passwords(),
            sessions(),
            userKeys(),
            workspaces(),
            owners(),
            members(),
            roles(),
            sharedRoles(),
            apiUsers(),
            apiUserKeys(),
            accessKeys(),
            whoCan(),
            imports(),
            purge())
        .forEach(all::addAll);
    return all;
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("the store refused");
    }
  }

  /* In no order: that of keys depends on random ids. */
  private static <T> Set<T> items(Page<T> page) {
    return Set.copyOf(page.items());
  }

  private static List<ManagementCall> users() {
    return List.of(
        call(Operation.USER_CREATE, "create a user", (by, world) -> by.users().create("zoe"))
            .again(ConflictException.class),
        call(
                Operation.USER_CREATE,
                "create a user with an id",
                (by, world) -> by.users().create(ZOE, "zoe"))
            .again(ConflictException.class),
        call(
                Operation.USER_CREATE,
                "create a user with a first key",
                (by, world) -> by.users().create(ZOE, "zoe", NewApiKey.of("first")))
            .again(ConflictException.class),
        call(
                Operation.USER_CREATE,
                "create a user with a password of old",
                (by, world) -> by.users().create(ZOE, "zoe", FakeHasher.made(1, People.OTHER)))
            .again(ConflictException.class),
        call(
                Operation.USER_CREATE,
                "create a user whose name is claimed, but not carried",
                (by, world) -> by.users().create(ZOE, "zoe"))
            .given(
                world ->
                    require(
                        world
                            .platform
                            .stores
                            .principals()
                            .insertClaim(
                                new UsernameClaim(
                                    new Username("zoe"), world.platform.version(), BEN))))
            .again(ConflictException.class),
        call(Operation.USER_READ, "read a user", (by, world) -> by.users().get(EVE)),
        call(
            Operation.USER_LIST,
            "find a user by name",
            (by, world) -> by.users().findByUsername("eve")),
        call(Operation.USER_LIST, "list users", (by, world) -> items(by.users().list(ALL))),
        call(Operation.USER_RENAME, "rename a user", (by, world) -> by.users().rename(EVE, "eva")),
        call(Operation.USER_SUSPEND, "suspend a user", (by, world) -> by.users().suspend(EVE)),
        call(Operation.USER_SUSPEND, "suspend an owner", (by, world) -> by.users().suspend(ANN)),
        call(Operation.USER_RESUME, "resume a user", (by, world) -> by.users().resume(EVE))
            .given(world -> world.host.users().suspend(EVE)),
        call(
            Operation.USER_END,
            "set the end of a user",
            (by, world) -> by.users().setEnd(EVE, tomorrow(world))),
        act(Operation.USER_DELETE, "delete a user", (by, world) -> by.users().delete(EVE))
            .again(NotFoundException.class),
        act(Operation.USER_DELETE, "delete an owner", (by, world) -> by.users().delete(OLGA))
            .again(NotFoundException.class));
  }

  private static Optional<Instant> tomorrow(ManagementWorld world) {
    return Optional.of(world.platform.time.instant().plus(Duration.ofDays(1)));
  }

  private static List<ManagementCall> passwords() {
    return List.of(
        call(
            Operation.USER_ACTIVATE,
            "give a user a code for a password",
            (by, world) -> by.users().issueActivation(EVE)),
        call(
            Operation.USER_FORCE_PASSWORD_CHANGE,
            "force a user to change the password",
            (by, world) -> by.users().forcePasswordChange(EVE)),
        call(
                Operation.USER_ALLOW_PASSWORD_LOGIN,
                "allow password login again",
                (by, world) -> by.users().allowPasswordLogin(EVE))
            .given(
                world -> {
                  UserRecord eve = world.people.record(EVE);
                  require(
                      world
                          .platform
                          .memory
                          .principals()
                          .replace(
                              eve.toBuilder()
                                  .passwordLoginStopped(true)
                                  .version(world.platform.version())
                                  .build(),
                              eve.version()));
                }),
        call(
                Operation.USER_CHANGE_PASSWORD,
                "change one's password",
                (by, world) -> {
                  try (Password was = Password.of(People.PASSWORD);
                      Password will = Password.of(People.OTHER)) {
                    return by.users().changePassword(was, will, People.HOME);
                  }
                })
            .again(NotPermittedException.class)); // the session that asked has ended with it
  }

  private static List<ManagementCall> sessions() {
    return List.of(
        call(
            Operation.SESSION_ISSUE,
            "issue a session",
            (by, world) -> by.sessions(EVE).issue(People.HOME)),
        call(
                Operation.SESSION_ISSUE,
                "issue a session beside those that ended",
                (by, world) -> by.sessions(EVE).issue(People.HOME))
            .given(world -> world.host.sessions(EVE).endAll()),
        call(
            Operation.SESSION_READ,
            "list sessions",
            (by, world) -> items(by.sessions(EVE).list(ALL))),
        act(
                Operation.SESSION_END,
                "end another session",
                (by, world) -> by.sessions(EVE).end(world.eveElsewhere.session().id()))
            .again(NotFoundException.class),
        act(
                Operation.SESSION_END,
                "log out",
                (by, world) -> by.sessions(EVE).end(world.eve.session().id()))
            .again(NotPermittedException.class),
        act(
                Operation.SESSION_END_ALL,
                "log out everywhere",
                (by, world) -> by.sessions(EVE).endAll())
            .again(NotPermittedException.class));
  }

  private static List<ManagementCall> userKeys() {
    return List.of(
        call(
            Operation.USER_KEY_CREATE,
            "create a key of a user",
            (by, world) ->
                by.apiKeys(EVE).create(NewApiKey.of("new").restrictedTo(ACME, PARIS, VIEW))),
        call(
            Operation.USER_KEY_READ,
            "read a key of a user",
            (by, world) -> by.apiKeys(EVE).get(world.eveKey.id())),
        call(
            Operation.USER_KEY_READ,
            "list the keys of a user",
            (by, world) -> items(by.apiKeys(EVE).list(ALL))),
        call(
            Operation.USER_KEY_RENAME,
            "rename a key of a user",
            (by, world) -> by.apiKeys(EVE).rename(world.eveKey.id(), "renamed")),
        call(
            Operation.USER_KEY_SUSPEND,
            "suspend a key of a user",
            (by, world) -> by.apiKeys(EVE).suspend(world.eveKey.id())),
        call(
                Operation.USER_KEY_RESUME,
                "resume a key of a user",
                (by, world) -> by.apiKeys(EVE).resume(world.eveKey.id()))
            .given(world -> world.host.apiKeys(EVE).suspend(world.eveKey.id())),
        call(
            Operation.USER_KEY_ROTATE,
            "rotate a key of a user",
            (by, world) -> by.apiKeys(EVE).rotate(world.eveKey.id(), Duration.ZERO)),
        act(
                Operation.USER_KEY_DELETE,
                "delete a key of a user",
                (by, world) -> by.apiKeys(EVE).delete(world.eveKey.id()))
            .again(NotFoundException.class));
  }

  private static List<ManagementCall> workspaces() {
    return List.of(
        call(
            Operation.WORKSPACE_CREATE,
            "create a workspace",
            (by, world) -> by.workspaces().create("Bolt", DAN)),
        call(
                Operation.WORKSPACE_CREATE,
                "create a workspace with an id",
                (by, world) -> by.workspaces().create(BOLT, "Bolt", DAN))
            .again(ConflictException.class),
        call(
            Operation.WORKSPACE_READ, "read a workspace", (by, world) -> by.workspaces().get(ACME)),
        call(
            Operation.WORKSPACE_LIST,
            "list workspaces",
            (by, world) -> items(by.workspaces().list(ALL))),
        call(
            Operation.WORKSPACE_RENAME,
            "rename a workspace",
            (by, world) -> by.workspaces().rename(ACME, "Acme Ltd")),
        call(
            Operation.WORKSPACE_SUSPEND,
            "suspend a workspace",
            (by, world) -> by.workspaces().suspend(ACME)),
        call(
                Operation.WORKSPACE_RESUME,
                "resume a workspace",
                (by, world) -> by.workspaces().resume(ACME))
            .given(world -> world.host.workspaces().suspend(ACME)),
        act(
                Operation.WORKSPACE_DELETE,
                "delete a workspace",
                (by, world) -> by.workspaces().delete(ACME))
            .by(By.HOST)
            .again(NotFoundException.class),
        act(
                Operation.WORKSPACE_DELETE,
                "delete a workspace",
                (by, world) -> by.workspaces().delete(ACME))
            .again(NotFoundException.class, NotPermittedException.class)
            .thenByHost());
  }

  private static List<ManagementCall> owners() {
    return List.of(
        call(
            Operation.OWNER_ADD,
            "make a stranger an owner",
            (by, world) -> by.workspaces().addOwner(ACME, DAN)),
        call(
            Operation.OWNER_ADD,
            "make a member an owner",
            (by, world) -> by.workspaces().addOwner(ACME, EVE)),
        call(
                Operation.OWNER_ADD,
                "make a member of old an owner",
                (by, world) -> by.workspaces().addOwner(ACME, EVE))
            .given(world -> world.host.members(ACME).remove(EVE)),
        call(
                Operation.OWNER_ADD,
                "hand over to a stranger",
                (by, world) -> by.workspaces().handOver(ACME, OLGA, DAN))
            .again(NotFoundException.class),
        call(
                Operation.OWNER_ADD,
                "hand over what is one's own",
                (by, world) -> by.workspaces().handOver(ACME, ANN, EVE))
            .again(NotPermittedException.class),
        call(
                Operation.OWNER_REMOVE,
                "make an owner an ordinary member",
                (by, world) -> by.workspaces().removeOwner(ACME, OLGA))
            .again(NotFoundException.class));
  }

  private static List<ManagementCall> members() {
    return List.of(
        call(Operation.MEMBER_ADD, "add a member", (by, world) -> by.members(ACME).add(DAN, RIGHTS))
            .again(ConflictException.class),
        call(
                Operation.MEMBER_ADD,
                "add a member by name",
                (by, world) -> by.members(ACME).addByUsername("dan", RIGHTS))
            .again(ConflictException.class),
        call(
                Operation.MEMBER_ADD,
                "add a member of old",
                (by, world) -> by.members(ACME).add(EVE, RIGHTS))
            .given(world -> world.host.members(ACME).remove(EVE))
            .again(ConflictException.class),
        call(
            Operation.MEMBER_CHANGE,
            "change a member",
            (by, world) -> by.members(ACME).change(EVE, CHANGES)),
        act(Operation.MEMBER_REMOVE, "remove a member", (by, world) -> by.members(ACME).remove(EVE))
            .again(NotFoundException.class),
        act(
                Operation.MEMBER_REMOVE,
                "remove an owner",
                (by, world) -> by.members(ACME).remove(OLGA))
            .by(By.ANN)
            .again(NotFoundException.class),
        act(Operation.MEMBER_LEAVE, "leave", (by, world) -> by.members(ACME).leave())
            .by(By.EVE)
            .again(NotFoundException.class),
        act(Operation.MEMBER_LEAVE, "leave", (by, world) -> by.members(ACME).leave())
            .by(By.OLGA)
            .again(NotFoundException.class),
        call(Operation.MEMBER_READ, "read a member", (by, world) -> by.members(ACME).get(EVE)),
        call(
            Operation.MEMBER_READ,
            "list members",
            (by, world) -> items(by.members(ACME).list(ALL))),
        call(
            Operation.RIGHTS_COMPARE,
            "compare a change set with one's rights",
            (by, world) -> by.covers(ACME, RIGHTS)),
        call(
            Operation.MEMBER_COMPARE,
            "compare a member with one's rights",
            (by, world) -> by.covers(ACME, EVE)),
        call(
            Operation.MEMBER_COMPARE,
            "compare an owner with one's rights",
            (by, world) -> by.covers(ACME, ANN)));
  }

  private static List<ManagementCall> roles() {
    return List.of(
        call(
            Operation.ROLE_CREATE,
            "create a role",
            (by, world) -> by.roles(ACME).create("Cooks", ROLE)),
        call(
                Operation.ROLE_CREATE,
                "create a role with an id",
                (by, world) -> by.roles(ACME).create(RoleId.of("cooks"), "Cooks", ROLE))
            .by(By.HOST)
            .again(ConflictException.class),
        call(
            Operation.ROLE_CHANGE,
            "rename a role",
            (by, world) -> by.roles(ACME).rename(CREW, "The crew")),
        call(
            Operation.ROLE_CHANGE,
            "change a role",
            (by, world) -> by.roles(ACME).change(CREW, ROLE_CHANGES)),
        act(Operation.ROLE_DELETE, "delete a role", (by, world) -> by.roles(ACME).delete(CREW))
            .again(NotFoundException.class),
        call(Operation.ROLE_READ, "read a role", (by, world) -> by.roles(ACME).get(CREW)),
        call(Operation.ROLE_READ, "list roles", (by, world) -> items(by.roles(ACME).list(ALL))),
        call(
            Operation.ROLE_READ,
            "list shared roles",
            (by, world) -> items(by.roles(ACME).listShared(ALL))));
  }

  private static List<ManagementCall> sharedRoles() {
    return List.of(
        call(
            Operation.SHARED_ROLE_CREATE,
            "create a shared role",
            (by, world) -> by.sharedRoles().create("Cooks", ROLE)),
        call(
            Operation.SHARED_ROLE_CHANGE,
            "change a shared role",
            (by, world) ->
                by.sharedRoles()
                    .change(
                        GUESTS,
                        RoleChanges.builder()
                            .allow(ManagementPermissions.MEMBERS_READ)
                            .withdrawOnAllDevices(VIEW)
                            .build())),
        act(
                Operation.SHARED_ROLE_DELETE,
                "delete a shared role",
                (by, world) -> by.sharedRoles().delete(GUESTS))
            .again(NotFoundException.class),
        call(
            Operation.SHARED_ROLE_READ,
            "read a shared role",
            (by, world) -> by.sharedRoles().get(GUESTS)),
        call(
            Operation.SHARED_ROLE_READ,
            "list shared roles as such",
            (by, world) -> items(by.sharedRoles().list(ALL))));
  }

  private static List<ManagementCall> apiUsers() {
    return List.of(
        call(
            Operation.API_USER_CREATE,
            "create an API user",
            (by, world) -> by.apiUsers(ACME).create("Arm", RIGHTS)),
        call(
            Operation.API_USER_CREATE,
            "create an API user with a first key",
            (by, world) ->
                by.apiUsers(ACME).create(NewApiUser.of("Arm", RIGHTS), NewApiKey.of("first"))),
        call(
            Operation.API_USER_READ,
            "read an API user",
            (by, world) -> by.apiUsers(ACME).get(world.robot)),
        call(
            Operation.API_USER_READ,
            "list API users",
            (by, world) -> items(by.apiUsers(ACME).list(ALL))),
        call(
            Operation.API_USER_CHANGE,
            "change an API user",
            (by, world) -> by.apiUsers(ACME).change(world.robot, CHANGES)),
        call(
            Operation.API_USER_RENAME,
            "rename an API user",
            (by, world) -> by.apiUsers(ACME).rename(world.robot, "R2")),
        call(
            Operation.API_USER_SUSPEND,
            "suspend an API user",
            (by, world) -> by.apiUsers(ACME).suspend(world.robot)),
        call(
                Operation.API_USER_RESUME,
                "resume an API user",
                (by, world) -> by.apiUsers(ACME).resume(world.robot))
            .given(world -> world.host.apiUsers(ACME).suspend(world.robot)),
        call(
            Operation.API_USER_END,
            "set the end of an API user",
            (by, world) -> by.apiUsers(ACME).setEnd(world.robot, tomorrow(world))),
        act(
                Operation.API_USER_DELETE,
                "delete an API user",
                (by, world) -> by.apiUsers(ACME).delete(world.robot))
            .again(NotFoundException.class));
  }

  private static List<ManagementCall> apiUserKeys() {
    return List.of(
        call(
            Operation.API_USER_KEY_CREATE,
            "create a key of an API user",
            (by, world) -> by.apiKeys(ACME, world.robot).create(NewApiKey.of("new"))),
        call(
            Operation.API_USER_KEY_READ,
            "read a key of an API user",
            (by, world) -> by.apiKeys(ACME, world.robot).get(world.robotKey.id())),
        call(
            Operation.API_USER_KEY_READ,
            "list the keys of an API user",
            (by, world) -> items(by.apiKeys(ACME, world.robot).list(ALL))),
        call(
            Operation.API_USER_KEY_RENAME,
            "rename a key of an API user",
            (by, world) -> by.apiKeys(ACME, world.robot).rename(world.robotKey.id(), "renamed")),
        call(
            Operation.API_USER_KEY_SUSPEND,
            "suspend a key of an API user",
            (by, world) -> by.apiKeys(ACME, world.robot).suspend(world.robotKey.id())),
        call(
                Operation.API_USER_KEY_RESUME,
                "resume a key of an API user",
                (by, world) -> by.apiKeys(ACME, world.robot).resume(world.robotKey.id()))
            .given(world -> world.host.apiKeys(ACME, world.robot).suspend(world.robotKey.id())),
        call(
            Operation.API_USER_KEY_ROTATE,
            "rotate a key of an API user",
            (by, world) ->
                by.apiKeys(ACME, world.robot).rotate(world.robotKey.id(), Duration.ofHours(1))),
        act(
                Operation.API_USER_KEY_DELETE,
                "delete a key of an API user",
                (by, world) -> by.apiKeys(ACME, world.robot).delete(world.robotKey.id()))
            .again(NotFoundException.class));
  }

  private static List<ManagementCall> accessKeys() {
    return List.of(
        call(
            Operation.ACCESS_KEY_CREATE,
            "create an access key",
            (by, world) -> by.accessKeys(ACME).create("New", PARIS)),
        call(
            Operation.ACCESS_KEY_CREATE,
            "create access keys",
            (by, world) ->
                by.accessKeys(ACME)
                    .createAll(
                        List.of(
                            NewAccessKey.of("One", PARIS),
                            NewAccessKey.of("Other", DeviceScope.all())))),
        call(
            Operation.ACCESS_KEY_READ,
            "read an access key",
            (by, world) -> by.accessKeys(ACME).get(world.paris.id())),
        call(
            Operation.ACCESS_KEY_READ,
            "list access keys",
            (by, world) -> items(by.accessKeys(ACME).list(ALL))),
        call(
            Operation.ACCESS_KEY_EDIT,
            "rename an access key",
            (by, world) -> by.accessKeys(ACME).rename(world.paris.id(), "Renamed")),
        call(
            Operation.ACCESS_KEY_EDIT,
            "describe an access key",
            (by, world) -> by.accessKeys(ACME).describe(world.paris.id(), "On the roof")),
        call(
            Operation.ACCESS_KEY_SUSPEND,
            "suspend an access key",
            (by, world) -> by.accessKeys(ACME).suspend(world.paris.id())),
        call(
                Operation.ACCESS_KEY_RESUME,
                "resume an access key",
                (by, world) -> by.accessKeys(ACME).resume(world.paris.id()))
            .given(world -> world.host.accessKeys(ACME).suspend(world.paris.id())),
        call(
            Operation.ACCESS_KEY_ROTATE,
            "rotate an access key",
            (by, world) -> by.accessKeys(ACME).rotate(world.paris.id(), Duration.ZERO)),
        act(
                Operation.ACCESS_KEY_DELETE,
                "delete an access key",
                (by, world) -> by.accessKeys(ACME).delete(world.paris.id()))
            .again(NotFoundException.class));
  }

  private static List<ManagementCall> whoCan() {
    return List.of(
        call(
            Operation.WHO_CAN,
            "who may see a device",
            (by, world) -> items(by.whoCan(VIEW, world.t1).principals(ALL))),
        call(
            Operation.WHO_CAN,
            "the access keys that may see a device",
            (by, world) -> items(by.whoCan(VIEW, world.t1).accessKeys(ALL))));
  }

  private static List<ManagementCall> imports() {
    return List.of(
        call(
            Operation.IMPORT,
            "import records",
            (by, world) ->
                by.importRecords(
                    List.<StoreRecord>of(
                            Imported.ZOES_NAME, Imported.ZOES, Imported.YANS_NAME, Imported.YANS)
                        .iterator())),
        call(
            Operation.IMPORT,
            "resume an import",
            (by, world) -> by.resumeImport(Imported.ALL.iterator())));
  }

  private static List<ManagementCall> purge() {
    return List.of(
        act(
                Operation.PURGE,
                "purge what ended long ago",
                (by, world) -> by.purge(Duration.ofDays(1)))
            .given(ManagementCall::endLongAgo));
  }

  private static void endLongAgo(ManagementWorld world) {
    Instant begun = world.platform.time.instant().minus(Duration.ofDays(500));
    Instant ended = begun.plus(Duration.ofDays(1));
    SecretDigest digest = new SecretDigest(1, 2, 3, 4, Optional.empty());
    CredentialId key = new CredentialId(1, 1);
    CredentialId session = new CredentialId(1, 2);
    require(
        world
                .platform
                .stores
                .keys()
                .insert(
                    ApiKeyRecord.builder(
                            key,
                            world.platform.version(),
                            begun,
                            EVE,
                            "old",
                            List.of(new StoredSecret(digest, Optional.empty())),
                            Restriction.unrestricted())
                        .endsAt(Optional.of(ended))
                        .build())
            && world
                .platform
                .stores
                .sessions()
                .insert(
                    new SessionRecord(
                        session, begun, EVE, digest, 0, ended, SessionRecord.Origin.HOST)));
    LastUse use = new LastUse(begun, Optional.empty(), Optional.empty());
    world.platform.memory.keyUses().record(Map.of(key, use, new CredentialId(1, 3), use));
    world.platform.memory.sessionUses().record(Map.of(session, use));
  }
}
