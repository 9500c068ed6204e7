package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.BETA;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.version;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.PrincipalStore;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionStore;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The kinds of records, and the listings. */
final class Kinds {
  private Kinds() {}

  private static <R> List<R> hostile(Function<String, R> named) {
    return Hostile.TEXTS.stream().map(named).toList();
  }

  /* Usernames have one canonical form: what is left to take for each other are lengths and signs. */
  private static List<UsernameClaim> hostileClaims() {
    return Stream.of("a", "a.", "a-", "a_", "a+", "a@", "aa", "0", "00", "null", "z".repeat(128))
        .map(name -> Samples.claim(name, ANN))
        .toList();
  }

  private static List<MembershipRecord> hostileMemberships() {
    List<MembershipRecord> memberships = new ArrayList<>();
    memberships.addAll(hostile(text -> Samples.membership(ACME, PrincipalId.of(text))));
    memberships.addAll(hostile(text -> Samples.membership(WorkspaceId.of(text), ANN)));
    // two parts are not their texts joined
    for (String separator : List.of(":", "/", "|", ",", " ", "\u2028")) {
      memberships.add(
          Samples.membership(WorkspaceId.of("a" + separator + "b"), PrincipalId.of("c")));
      memberships.add(
          Samples.membership(WorkspaceId.of("a"), PrincipalId.of("b" + separator + "c")));
    }
    memberships.add(Samples.membership(WorkspaceId.of("ab"), PrincipalId.of("c")));
    memberships.add(Samples.membership(WorkspaceId.of("a"), PrincipalId.of("bc")));
    return memberships;
  }

  static final Kind<PrincipalStore, PrincipalRecord> USER =
      new Kind<>(
          "user",
          25,
          26,
          27,
          Samples::users,
          () -> hostile(Samples::user),
          Samples::user,
          Optional.of(user -> Samples.deletedUser((UserRecord) user)),
          PrincipalStore::insert,
          PrincipalStore::replace,
          (store, user) -> store.find(user.id()));

  static final Kind<PrincipalStore, PrincipalRecord> API_USER =
      new Kind<>(
          "API user",
          25,
          26,
          27,
          Samples::apiUsers,
          () -> hostile(text -> Samples.apiUser(text, ACME)),
          text -> Samples.apiUser(text, ACME),
          Optional.of(user -> Samples.deletedApiUser((ApiUserRecord) user)),
          PrincipalStore::insert,
          PrincipalStore::replace,
          (store, user) -> store.find(user.id()));

  static final Kind<PrincipalStore, UsernameClaim> CLAIM =
      new Kind<>(
          "claim",
          30,
          31,
          32,
          Samples::claims,
          Kinds::hostileClaims,
          text -> Samples.claim(text, ANN),
          Optional.empty(),
          PrincipalStore::insertClaim,
          PrincipalStore::replaceClaim,
          (store, claim) -> store.findClaim(claim.username()));

  static final Kind<WorkspaceStore, WorkspaceRecord> WORKSPACE =
      new Kind<>(
          "workspace",
          33,
          34,
          35,
          Samples::workspaces,
          () -> hostile(Samples::workspace),
          Samples::workspace,
          Optional.of(Samples::deletedWorkspace),
          WorkspaceStore::insert,
          WorkspaceStore::replace,
          (store, workspace) -> store.find(workspace.id()));

  static final Kind<WorkspaceStore, MembershipRecord> MEMBERSHIP =
      new Kind<>(
          "membership",
          39,
          40,
          41,
          Samples::memberships,
          Kinds::hostileMemberships,
          text -> Samples.membership(ACME, PrincipalId.of(text)),
          Optional.of(Samples::removedMembership),
          WorkspaceStore::insertMembership,
          WorkspaceStore::replaceMembership,
          (store, membership) -> store.findMembership(membership.id()));

  static final Kind<WorkspaceStore, RoleRecord> ROLE =
      new Kind<>(
          "role",
          44,
          45,
          46,
          Samples::roles,
          () -> hostile(text -> Samples.role(text, Optional.of(ACME))),
          text -> Samples.role(text, Optional.of(ACME)),
          Optional.of(Samples::deletedRole),
          WorkspaceStore::insertRole,
          WorkspaceStore::replaceRole,
          (store, role) -> store.findRole(role.id()));

  static final Kind<KeyStore, KeyRecord> API_KEY =
      new Kind<>(
          "API key",
          48,
          49,
          52,
          Samples::apiKeys,
          () -> Samples.CREDENTIALS.stream().<KeyRecord>map(id -> Samples.apiKey(id, ANN)).toList(),
          text -> Samples.apiKey(Samples.credential(text), ANN),
          Optional.empty(),
          KeyStore::insert,
          KeyStore::replace,
          (store, key) -> store.find(key.id()));

  static final Kind<KeyStore, KeyRecord> ACCESS_KEY =
      new Kind<>(
          "access key",
          48,
          49,
          52,
          Samples::accessKeys,
          () ->
              Samples.CREDENTIALS.stream()
                  .<KeyRecord>map(id -> Samples.accessKey(id, ACME))
                  .toList(),
          text -> Samples.accessKey(Samples.credential(text), ACME),
          Optional.empty(),
          KeyStore::insert,
          KeyStore::replace,
          (store, key) -> store.find(key.id()));

  static final List<Kind<PrincipalStore, ?>> PRINCIPALS = List.of(USER, API_USER, CLAIM);
  static final List<Kind<WorkspaceStore, ?>> WORKSPACES = List.of(WORKSPACE, MEMBERSHIP, ROLE);
  static final List<Kind<KeyStore, ?>> KEYS = List.of(API_KEY, ACCESS_KEY);

  /* The names of parents that a listing could take for its own, which is "acme" or "ann". */
  private static List<String> near(String parent) {
    return List.of(
        parent.toUpperCase(Locale.ROOT),
        parent + " ",
        " " + parent,
        parent.substring(0, parent.length() - 1),
        parent + "e",
        parent.replace('a', '\uFF41'),
        parent.replace("a", "a\u0301"),
        parent.replace('a', '_'),
        parent.substring(0, 1) + "%",
        "%",
        "*",
        "null",
        "\uD83D\uDE00");
  }

  private static <R> List<R> strangers(String parent, StrangerOf<R> stranger) {
    List<R> strangers = new ArrayList<>();
    for (String near : near(parent)) {
      strangers.add(stranger.of(near, strangers.size()));
    }
    return strangers;
  }

  private interface StrangerOf<R> {
    R of(String parent, int number);
  }

  /* Not in the order of their numbers, and on both sides of what is signed. */
  private static CredentialId id(int number) {
    return new CredentialId(
        (number % 2 == 0 ? Long.MIN_VALUE : 0) + number * 7919L % 1_000, -number);
  }

  private static CredentialId strangerId(int number) {
    return new CredentialId((number % 2 == 0 ? Long.MIN_VALUE : 0) + number * 71L, 1);
  }

  private static String text(int number) {
    return (number % 3 == 0 ? "A" : "a") + number * 7919L % 1_000 + "." + number;
  }

  static final Listing<PrincipalStore, UserRecord> USERS =
      new Listing<>(
          "users",
          28,
          PrincipalStore::listUsers,
          PrincipalStore::insert,
          number -> Samples.user(text(number)),
          List.of(),
          (store, user) -> false);

  static final Listing<PrincipalStore, ApiUserRecord> API_USERS =
      new Listing<>(
          "API users of a workspace",
          29,
          (store, page) -> store.listApiUsers(ACME, page),
          PrincipalStore::insert,
          number -> Samples.apiUser("r" + text(number), ACME),
          strangers(
              "acme",
              (parent, number) -> Samples.apiUser("a" + number + " ", WorkspaceId.of(parent))),
          (store, user) -> store.replace(Samples.deletedApiUser(user), user.version()));

  static final Listing<WorkspaceStore, WorkspaceRecord> ALL_WORKSPACES =
      new Listing<>(
          "workspaces",
          36,
          WorkspaceStore::list,
          WorkspaceStore::insert,
          number -> Samples.workspace(text(number)),
          List.of(),
          (store, workspace) -> false);

  static final Listing<WorkspaceStore, MembershipRecord> MEMBERS =
      new Listing<>(
          "members of a workspace",
          42,
          (store, page) -> store.listMembers(ACME, page),
          WorkspaceStore::insertMembership,
          number -> Samples.membership(ACME, PrincipalId.of(text(number))),
          strangers(
              "acme", (parent, number) -> Samples.membership(WorkspaceId.of(parent), member())),
          (store, membership) ->
              store.replaceMembership(Samples.removedMembership(membership), version(1)));

  static final Listing<WorkspaceStore, MembershipRecord> MEMBERSHIPS =
      new Listing<>(
          "memberships of a principal",
          43,
          (store, page) -> store.listMemberships(ANN, page),
          WorkspaceStore::insertMembership,
          number -> Samples.membership(WorkspaceId.of(text(number)), ANN),
          strangers("ann", (parent, number) -> Samples.membership(BETA, PrincipalId.of(parent))),
          (store, membership) ->
              store.replaceMembership(Samples.removedMembership(membership), version(1)));

  private static PrincipalId member() {
    return PrincipalId.of(text(1));
  }

  static final Listing<WorkspaceStore, RoleRecord> ROLES =
      new Listing<>(
          "roles of a workspace",
          47,
          (store, page) -> store.listRoles(Optional.of(ACME), page),
          WorkspaceStore::insertRole,
          number -> Samples.role(text(number), Optional.of(ACME)),
          with(
              Samples.role("shared", Optional.empty()),
              strangers(
                  "acme",
                  (parent, number) ->
                      Samples.role("a" + number + " ", Optional.of(WorkspaceId.of(parent))))),
          (store, role) -> store.replaceRole(Samples.deletedRole(role), role.version()));

  static final Listing<WorkspaceStore, RoleRecord> SHARED_ROLES =
      new Listing<>(
          "shared roles",
          47,
          (store, page) -> store.listRoles(Optional.empty(), page),
          WorkspaceStore::insertRole,
          number -> Samples.role("s" + text(number), Optional.empty()),
          strangers(
              "acme",
              (parent, number) ->
                  Samples.role("s" + number + " ", Optional.of(WorkspaceId.of(parent)))),
          (store, role) -> store.replaceRole(Samples.deletedRole(role), role.version()));

  private static <R> List<R> with(R first, List<R> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  static final Listing<KeyStore, ApiKeyRecord> API_KEYS =
      new Listing<>(
          "API keys of a principal",
          54,
          (store, page) -> store.listApiKeys(ANN, page),
          KeyStore::insert,
          number -> Samples.apiKey(id(number), ANN),
          strangers(
              "ann",
              (parent, number) -> Samples.apiKey(strangerId(number), PrincipalId.of(parent))),
          (store, key) -> store.delete(key.id(), key.version()));

  static final Listing<KeyStore, AccessKeyRecord> ACCESS_KEYS =
      new Listing<>(
          "access keys of a workspace",
          55,
          (store, page) -> store.listAccessKeys(ACME, page),
          KeyStore::insert,
          number -> Samples.accessKey(new CredentialId(id(number).high(), 1_000 + number), ACME),
          strangers(
              "acme",
              (parent, number) ->
                  Samples.accessKey(
                      new CredentialId(strangerId(number).high(), 2), WorkspaceId.of(parent))),
          (store, key) -> store.delete(key.id(), key.version()));

  static final Listing<SessionStore, SessionRecord> SESSIONS =
      new Listing<>(
          "sessions of a user",
          63,
          (store, page) -> store.list(ANN, page),
          SessionStore::insert,
          number -> Samples.session(id(number), ANN, T0),
          strangers(
              "ann",
              (parent, number) -> Samples.session(strangerId(number), PrincipalId.of(parent), T0)),
          (store, session) -> store.delete(session.id()));

  static final List<Listing<PrincipalStore, ?>> OF_PRINCIPALS = List.of(USERS, API_USERS);
  static final List<Listing<WorkspaceStore, ?>> OF_WORKSPACES =
      List.of(ALL_WORKSPACES, MEMBERS, MEMBERSHIPS, ROLES, SHARED_ROLES);
  static final List<Listing<KeyStore, ?>> OF_KEYS = List.of(API_KEYS, ACCESS_KEYS);
  static final List<Listing<SessionStore, ?>> OF_SESSIONS = List.of(SESSIONS);
}
