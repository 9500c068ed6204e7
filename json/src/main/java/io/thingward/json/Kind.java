package io.thingward.json;

import static io.thingward.json.Codecs.FLAG;
import static io.thingward.json.Codecs.INSTANT;
import static io.thingward.json.Codecs.LONG_TEXT;
import static io.thingward.json.Codecs.PERMISSIONS;
import static io.thingward.json.Codecs.PRINCIPAL;
import static io.thingward.json.Codecs.TEXT;
import static io.thingward.json.Codecs.WORKSPACE;
import static io.thingward.json.Codecs.optional;
import static io.thingward.json.Codecs.set;
import static io.thingward.json.Codecs.words;

import com.fasterxml.jackson.core.JsonToken;
import io.thingward.model.Grant;
import io.thingward.model.Limits;
import io.thingward.model.RoleAssignment;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.CredentialUse;
import io.thingward.store.LastUse;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.StoreRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of record: an object whose first field says so. Kinds and fields are in docs/json.md.
 *
 * @param word what the file calls it
 * @param type its class
 * @param shape its fields
 * @param name what names one of its records, for messages
 */
record Kind<R extends StoreRecord>(
    String word, Class<R> type, Shape<R> shape, Function<R, String> name) {

  private static final Codec<LifecycleState> STATE = words(LifecycleState.class);

  /** All kinds, in the order in which a fixture is stored: what others rest on comes first. */
  static final List<Kind<?>> ALL =
      List.of(
          new Kind<>(
              "username-claim", UsernameClaim.class, claim(), claim -> claim.username().value()),
          new Kind<>("user", UserRecord.class, user(), user -> user.id().value()),
          new Kind<>("api-user", ApiUserRecord.class, apiUser(), apiUser -> apiUser.id().value()),
          new Kind<>("role", RoleRecord.class, role(), role -> role.id().value()),
          new Kind<>(
              "membership",
              MembershipRecord.class,
              membership(),
              member -> member.id().principal() + " in " + member.id().workspace()),
          new Kind<>(
              "workspace", WorkspaceRecord.class, workspace(), workspace -> workspace.id().value()),
          new Kind<>("api-key", ApiKeyRecord.class, apiKey(), key -> key.id().toString()),
          new Kind<>("access-key", AccessKeyRecord.class, accessKey(), key -> key.id().toString()),
          new Kind<>("session", SessionRecord.class, session(), session -> session.id().toString()),
          new Kind<>("last-use", CredentialUse.class, use(), use -> use.credential().toString()));

  private static Kind<?> of(StoreRecord record) {
    return ALL.stream().filter(kind -> kind.type.isInstance(record)).findFirst().orElseThrow();
  }

  /** Where in the order of kinds a record stands. */
  static int order(StoreRecord record) {
    return ALL.indexOf(of(record));
  }

  /** The kind of a record and what names it: {@code user ann}. */
  static String describe(StoreRecord record) {
    return of(record).describeIt(record);
  }

  private String describeIt(StoreRecord record) {
    return word + " " + name.apply(type.cast(record));
  }

  /** Writes a record. */
  static void write(StoreRecord record, Out out) {
    of(record).writeIt(record, out);
  }

  private void writeIt(StoreRecord record, Out out) {
    out.startObject();
    out.field("kind");
    out.text(word);
    shape.writeFields(type.cast(record), out);
    out.endObject();
  }

  /** Reads the record whose first token is the current one. */
  static StoreRecord read(In in) {
    in.require(JsonToken.START_OBJECT, "a record");
    Place start = in.place();
    in.requireField("kind");
    String word = in.text();
    Kind<?> found =
        ALL.stream()
            .filter(kind -> kind.word.equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    in.wrong(
                        "this is none of "
                            + ALL.stream().map(Kind::word).collect(Collectors.joining(", "))));
    return found.shape.readFields(in, start);
  }

  private static Shape<UsernameClaim> claim() {
    Shape.Builder<UsernameClaim> shape = new Shape.Builder<>();
    var username = shape.field("username", UsernameClaim::username, Codecs.USERNAME);
    var version =
        shape.ofFixture("version", UsernameClaim::version, Parts.VERSION, Fixture::version);
    var user = shape.field("user", UsernameClaim::user, PRINCIPAL);
    return shape.makes(
        read -> new UsernameClaim(read.get(username), read.get(version), read.get(user)));
  }

  private static Shape<UserRecord> user() {
    Shape.Builder<UserRecord> shape = new Shape.Builder<>();
    var id = shape.field("id", UserRecord::id, PRINCIPAL);
    var version = shape.ofFixture("version", UserRecord::version, Parts.VERSION, Fixture::version);
    var created = shape.ofFixture("created", UserRecord::created, INSTANT, Fixture::created);
    var state = shape.field("state", UserRecord::state, STATE, LifecycleState.ACTIVE);
    var username = shape.field("username", UserRecord::username, optional(Codecs.USERNAME));
    var endsAt = shape.field("endsAt", UserRecord::endsAt, optional(INSTANT), Optional.empty());
    var epoch = shape.field("epoch", UserRecord::epoch, LONG_TEXT, 0L);
    var password =
        shape.field("password", UserRecord::password, optional(Parts.PASSWORD), Optional.empty());
    var stopped =
        shape.field("passwordLoginStopped", UserRecord::passwordLoginStopped, FLAG, false);
    var activation =
        shape.field(
            "activation", UserRecord::activation, optional(Parts.ACTIVATION), Optional.empty());
    return shape.makes(
        read ->
            new UserRecord(
                read.get(id),
                read.get(version),
                read.get(created),
                read.get(state),
                read.get(username),
                read.get(endsAt),
                read.get(epoch),
                read.get(password),
                read.get(stopped),
                read.get(activation)));
  }

  private static Shape<ApiUserRecord> apiUser() {
    Shape.Builder<ApiUserRecord> shape = new Shape.Builder<>();
    var id = shape.field("id", ApiUserRecord::id, PRINCIPAL);
    var version =
        shape.ofFixture("version", ApiUserRecord::version, Parts.VERSION, Fixture::version);
    var created = shape.ofFixture("created", ApiUserRecord::created, INSTANT, Fixture::created);
    var state = shape.field("state", ApiUserRecord::state, STATE, LifecycleState.ACTIVE);
    var workspace = shape.field("workspace", ApiUserRecord::workspace, optional(WORKSPACE));
    var name = shape.field("name", ApiUserRecord::name, TEXT);
    var endsAt = shape.field("endsAt", ApiUserRecord::endsAt, optional(INSTANT), Optional.empty());
    return shape.makes(
        read ->
            new ApiUserRecord(
                read.get(id),
                read.get(version),
                read.get(created),
                read.get(state),
                read.get(workspace),
                read.get(name),
                read.get(endsAt)));
  }

  private static Shape<WorkspaceRecord> workspace() {
    Shape.Builder<WorkspaceRecord> shape = new Shape.Builder<>();
    var id = shape.field("id", WorkspaceRecord::id, WORKSPACE);
    var version =
        shape.ofFixture("version", WorkspaceRecord::version, Parts.VERSION, Fixture::version);
    var created = shape.ofFixture("created", WorkspaceRecord::created, INSTANT, Fixture::created);
    var state = shape.field("state", WorkspaceRecord::state, STATE, LifecycleState.ACTIVE);
    var name = shape.field("name", WorkspaceRecord::name, TEXT);
    var owners =
        shape.field(
            "owners",
            WorkspaceRecord::owners,
            set(PRINCIPAL, Limits.OWNERS_PER_WORKSPACE, Comparator.naturalOrder()));
    return shape.makes(
        read ->
            new WorkspaceRecord(
                read.get(id),
                read.get(version),
                read.get(created),
                read.get(state),
                read.get(name),
                read.get(owners)));
  }

  private static Shape<MembershipRecord> membership() {
    Shape.Builder<MembershipRecord> shape = new Shape.Builder<>();
    var workspace = shape.field("workspace", member -> member.id().workspace(), WORKSPACE);
    var principal = shape.field("principal", member -> member.id().principal(), PRINCIPAL);
    var version =
        shape.ofFixture("version", MembershipRecord::version, Parts.VERSION, Fixture::version);
    var created = shape.ofFixture("created", MembershipRecord::created, INSTANT, Fixture::created);
    var removed = shape.field("removed", MembershipRecord::removed, FLAG, false);
    var permissions =
        shape.field("permissions", MembershipRecord::permissions, PERMISSIONS, Set.of());
    var roles =
        shape.field(
            "roles",
            MembershipRecord::roles,
            set(
                Parts.ASSIGNMENT,
                Limits.ROLES_PER_MEMBERSHIP,
                Comparator.comparing(RoleAssignment::role)
                    .thenComparing(assignment -> assignment.scope().toString())),
            Set.of());
    var grants =
        shape.field(
            "grants",
            MembershipRecord::grants,
            set(
                Parts.GRANT,
                Limits.GRANTS_PER_MEMBERSHIP,
                Comparator.comparing((Grant grant) -> grant.scope().toString())),
            Set.of());
    return shape.makes(
        read ->
            new MembershipRecord(
                new MembershipId(read.get(workspace), read.get(principal)),
                read.get(version),
                read.get(created),
                read.get(removed),
                read.get(permissions),
                read.get(roles),
                read.get(grants)));
  }

  private static Shape<RoleRecord> role() {
    Shape.Builder<RoleRecord> shape = new Shape.Builder<>();
    var id = shape.field("id", RoleRecord::id, Codecs.ROLE);
    var version = shape.ofFixture("version", RoleRecord::version, Parts.VERSION, Fixture::version);
    var created = shape.ofFixture("created", RoleRecord::created, INSTANT, Fixture::created);
    var deleted = shape.field("deleted", RoleRecord::deleted, FLAG, false);
    var workspace = shape.field("workspace", RoleRecord::workspace, optional(WORKSPACE));
    var name = shape.field("name", RoleRecord::name, TEXT);
    var permissions = shape.field("permissions", RoleRecord::permissions, PERMISSIONS, Set.of());
    var onAll = shape.field("onAllDevices", RoleRecord::onAllDevices, PERMISSIONS, Set.of());
    var onAssigned =
        shape.field("onAssignedDevices", RoleRecord::onAssignedDevices, PERMISSIONS, Set.of());
    return shape.makes(
        read ->
            new RoleRecord(
                read.get(id),
                read.get(version),
                read.get(created),
                read.get(deleted),
                read.get(workspace),
                read.get(name),
                read.get(permissions),
                read.get(onAll),
                read.get(onAssigned)));
  }

  private static Shape<ApiKeyRecord> apiKey() {
    Shape.Builder<ApiKeyRecord> shape = new Shape.Builder<>();
    var id = shape.field("id", ApiKeyRecord::id, Codecs.CREDENTIAL);
    var version =
        shape.ofFixture("version", ApiKeyRecord::version, Parts.VERSION, Fixture::version);
    var created = shape.ofFixture("created", ApiKeyRecord::created, INSTANT, Fixture::created);
    var principal = shape.field("principal", ApiKeyRecord::principal, PRINCIPAL);
    var name = shape.field("name", ApiKeyRecord::name, TEXT);
    var suspended = shape.field("suspended", ApiKeyRecord::suspended, FLAG, false);
    var secrets = shape.field("secrets", ApiKeyRecord::secrets, Parts.SECRETS);
    var endsAt = shape.field("endsAt", ApiKeyRecord::endsAt, optional(INSTANT), Optional.empty());
    var restriction = shape.field("restriction", ApiKeyRecord::restriction, Parts.RESTRICTION);
    return shape.makes(
        read ->
            new ApiKeyRecord(
                read.get(id),
                read.get(version),
                read.get(created),
                read.get(principal),
                read.get(name),
                read.get(suspended),
                read.get(secrets),
                read.get(endsAt),
                read.get(restriction)));
  }

  private static Shape<AccessKeyRecord> accessKey() {
    Shape.Builder<AccessKeyRecord> shape = new Shape.Builder<>();
    var id = shape.field("id", AccessKeyRecord::id, Codecs.CREDENTIAL);
    var version =
        shape.ofFixture("version", AccessKeyRecord::version, Parts.VERSION, Fixture::version);
    var created = shape.ofFixture("created", AccessKeyRecord::created, INSTANT, Fixture::created);
    var workspace = shape.field("workspace", AccessKeyRecord::workspace, WORKSPACE);
    var scope = shape.field("scope", AccessKeyRecord::scope, Codecs.SCOPE);
    var name = shape.field("name", AccessKeyRecord::name, TEXT);
    var description = shape.field("description", AccessKeyRecord::description, TEXT, "");
    var suspended = shape.field("suspended", AccessKeyRecord::suspended, FLAG, false);
    var secrets = shape.field("secrets", AccessKeyRecord::secrets, Parts.SECRETS);
    var endsAt =
        shape.field("endsAt", AccessKeyRecord::endsAt, optional(INSTANT), Optional.empty());
    return shape.makes(
        read ->
            new AccessKeyRecord(
                read.get(id),
                read.get(version),
                read.get(created),
                read.get(workspace),
                read.get(scope),
                read.get(name),
                read.get(description),
                read.get(suspended),
                read.get(secrets),
                read.get(endsAt)));
  }

  private static Shape<SessionRecord> session() {
    Shape.Builder<SessionRecord> shape = new Shape.Builder<>();
    var id = shape.field("id", SessionRecord::id, Codecs.CREDENTIAL);
    var created = shape.ofFixture("created", SessionRecord::created, INSTANT, Fixture::created);
    var user = shape.field("user", SessionRecord::user, PRINCIPAL);
    var digest = shape.field("digest", SessionRecord::digest, Parts.DIGEST);
    var epoch = shape.field("epoch", SessionRecord::epoch, LONG_TEXT, 0L);
    var endsAt = shape.field("endsAt", SessionRecord::endsAt, INSTANT);
    var origin = shape.field("origin", SessionRecord::origin, words(SessionRecord.Origin.class));
    return shape.makes(
        read ->
            new SessionRecord(
                read.get(id),
                read.get(created),
                read.get(user),
                read.get(digest),
                read.get(epoch),
                read.get(endsAt),
                read.get(origin)));
  }

  private static Shape<CredentialUse> use() {
    Shape.Builder<CredentialUse> shape = new Shape.Builder<>();
    var of = shape.field("of", CredentialUse::of, words(CredentialUse.Of.class));
    var credential = shape.field("credential", CredentialUse::credential, Codecs.CREDENTIAL);
    var at = shape.field("at", use -> use.use().at(), INSTANT);
    var source = shape.field("source", use -> use.use().source(), optional(TEXT), Optional.empty());
    var agent = shape.field("agent", use -> use.use().agent(), optional(TEXT), Optional.empty());
    return shape.makes(
        read ->
            new CredentialUse(
                read.get(of),
                read.get(credential),
                new LastUse(read.get(at), read.get(source), read.get(agent))));
  }
}
