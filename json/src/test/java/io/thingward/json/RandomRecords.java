package io.thingward.json;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.Grant;
import io.thingward.model.Limits;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.TagEntry;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.Activation;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Any record, whatever it holds; the same from the same seed. */
final class RandomRecords {
  private static final List<String> HOSTILE =
      List.of(
          "a",
          "B",
          "*",
          "-",
          "\"",
          ",",
          "=",
          " ",
          "'",
          "\\",
          "/",
          "{",
          "}",
          "[",
          "]",
          ":",
          "\u00A0",
          "\u3000",
          "\u200B",
          "\u2028",
          "\u2029",
          "\uFEFF",
          "\uFFFF",
          "\uFF1D",
          "\uFF0C",
          "\u0130",
          "e\u0301",
          "\u00E9",
          "\uD83D\uDE00",
          "\uDBFF\uDFFF",
          "%",
          "\u202E",
          "null",
          "\\u0000");
  private static final long LAST_MILLI = 253_402_300_799_999L;

  private final Random random;

  RandomRecords(long seed) {
    random = new Random(seed);
  }

  /** One of each kind. */
  List<StoreRecord> each() {
    return List.of(
        user(),
        apiUser(),
        claim(),
        workspace(),
        membership(),
        role(),
        apiKey(),
        accessKey(),
        session(),
        use());
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return flip() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private int upTo(int most) {
    return random.nextInt(most + 1);
  }

  /* Now and then as long as it may be. */
  private String text(int limit) {
    int most = random.nextInt(20) == 0 ? limit : Math.min(limit, 12);
    StringBuilder text = new StringBuilder(pick(HOSTILE.subList(0, 20)));
    while (text.length() < most) {
      String more = flip() ? pick(HOSTILE) : codePoint();
      if (text.length() + more.length() > limit) {
        break;
      }
      text.append(more);
    }
    return text.toString();
  }

  private String codePoint() {
    int point;
    do {
      point = random.nextInt(Character.MAX_CODE_POINT + 1);
    } while (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    return Character.toString(point);
  }

  private String characters(String from, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = upTo(most - 1); i >= 0; i--) {
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }

  private Version version() {
    return new Version(flip() ? 1 : 1 + (random.nextLong() >>> 1) % Long.MAX_VALUE, uuid());
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private Instant time() {
    return switch (upTo(5)) {
      case 0 -> Instant.EPOCH;
      case 1 -> Instant.ofEpochMilli(LAST_MILLI);
      default -> Instant.ofEpochMilli((random.nextLong() >>> 1) % (LAST_MILLI + 1));
    };
  }

  private LifecycleState state() {
    return pick(List.of(LifecycleState.values()));
  }

  private PrincipalId principal() {
    return PrincipalId.of(text(Limits.ID_LENGTH));
  }

  private WorkspaceId workspaceId() {
    return WorkspaceId.of(text(Limits.ID_LENGTH));
  }

  private Username username() {
    return new Username(
        characters("az09", 1) + characters("az09@._+-", Limits.USERNAME_LENGTH - 1));
  }

  private CredentialId credential() {
    return new CredentialId(random.nextLong(), random.nextLong());
  }

  private SecretDigest digest() {
    return new SecretDigest(
        random.nextLong(),
        random.nextLong(),
        flip() ? 0 : random.nextLong(),
        random.nextLong(),
        maybe(() -> text(Limits.ID_LENGTH)));
  }

  private List<StoredSecret> secrets() {
    StoredSecret newest = new StoredSecret(digest(), Optional.empty());
    return flip()
        ? List.of(newest)
        : List.of(newest, new StoredSecret(digest(), Optional.of(time())));
  }

  private Set<String> permissions(int least) {
    Set<String> names = new HashSet<>();
    int most = least + upTo(4);
    while (names.size() < most) {
      names.add(characters("azAZ09._/:-", Limits.PERMISSION_NAME_LENGTH));
    }
    return names;
  }

  private DeviceScope selector() {
    DeviceSelector.Builder selector = DeviceSelector.builder().id(DeviceId.of(text(255)));
    for (int i = upTo(4); i > 0; i--) {
      switch (upTo(3)) {
        case 0 -> selector.id(DeviceId.of(text(Limits.DEVICE_ID_LENGTH)));
        case 1 -> selector.tag(TagEntry.anyKey(text(Limits.TAG_LENGTH)));
        case 2 -> selector.tag(TagEntry.anyValue(text(Limits.TAG_LENGTH)));
        default -> selector.tag(TagEntry.of(text(Limits.TAG_LENGTH), text(Limits.TAG_LENGTH)));
      }
    }
    return DeviceScope.of(selector.build());
  }

  private DeviceScope scope() {
    return switch (upTo(4)) {
      case 0 -> DeviceScope.all();
      case 1 -> DeviceScope.none();
      default -> selector();
    };
  }

  private DeviceScope some() {
    return upTo(3) == 0 ? DeviceScope.all() : selector();
  }

  private UserRecord user() {
    LifecycleState state = state();
    boolean deleted = state == LifecycleState.DELETED;
    return new UserRecord(
        principal(),
        version(),
        time(),
        state,
        deleted ? Optional.empty() : Optional.of(username()),
        maybe(this::time),
        random.nextLong(),
        deleted
            ? Optional.empty()
            : maybe(
                () ->
                    new PasswordHash(
                        characters("$az=,+/\"\\<&'~!", 1_000),
                        maybe(() -> text(Limits.ID_LENGTH)))),
        flip(),
        deleted ? Optional.empty() : maybe(() -> new Activation(digest(), time())));
  }

  private ApiUserRecord apiUser() {
    LifecycleState state = state();
    boolean deleted = state == LifecycleState.DELETED;
    return new ApiUserRecord(
        principal(),
        version(),
        time(),
        state,
        deleted ? Optional.empty() : Optional.of(workspaceId()),
        deleted ? "" : text(Limits.NAME_LENGTH),
        maybe(this::time));
  }

  private UsernameClaim claim() {
    return new UsernameClaim(username(), version(), principal());
  }

  private WorkspaceRecord workspace() {
    LifecycleState state = state();
    boolean deleted = state == LifecycleState.DELETED;
    Set<PrincipalId> owners = new HashSet<>();
    for (int i = deleted ? 0 : 1 + upTo(4); i > 0; i--) {
      owners.add(principal());
    }
    return new WorkspaceRecord(
        workspaceId(), version(), time(), state, deleted ? "" : text(Limits.NAME_LENGTH), owners);
  }

  private MembershipRecord membership() {
    boolean removed = flip();
    Map<DeviceScope, Grant> grants = new HashMap<>();
    Set<RoleAssignment> roles = new HashSet<>();
    for (int i = removed ? 0 : upTo(4); i > 0; i--) {
      DeviceScope scope = some();
      grants.put(scope, new Grant(scope, permissions(1)));
      RoleId role = RoleId.of(text(Limits.ID_LENGTH));
      roles.add(new RoleAssignment(role, scope()));
      roles.add(new RoleAssignment(role, scope()));
    }
    return new MembershipRecord(
        new MembershipId(workspaceId(), principal()),
        version(),
        time(),
        removed,
        removed ? Set.of() : permissions(0),
        roles,
        Set.copyOf(grants.values()));
  }

  private RoleRecord role() {
    boolean deleted = flip();
    return new RoleRecord(
        RoleId.of(text(Limits.ID_LENGTH)),
        version(),
        time(),
        deleted,
        deleted ? Optional.empty() : maybe(this::workspaceId),
        deleted ? "" : text(Limits.NAME_LENGTH),
        deleted ? Set.of() : permissions(0),
        deleted ? Set.of() : permissions(0),
        deleted ? Set.of() : permissions(0));
  }

  private Restriction restriction() {
    return flip()
        ? Restriction.unrestricted()
        : Restriction.to(
            Stream.generate(() -> new Restriction.Row(workspaceId(), permissions(0), scope()))
                .limit(upTo(3))
                .toList());
  }

  private ApiKeyRecord apiKey() {
    return new ApiKeyRecord(
        credential(),
        version(),
        time(),
        principal(),
        text(Limits.NAME_LENGTH),
        flip(),
        secrets(),
        maybe(this::time),
        restriction());
  }

  private AccessKeyRecord accessKey() {
    return new AccessKeyRecord(
        credential(),
        version(),
        time(),
        workspaceId(),
        some(),
        text(Limits.NAME_LENGTH),
        flip() ? "" : text(Limits.DESCRIPTION_LENGTH),
        flip(),
        secrets(),
        maybe(this::time));
  }

  private SessionRecord session() {
    return new SessionRecord(
        credential(),
        time(),
        principal(),
        digest(),
        random.nextLong(),
        time(),
        pick(List.of(SessionRecord.Origin.values())));
  }

  private CredentialUse use() {
    return new CredentialUse(
        pick(List.of(CredentialUse.Of.values())),
        credential(),
        new LastUse(
            time(), maybe(() -> text(Limits.NAME_LENGTH)), maybe(() -> text(Limits.NAME_LENGTH))));
  }

  /** A membership with as many grants and terms as there may be. */
  static MembershipRecord largest(MembershipRecord like) {
    Set<Grant> grants = new HashSet<>();
    IntStream.range(0, Limits.GRANTS_PER_MEMBERSHIP)
        .forEach(
            i -> {
              DeviceSelector.Builder selector = DeviceSelector.builder();
              IntStream.range(0, Limits.TERMS_PER_MEMBERSHIP / Limits.GRANTS_PER_MEMBERSHIP)
                  .forEach(j -> selector.tag(TagEntry.of("key" + j, "\uD83D\uDE00 " + i)));
              grants.add(new Grant(DeviceScope.of(selector.build()), Set.of("device.view")));
            });
    return MembershipRecord.builder(like.id(), like.version(), like.created())
        .grants(grants)
        .build();
  }
}
