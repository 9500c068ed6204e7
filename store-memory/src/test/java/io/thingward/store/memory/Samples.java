package io.thingward.store.memory;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
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
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.RoleRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import io.thingward.store.WorkspaceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Records to store, and what tests do with pages of them. */
final class Samples {
  private Samples() {}

  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  static final WorkspaceId ACME = WorkspaceId.of("acme");
  static final PrincipalId ANN = PrincipalId.of("ann");

  static Version version(long sequence) {
    return new Version(sequence, new UUID(7, sequence));
  }

  static CredentialId credential(long number) {
    return new CredentialId(number, -number);
  }

  static SecretDigest digest(long seed) {
    return new SecretDigest(seed, -seed, ~seed, seed << 32, Optional.empty());
  }

  static List<StoredSecret> secrets(long seed) {
    return List.of(new StoredSecret(digest(seed), Optional.empty()));
  }

  static UserRecord user(String id) {
    return UserRecord.builder(PrincipalId.of(id), version(1), T0)
        .username(Optional.of(Username.parse("ann")))
        .epoch(5)
        .build();
  }

  static UserRecord fullUser(String id, Instant time) {
    return user(id).toBuilder()
        .endsAt(Optional.of(time))
        .epoch(Long.MIN_VALUE)
        .password(Optional.of(new PasswordHash("$argon2id$v=19$", Optional.of("pepper"))))
        .passwordLoginStopped(true)
        .activation(Optional.of(new Activation(digest(9), time)))
        .build();
  }

  static ApiUserRecord apiUser(String id, WorkspaceId workspace) {
    return ApiUserRecord.builder(PrincipalId.of(id), version(1), T0)
        .workspace(Optional.of(workspace))
        .name("Robot")
        .build();
  }

  static UsernameClaim claim(String username) {
    return new UsernameClaim(Username.parse(username), version(1), ANN);
  }

  static WorkspaceRecord workspace(String id) {
    return WorkspaceRecord.builder(WorkspaceId.of(id), version(1), T0)
        .name("Acme")
        .owners(Set.of(ANN))
        .build();
  }

  static MembershipRecord membership(WorkspaceId workspace, PrincipalId principal) {
    return MembershipRecord.builder(new MembershipId(workspace, principal), version(1), T0)
        .permissions(Set.of("members.read"))
        .build();
  }

  static RoleRecord role(String id, Optional<WorkspaceId> workspace) {
    return RoleRecord.builder(RoleId.of(id), version(1), T0)
        .workspace(workspace)
        .name("Role")
        .permissions(Set.of("members.read"))
        .onAllDevices(Set.of("view"))
        .onAssignedDevices(Set.of("edit"))
        .build();
  }

  static ApiKeyRecord apiKey(long number, PrincipalId principal) {
    return ApiKeyRecord.builder(
            credential(number),
            version(1),
            T0,
            principal,
            "Key",
            secrets(number),
            Restriction.unrestricted())
        .build();
  }

  static AccessKeyRecord accessKey(long number, WorkspaceId workspace) {
    return AccessKeyRecord.builder(
            credential(number),
            version(1),
            T0,
            workspace,
            DeviceScope.all(),
            "Key",
            secrets(number))
        .build();
  }

  static SessionRecord session(long number, PrincipalId user, Instant endsAt) {
    return new SessionRecord(
        credential(number), T0, user, digest(number), 5, endsAt, SessionRecord.Origin.PASSWORD);
  }

  /** All pages of a listing, one after the other. */
  static <T> List<T> pages(Function<PageRequest, Page<T>> listing, int limit) {
    List<T> items = new ArrayList<>();
    Page<T> page = listing.apply(PageRequest.first(limit));
    items.addAll(page.items());
    while (page.next().isPresent()) {
      page = listing.apply(PageRequest.after(page.next().get(), limit));
      items.addAll(page.items());
    }
    return items;
  }
}
