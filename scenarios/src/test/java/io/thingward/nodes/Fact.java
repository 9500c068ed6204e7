package io.thingward.nodes;

import static io.thingward.nodes.Cast.PARIS;
import static io.thingward.nodes.Cast.RULES;
import static io.thingward.nodes.Cast.VIEW;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.Subject;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.PresentedCredential;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewApiUser;
import io.thingward.management.RoleChanges;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.scenarios.Fleet;
import java.util.function.Predicate;

/**
 * Something that is so or not, can be turned over as often as one likes, and decides alone what one
 * subject is answered. At first it is so.
 *
 * @param credential speaks for the subject
 * @param turn makes it so on a node, or not so
 * @param question is answered as it is
 */
record Fact(String name, PresentedCredential credential, Turn turn, Predicate<Subject> question) {

  /** Makes something so on a node, or not so. */
  @FunctionalInterface
  interface Turn {
    void to(boolean value, Thingward node);
  }

  /** One fact of each kind, about people and a workspace of their own. */
  static Fact of(int number, Management host, Fleet fleet) {
    return new Stage(number, host, fleet).fact();
  }

  /** How many kinds there are. */
  static final int KINDS = 10;

  private static Management on(Thingward node) {
    return node.asHost("oracle");
  }

  private record Key(CredentialId id, PresentedCredential presented) {}

  /* Where a fact is set up: an owner and a user, in a workspace with a device. */
  private static final class Stage {
    private final int number;
    private final Management host;
    private final Fleet fleet;
    private final PrincipalId user;
    private final WorkspaceId place;
    private final Device device;

    Stage(int number, Management host, Fleet fleet) {
      this.number = number;
      this.host = host;
      this.fleet = fleet;
      PrincipalId owner =
          host.users().create(PrincipalId.of("owner" + number), "owner" + number).id();
      user = host.users().create(PrincipalId.of("user" + number), "user" + number).id();
      place = host.workspaces().create(WorkspaceId.of("place" + number), "Place", owner).id();
      device = Device.of(place, "t1").tagged("site", "paris");
      fleet.put(device);
    }

    Fact fact() {
      return switch (number % KINDS) {
        case 0 -> key();
        case 1 -> user();
        case 2 -> owner();
        case 3 -> grant();
        case 4 -> role();
        case 5 -> workspace();
        case 6 -> accessKey();
        case 7 -> membership();
        case 8 -> assignment();
        default -> tag();
      };
    }

    private Fact fact(String kind, PresentedCredential by, Turn turn, Predicate<Subject> question) {
      return new Fact(kind + " " + number, by, turn, question);
    }

    private Key apiKey() {
      var issued = host.apiKeys(user).create(NewApiKey.of("key"));
      return new Key(issued.id(), new BearerToken(issued.secret()));
    }

    private Key accessKeyOfParis() {
      var issued = host.accessKeys(place).create("Paris", PARIS);
      return new Key(issued.id(), DeviceLogin.of(issued.id(), issued.secret(), device.id()));
    }

    private Fact key() {
      Key key = apiKey();
      return fact(
          "an active API key",
          key.presented,
          (value, node) -> {
            if (value) {
              on(node).apiKeys(user).resume(key.id);
            } else {
              on(node).apiKeys(user).suspend(key.id);
            }
          },
          Subject::isActive);
    }

    private Fact user() {
      return fact(
          "an active user",
          apiKey().presented,
          (value, node) -> {
            if (value) {
              on(node).users().resume(user);
            } else {
              on(node).users().suspend(user);
            }
          },
          Subject::isActive);
    }

    private Fact owner() {
      host.workspaces().addOwner(place, user);
      return fact(
          "an owner",
          apiKey().presented,
          (value, node) -> {
            if (value) {
              on(node).workspaces().addOwner(place, user);
            } else {
              on(node).workspaces().removeOwner(place, user);
            }
          },
          subject -> subject.isAllowed(RULES, place));
    }

    private Fact grant() {
      ChangeSet allow = ChangeSet.builder().allow(PARIS, VIEW).build();
      ChangeSet withdraw = ChangeSet.builder().withdraw(PARIS, VIEW).build();
      host.members(place).add(user, allow);
      return fact(
          "a grant",
          apiKey().presented,
          (value, node) -> on(node).members(place).change(user, value ? allow : withdraw),
          subject -> subject.isAllowed(VIEW, device));
    }

    private Fact role() {
      RoleChanges allow = RoleChanges.builder().allow(RULES).build();
      RoleChanges withdraw = RoleChanges.builder().withdraw(RULES).build();
      RoleId role = host.roles(place).create(RoleId.of("role" + number), "Role", allow).id();
      host.members(place).add(user, ChangeSet.builder().assign(role, DeviceScope.none()).build());
      return fact(
          "a role that allows",
          apiKey().presented,
          (value, node) -> on(node).roles(place).change(role, value ? allow : withdraw),
          subject -> subject.isAllowed(RULES, place));
    }

    private Fact assignment() {
      RoleChanges rules = RoleChanges.builder().allow(RULES).build();
      RoleId role = host.roles(place).create(RoleId.of("role" + number), "Role", rules).id();
      ChangeSet assign = ChangeSet.builder().assign(role, DeviceScope.none()).build();
      ChangeSet unassign = ChangeSet.builder().unassign(role, DeviceScope.none()).build();
      host.members(place).add(user, assign);
      return fact(
          "a role assigned",
          apiKey().presented,
          (value, node) -> on(node).members(place).change(user, value ? assign : unassign),
          subject -> subject.isAllowed(RULES, place));
    }

    private Fact membership() {
      ChangeSet allow = ChangeSet.builder().allow(RULES).build();
      host.members(place).add(user, allow);
      return fact(
          "a member",
          apiKey().presented,
          (value, node) -> {
            if (value) {
              on(node).members(place).add(user, allow);
            } else {
              on(node).members(place).remove(user);
            }
          },
          subject -> subject.isAllowed(RULES, place));
    }

    private Fact workspace() {
      var robot =
          host.apiUsers(place)
              .create(NewApiUser.of("Robot", ChangeSet.builder().build()), NewApiKey.of("key"));
      return fact(
          "an active workspace",
          new BearerToken(robot.key().secret()),
          (value, node) -> {
            if (value) {
              on(node).workspaces().resume(place);
            } else {
              on(node).workspaces().suspend(place);
            }
          },
          Subject::isActive);
    }

    private Fact accessKey() {
      Key key = accessKeyOfParis();
      return fact(
          "an active access key",
          key.presented,
          (value, node) -> {
            if (value) {
              on(node).accessKeys(place).resume(key.id);
            } else {
              on(node).accessKeys(place).suspend(key.id);
            }
          },
          Subject::isActive);
    }

    private Fact tag() {
      return fact(
          "a device in Paris",
          accessKeyOfParis().presented,
          (value, node) -> {
            fleet.put(Device.of(place, "t1").tagged("site", value ? "paris" : "rome"));
            node.deviceChanged(place, device.id());
          },
          Subject::isActive);
    }
  }
}
