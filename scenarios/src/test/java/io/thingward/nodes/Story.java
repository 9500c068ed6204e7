package io.thingward.nodes;

import static io.thingward.nodes.Cast.PARIS;
import static io.thingward.nodes.Cast.RECORD;
import static io.thingward.nodes.Cast.RULES;
import static io.thingward.nodes.Cast.VIEW;

import io.thingward.access.Subject;
import io.thingward.authentication.PresentedCredential;
import io.thingward.management.ChangeSet;
import io.thingward.management.RoleChanges;
import io.thingward.model.DeviceScope;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** A change of which another node has to learn, and a question whose answer it turns over. */
@SuppressWarnings("ImmutableEnumChecker") // functions that keep nothing
enum Story {
  KEY_SUSPENDED(
      Cast::asBen, Story::isActive, (c, n) -> n.host.apiKeys(c.ben).suspend(c.bensKey.id())),
  KEY_REVOKED(Cast::asBen, Story::isActive, (c, n) -> n.host.apiKeys(c.ben).delete(c.bensKey.id())),
  KEY_ROTATED(
      Cast::asBen,
      Story::isActive,
      (c, n) -> n.host.apiKeys(c.ben).rotate(c.bensKey.id(), Duration.ZERO).close()),
  ACCESS_KEY_SUSPENDED(
      Cast::asDevice, Story::isActive, (c, n) -> n.host.accessKeys(c.acme).suspend(c.paris.id())),
  ACCESS_KEY_REVOKED(
      Cast::asDevice, Story::isActive, (c, n) -> n.host.accessKeys(c.acme).delete(c.paris.id())),
  DEVICE_MOVED(Cast::asDevice, Story::isActive, Cast::moveDevice),
  SESSION_ENDED(
      Cast::inBensSession,
      Story::isActive,
      (c, n) -> n.host.sessions(c.ben).end(c.bensSession.session().id())),
  EPOCH_CHANGED(Cast::inBensSession, Story::isActive, (c, n) -> n.host.sessions(c.ben).endAll()),
  PASSWORD_CHANGED(
      Cast::inBensSession,
      Story::isActive,
      (c, n) -> n.changePassword(c.ben, "quite another staple")),
  USER_SUSPENDED(Cast::asBen, Story::isActive, (c, n) -> n.host.users().suspend(c.ben)),
  USER_DELETED(Cast::asBen, Story::isActive, (c, n) -> n.host.users().delete(c.ben)),
  API_USER_SUSPENDED(
      Cast::asRobot,
      Story::isActive,
      (c, n) -> n.host.apiUsers(c.acme).suspend(c.robot.apiUser().id())),
  API_USER_DELETED(
      Cast::asRobot,
      Story::isActive,
      (c, n) -> n.host.apiUsers(c.acme).delete(c.robot.apiUser().id())),
  WORKSPACE_SUSPENDED(
      Cast::asRobot, Story::isActive, (c, n) -> n.host.workspaces().suspend(c.acme)),
  WORKSPACE_DELETED(Cast::asDevice, Story::isActive, (c, n) -> n.host.workspaces().delete(c.acme)),
  MEMBER_REMOVED(
      Cast::asBen,
      (c, ben) -> ben.isAllowed(VIEW, c.device),
      (c, n) -> n.host.members(c.acme).remove(c.ben)),
  GRANT_WITHDRAWN(
      Cast::asBen,
      (c, ben) -> ben.isAllowed(VIEW, c.device),
      (c, n) ->
          n.host.members(c.acme).change(c.ben, ChangeSet.builder().withdraw(PARIS, VIEW).build())),
  ROLE_UNASSIGNED(
      Cast::asBen,
      (c, ben) -> ben.isAllowed(RULES, c.acme),
      (c, n) ->
          n.host
              .members(c.acme)
              .change(c.ben, ChangeSet.builder().unassign(c.crew, DeviceScope.none()).build())),
  ROLE_CHANGED(
      Cast::asBen,
      (c, ben) -> ben.isAllowed(RULES, c.acme),
      (c, n) -> n.host.roles(c.acme).change(c.crew, RoleChanges.builder().withdraw(RULES).build())),
  ROLE_DELETED(
      Cast::asRobot,
      (c, robot) -> robot.isAllowed(RULES, c.acme),
      (c, n) -> n.host.roles(c.acme).delete(c.crew)),
  OWNER_REMOVED(
      Cast::asAnn,
      (c, ann) -> ann.isAllowed(RULES, c.acme),
      (c, n) -> n.host.workspaces().removeOwner(c.acme, c.ann)),

  OWNER_MADE(
      Cast::asBen,
      (c, ben) -> !ben.isAllowed(RECORD, c.device),
      (c, n) -> n.host.workspaces().addOwner(c.acme, c.ben)),
  GRANTED(
      Cast::asBen,
      (c, ben) -> !ben.isAllowed(RECORD, c.device),
      (c, n) ->
          n.host.members(c.acme).change(c.ben, ChangeSet.builder().allow(PARIS, RECORD).build())),
  ROLE_WIDENED(
      Cast::asBen,
      (c, ben) -> !ben.isAllowed(RECORD, c.device),
      (c, n) ->
          n.host
              .roles(c.acme)
              .change(c.crew, RoleChanges.builder().allowOnAllDevices(RECORD).build()));

  private final Function<Cast, PresentedCredential> credential;
  private final BiPredicate<Cast, Subject> question;
  private final BiConsumer<Cast, Node> change;

  Story(
      Function<Cast, PresentedCredential> credential,
      BiPredicate<Cast, Subject> question,
      BiConsumer<Cast, Node> change) {
    this.credential = credential;
    this.question = question;
    this.change = change;
  }

  private static boolean isActive(Cast cast, Subject subject) {
    return subject.isActive();
  }

  /** Begins it: a subject is held on the other node. */
  Told begin(TwoNodes nodes) {
    Cast cast = nodes.cast();
    nodes.there.poll(); // so that the feed tells of nothing later but the change
    return new Told(this, cast, nodes.there.authenticate(credential.apply(cast)).orElseThrow());
  }

  /**
   * A story that was begun.
   *
   * @param held a subject that is held on the other node
   */
  record Told(Story story, Cast cast, Subject held) {
    /** It happens, here. */
    void happen() {
      story.change.accept(cast, cast.nodes.here);
    }

    /** Whether things are for the held subject as they were before. */
    boolean isAsBefore() {
      return story.question.test(cast, held);
    }

    /** Whether things are as before for who authenticates there now. */
    boolean isAsBeforeAnew() {
      return cast.nodes
          .there
          .authenticate(story.credential.apply(cast))
          .toOptional()
          .filter(subject -> story.question.test(cast, subject))
          .isPresent();
    }
  }
}
