package io.thingward.store.jdbc;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Grant;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.Activation;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.ApiUserRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each kind of record says beside its key and version, in format {@value #FORMAT}. */
final class Bodies {
  /** The format that is written; one above it is not read. */
  static final int FORMAT = 1;

  private Bodies() {}

  // --- principals ---

  static String write(PrincipalRecord principal) {
    return principal instanceof UserRecord user ? write(user) : write((ApiUserRecord) principal);
  }

  private static String write(UserRecord user) {
    Lines.Writer lines =
        new Lines.Writer()
            .line("kind", "user")
            .time("created", user.created())
            .line("state", name(user.state()))
            .text("username", user.username().map(Username::value))
            .time("ends", user.endsAt())
            .line("epoch", Long.toString(user.epoch()))
            .flag("password-login-stopped", user.passwordLoginStopped());
    user.password()
        .ifPresent(hash -> lines.line("password", hash.encoded(), hash.pepper().orElse("")));
    user.activation()
        .ifPresent(
            code ->
                lines
                    .line("activation", Digests.write(code.digest()))
                    .time("activation-ends", code.endsAt()));
    return lines.done();
  }

  private static String write(ApiUserRecord apiUser) {
    return new Lines.Writer()
        .line("kind", "api-user")
        .time("created", apiUser.created())
        .line("state", name(apiUser.state()))
        .text("workspace", apiUser.workspace().map(WorkspaceId::value))
        .line("name", apiUser.name())
        .time("ends", apiUser.endsAt())
        .done();
  }

  static PrincipalRecord readPrincipal(PrincipalId id, Version version, String body) {
    Lines.Reader lines = new Lines.Reader(body);
    String kind = lines.required("kind");
    PrincipalRecord read =
        switch (kind) {
          case "user" -> readUser(id, version, lines);
          case "api-user" -> readApiUser(id, version, lines);
          default -> throw new IllegalArgumentException("an unknown kind of principal");
        };
    lines.end();
    return read;
  }

  private static UserRecord readUser(PrincipalId id, Version version, Lines.Reader lines) {
    return UserRecord.builder(id, version, lines.time("created"))
        .state(state(lines.required("state")))
        .username(lines.text("username").map(Username::new))
        .endsAt(lines.optionalTime("ends"))
        .epoch(Long.parseLong(lines.required("epoch")))
        .passwordLoginStopped(lines.flag("password-login-stopped"))
        .password(lines.line("password").map(Bodies::password))
        .activation(
            lines
                .line("activation")
                .map(parts -> new Activation(Digests.read(parts), lines.time("activation-ends"))))
        .build();
  }

  private static PasswordHash password(List<String> parts) {
    String pepper = Lines.requireCount("password", parts, 2).get(1);
    return new PasswordHash(
        parts.get(0), pepper.isEmpty() ? Optional.empty() : Optional.of(pepper));
  }

  private static ApiUserRecord readApiUser(PrincipalId id, Version version, Lines.Reader lines) {
    return ApiUserRecord.builder(id, version, lines.time("created"))
        .state(state(lines.required("state")))
        .workspace(lines.text("workspace").map(WorkspaceId::of))
        .name(lines.required("name"))
        .endsAt(lines.optionalTime("ends"))
        .build();
  }

  static String write(UsernameClaim claim) {
    return new Lines.Writer().line("user", claim.user().value()).done();
  }

  static UsernameClaim readClaim(Username username, Version version, String body) {
    Lines.Reader lines = new Lines.Reader(body);
    UsernameClaim read =
        new UsernameClaim(username, version, PrincipalId.of(lines.required("user")));
    lines.end();
    return read;
  }

  // --- workspaces ---

  static String write(WorkspaceRecord workspace) {
    Lines.Writer lines =
        new Lines.Writer()
            .time("created", workspace.created())
            .line("state", name(workspace.state()))
            .line("name", workspace.name());
    workspace.owners().stream().sorted().forEach(owner -> lines.line("owner", owner.value()));
    return lines.done();
  }

  static WorkspaceRecord readWorkspace(WorkspaceId id, Version version, String body) {
    Lines.Reader lines = new Lines.Reader(body);
    WorkspaceRecord read =
        WorkspaceRecord.builder(id, version, lines.time("created"))
            .state(state(lines.required("state")))
            .name(lines.required("name"))
            .owners(
                lines.all("owner").stream()
                    .map(parts -> PrincipalId.of(Lines.requireCount("owner", parts, 1).get(0)))
                    .collect(Collectors.toSet()))
            .build();
    lines.end();
    return read;
  }

  static String write(MembershipRecord membership) {
    Lines.Writer lines =
        new Lines.Writer()
            .time("created", membership.created())
            .flag("removed", membership.removed())
            .names("permissions", membership.permissions());
    membership.roles().stream()
        .map(role -> List.of(role.role().value(), role.scope().toString()))
        .sorted(Comparator.comparing(List::toString))
        .forEach(parts -> lines.line("role", parts));
    membership.grants().stream()
        .sorted(Comparator.comparing(grant -> grant.scope().toString()))
        .forEach(grant -> lines.line("grant", scoped(grant.scope(), grant.permissions())));
    return lines.done();
  }

  static MembershipRecord readMembership(MembershipId id, Version version, String body) {
    Lines.Reader lines = new Lines.Reader(body);
    MembershipRecord read =
        MembershipRecord.builder(id, version, lines.time("created"))
            .removed(lines.flag("removed"))
            .permissions(lines.names("permissions"))
            .roles(lines.all("role").stream().map(Bodies::assignment).collect(Collectors.toSet()))
            .grants(lines.all("grant").stream().map(Bodies::grant).collect(Collectors.toSet()))
            .build();
    lines.end();
    return read;
  }

  private static RoleAssignment assignment(List<String> parts) {
    Lines.requireCount("role", parts, 2);
    return new RoleAssignment(RoleId.of(parts.get(0)), DeviceScope.parse(parts.get(1)));
  }

  private static Grant grant(List<String> parts) {
    return new Grant(
        DeviceScope.parse(parts.get(0)), new HashSet<>(parts.subList(1, parts.size())));
  }

  /* The scope, then the permissions in order. */
  private static List<String> scoped(DeviceScope scope, Set<String> permissions) {
    return Stream.concat(Stream.of(scope.toString()), permissions.stream().sorted()).toList();
  }

  static String write(RoleRecord role) {
    return new Lines.Writer()
        .time("created", role.created())
        .flag("deleted", role.deleted())
        .text("workspace", role.workspace().map(WorkspaceId::value))
        .line("name", role.name())
        .names("permissions", role.permissions())
        .names("on-all-devices", role.onAllDevices())
        .names("on-assigned-devices", role.onAssignedDevices())
        .done();
  }

  static RoleRecord readRole(RoleId id, Version version, String body) {
    Lines.Reader lines = new Lines.Reader(body);
    RoleRecord read =
        RoleRecord.builder(id, version, lines.time("created"))
            .deleted(lines.flag("deleted"))
            .workspace(lines.text("workspace").map(WorkspaceId::of))
            .name(lines.required("name"))
            .permissions(lines.names("permissions"))
            .onAllDevices(lines.names("on-all-devices"))
            .onAssignedDevices(lines.names("on-assigned-devices"))
            .build();
    lines.end();
    return read;
  }

  // --- credentials ---

  static String write(KeyRecord key) {
    return key instanceof ApiKeyRecord apiKey ? write(apiKey) : write((AccessKeyRecord) key);
  }

  private static String write(ApiKeyRecord key) {
    Lines.Writer lines =
        new Lines.Writer()
            .line("kind", "api")
            .time("created", key.created())
            .line("principal", key.principal().value())
            .line("name", key.name())
            .flag("suspended", key.suspended())
            .time("ends", key.endsAt())
            .flag("unrestricted", key.restriction().isUnrestricted());
    key.secrets().forEach(secret -> lines.line("secret", Digests.write(secret)));
    key.restriction()
        .rows()
        .forEach(
            row ->
                lines.line(
                    "restriction",
                    Stream.concat(
                            Stream.of(row.workspace().value()),
                            scoped(row.scope(), row.permissions()).stream())
                        .toList()));
    return lines.done();
  }

  private static String write(AccessKeyRecord key) {
    Lines.Writer lines =
        new Lines.Writer()
            .line("kind", "access")
            .time("created", key.created())
            .line("workspace", key.workspace().value())
            .line("scope", key.scope().toString())
            .line("name", key.name())
            .line("description", key.description())
            .flag("suspended", key.suspended())
            .time("ends", key.endsAt());
    key.secrets().forEach(secret -> lines.line("secret", Digests.write(secret)));
    return lines.done();
  }

  static KeyRecord readKey(CredentialId id, Version version, String body) {
    Lines.Reader lines = new Lines.Reader(body);
    String kind = lines.required("kind");
    KeyRecord read =
        switch (kind) {
          case "api" -> readApiKey(id, version, lines);
          case "access" -> readAccessKey(id, version, lines);
          default -> throw new IllegalArgumentException("an unknown kind of key");
        };
    lines.end();
    return read;
  }

  private static ApiKeyRecord readApiKey(CredentialId id, Version version, Lines.Reader lines) {
    boolean unrestricted = lines.flag("unrestricted");
    List<Restriction.Row> rows = lines.all("restriction").stream().map(Bodies::row).toList();
    if (unrestricted && !rows.isEmpty()) {
      throw new IllegalArgumentException("unrestricted, and rows of a restriction");
    }
    return ApiKeyRecord.builder(
            id,
            version,
            lines.time("created"),
            PrincipalId.of(lines.required("principal")),
            lines.required("name"),
            secrets(lines),
            unrestricted ? Restriction.unrestricted() : Restriction.to(rows))
        .suspended(lines.flag("suspended"))
        .endsAt(lines.optionalTime("ends"))
        .build();
  }

  private static Restriction.Row row(List<String> parts) {
    return new Restriction.Row(
        WorkspaceId.of(parts.get(0)),
        new HashSet<>(parts.subList(2, parts.size())),
        DeviceScope.parse(parts.get(1)));
  }

  private static AccessKeyRecord readAccessKey(
      CredentialId id, Version version, Lines.Reader lines) {
    return AccessKeyRecord.builder(
            id,
            version,
            lines.time("created"),
            WorkspaceId.of(lines.required("workspace")),
            DeviceScope.parse(lines.required("scope")),
            lines.required("name"),
            secrets(lines))
        .description(lines.required("description"))
        .suspended(lines.flag("suspended"))
        .endsAt(lines.optionalTime("ends"))
        .build();
  }

  private static List<StoredSecret> secrets(Lines.Reader lines) {
    return lines.all("secret").stream().map(Digests::readSecret).toList();
  }

  static String write(SessionRecord session) {
    return new Lines.Writer()
        .time("created", session.created())
        .line("user", session.user().value())
        .line("secret", Digests.write(session.digest()))
        .line("epoch", Long.toString(session.epoch()))
        .time("ends", session.endsAt())
        .line("origin", session.origin().name().toLowerCase(Locale.ROOT))
        .done();
  }

  static SessionRecord readSession(CredentialId id, String body) {
    Lines.Reader lines = new Lines.Reader(body);
    SecretDigest digest =
        Digests.read(
            lines.line("secret").orElseThrow(() -> new IllegalArgumentException("no secret")));
    SessionRecord read =
        new SessionRecord(
            id,
            lines.time("created"),
            PrincipalId.of(lines.required("user")),
            digest,
            Long.parseLong(lines.required("epoch")),
            lines.time("ends"),
            SessionRecord.Origin.valueOf(lines.required("origin").toUpperCase(Locale.ROOT)));
    lines.end();
    return read;
  }

  private static String name(LifecycleState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static LifecycleState state(String name) {
    return LifecycleState.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
