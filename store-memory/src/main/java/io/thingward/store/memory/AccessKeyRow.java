package io.thingward.store.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An access key, of which there may be one per device, in two objects instead of a dozen. */
final class AccessKeyRow implements KeyRow {
  /* No text of a record has a control character in it. */
  private static final char SEPARATOR = '\n';
  private static final Joiner JOINER = Joiner.on(SEPARATOR);
  private static final Splitter SPLITTER = Splitter.on(SEPARATOR);

  private final CredentialId id;
  private final long sequence;
  private final long changeHigh;
  private final long changeLow;
  private final long createdSecond;
  private final int createdNano;
  private final WorkspaceId workspace;
  private final long a;
  private final long b;
  private final long c;
  private final long d;
  /* Name, scope, pepper id or nothing, description. */
  private final byte[] texts;
  private final @Nullable Rest rest;

  /** Packs a record; {@code workspace} is equal to its own and shared with other rows. */
  AccessKeyRow(AccessKeyRecord key, WorkspaceId workspace) {
    StoredSecret newest = key.secrets().get(0);
    SecretDigest digest = newest.digest();
    UUID change = key.version().change();
    Instant created = key.created();
    id = key.id();
    sequence = key.version().sequence();
    changeHigh = change.getMostSignificantBits();
    changeLow = change.getLeastSignificantBits();
    createdSecond = created.getEpochSecond();
    createdNano = created.getNano();
    this.workspace = workspace;
    a = digest.a();
    b = digest.b();
    c = digest.c();
    d = digest.d();
    texts =
        JOINER
            .join(key.name(), key.scope(), digest.pepper().orElse(""), key.description())
            .getBytes(UTF_8);
    Rest rest =
        new Rest(key.suspended(), key.secrets().subList(1, key.secrets().size()), key.endsAt());
    this.rest = rest.equals(Rest.NONE) ? null : rest;
  }

  @Override
  public CredentialId id() {
    return id;
  }

  @Override
  public Version version() {
    return new Version(sequence, new UUID(changeHigh, changeLow));
  }

  @Override
  public Optional<Instant> endsAt() {
    return rest().endsAt;
  }

  WorkspaceId workspace() {
    return workspace;
  }

  @Override
  public AccessKeyRecord unpack() {
    List<String> texts = SPLITTER.splitToList(new String(this.texts, UTF_8));
    Optional<String> pepper = Optional.of(texts.get(2)).filter(id -> !id.isEmpty());
    StoredSecret newest = new StoredSecret(new SecretDigest(a, b, c, d, pepper), Optional.empty());
    return new AccessKeyRecord(
        id,
        version(),
        Instant.ofEpochSecond(createdSecond, createdNano),
        workspace,
        DeviceScope.parse(texts.get(1)),
        texts.get(0),
        texts.get(3),
        rest().suspended,
        ImmutableList.<StoredSecret>builder().add(newest).addAll(rest().older).build(),
        rest().endsAt);
  }

  private Rest rest() {
    return rest == null ? Rest.NONE : rest;
  }

  /** What few keys have. */
  private record Rest(boolean suspended, List<StoredSecret> older, Optional<Instant> endsAt) {
    static final Rest NONE = new Rest(false, List.of(), Optional.empty());

    Rest {
      older = List.copyOf(older);
    }
  }
}
