package io.thingward.benchmarks;

import static io.thingward.benchmarks.Person.PARIS;
import static io.thingward.benchmarks.Person.RECORD;
import static io.thingward.benchmarks.Person.RULES;
import static io.thingward.benchmarks.Person.VIEW;

import io.thingward.Thingward;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.RoleChanges;
import io.thingward.model.PrincipalId;
import io.thingward.password.Password;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/** A change, and the question whose answer it turns from true to false. */
@SuppressWarnings("ImmutableEnumChecker") // functions that keep nothing
enum Change {
  KEY_REVOKED(
      false,
      (person, subject) -> subject.isActive(),
      (person, node) -> host(node).apiKeys(person.id()).delete(person.key().id())),
  KEY_SUSPENDED(
      false,
      (person, subject) -> subject.isActive(),
      (person, node) -> host(node).apiKeys(person.id()).suspend(person.key().id())),
  SESSION_ENDED(
      true,
      (person, subject) -> subject.isActive(),
      (person, node) -> host(node).sessions(person.id()).end(person.session().session().id())),
  EPOCH_CHANGED(
      true,
      (person, subject) -> subject.isActive(),
      (person, node) -> host(node).sessions(person.id()).endAll()),
  PASSWORD_CHANGED(true, (person, subject) -> subject.isActive(), Change::choosePassword),
  USER_SUSPENDED(
      false,
      (person, subject) -> subject.isActive(),
      (person, node) -> host(node).users().suspend(person.id())),
  USER_DELETED(
      false,
      (person, subject) -> subject.isActive(),
      (person, node) -> host(node).users().delete(person.id())),
  MEMBER_REMOVED(
      false,
      (person, subject) -> subject.isAllowed(VIEW, person.device()),
      (person, node) -> host(node).members(person.workspace()).remove(person.id())),
  ROLE_CHANGED(
      false,
      (person, subject) -> subject.isAllowed(RULES, person.workspace()),
      (person, node) ->
          host(node)
              .roles(person.workspace())
              .change(person.role(), RoleChanges.builder().withdraw(RULES).build())),
  OWNER_MADE(
      false,
      (person, subject) -> !subject.isAllowed(RECORD, person.device()),
      (person, node) -> host(node).workspaces().addOwner(person.workspace(), person.id())),
  GRANTED(
      false,
      (person, subject) -> !subject.isAllowed(RECORD, person.device()),
      (person, node) ->
          host(node)
              .members(person.workspace())
              .change(person.id(), ChangeSet.builder().allow(PARIS, RECORD).build()));

  private final boolean bySession;
  private final BiPredicate<Person, Subject> question;
  private final BiConsumer<Person, Thingward> effect;

  Change(
      boolean bySession,
      BiPredicate<Person, Subject> question,
      BiConsumer<Person, Thingward> effect) {
    this.bySession = bySession;
    this.question = question;
    this.effect = effect;
  }

  private static Management host(Thingward node) {
    return node.asHost("benchmark");
  }

  private static void choosePassword(Person person, Thingward node) {
    try (Password password = Password.of("correct horse battery")) {
      PrincipalId changed =
          node.activate(
                  person.code().username().value(),
                  person.code().code(),
                  password,
                  RequestContext.none())
              .orElseThrow();
      assert changed.equals(person.id());
    }
  }

  void happen(Person person, Thingward node) {
    effect.accept(person, node);
  }

  Authentication<Subject> authenticate(Person person, Thingward node) {
    BearerToken token =
        new BearerToken(bySession ? person.session().session().secret() : person.key().secret());
    return node.authenticate(token, RequestContext.none());
  }

  boolean isAsBefore(Person person, Subject subject) {
    return question.test(person, subject);
  }
}
