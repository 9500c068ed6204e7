package io.thingward.management;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.DeviceReach;
import io.thingward.error.ConflictException;
import io.thingward.error.UnavailableException;
import io.thingward.internal.audit.Audit;
import io.thingward.internal.live.LastUses;
import io.thingward.internal.live.Live;
import io.thingward.internal.live.Records;
import io.thingward.internal.live.SessionIssuer;
import io.thingward.internal.live.Time;
import io.thingward.internal.password.PasswordParts;
import io.thingward.internal.rights.Holdings;
import io.thingward.internal.rights.Positions;
import io.thingward.internal.token.Digester;
import io.thingward.internal.token.Entropy;
import io.thingward.internal.token.TokenFormat;
import io.thingward.model.CredentialId;
import io.thingward.model.RoleId;
import io.thingward.store.LastUse;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipView;
import io.thingward.store.RoleRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What every operation of management works with. Made by the library when it is built; not for
 * callers.
 *
 * @param records the stores
 * @param live makes subjects
 * @param positions the catalog
 * @param reach what a device may do: what an access key gives
 * @param entropy random numbers
 * @param digester digests of secrets
 * @param format the token format
 * @param keyUses last uses of keys
 * @param sessionUses last uses of sessions
 * @param sessions begins and ends sessions
 * @param passwords usernames and passwords
 * @param audit where events go
 * @param time the clocks
 * @param policies the host's durations
 * @param tags the host's rules for tags
 * @param open whether the library is open
 */
public record Room(
    Records records,
    Live live,
    Positions positions,
    DeviceReach reach,
    Entropy entropy,
    Digester digester,
    TokenFormat format,
    LastUses keyUses,
    LastUses sessionUses,
    SessionIssuer sessions,
    PasswordParts passwords,
    Audit audit,
    Time time,
    Policies policies,
    TagRules tags,
    BooleanSupplier open) {

  private static final int ATTEMPTS = 50;

  void requireOpen() {
    if (!open.getAsBoolean()) {
      throw new IllegalStateException("Thingward is closed");
    }
  }

  /*
   * Last uses, where they can be had: they decorate an answer, and a change that was made is told
   * whether or not the store of last uses answers.
   */
  Map<CredentialId, LastUse> keyUsesOf(List<CredentialId> ids) {
    return orNone(() -> records.readKeyUses(ids));
  }

  Map<CredentialId, LastUse> sessionUsesOf(List<CredentialId> ids) {
    return orNone(() -> records.readSessionUses(ids));
  }

  private static Map<CredentialId, LastUse> orNone(Supplier<Map<CredentialId, LastUse>> uses) {
    try {
      return uses.get();
    } catch (UnavailableException unknown) {
      return Map.of();
    }
  }

  /* What a membership gives, as read from the store now; nothing for one that is not there. */
  Holdings holdings(MembershipId id) {
    MembershipView view = records.readView(id);
    Map<RoleId, RoleRecord> roles =
        view.roles().stream().collect(Collectors.toMap(RoleRecord::id, role -> role, (a, b) -> a));
    return view.membership()
        .filter(membership -> !membership.removed())
        .map(membership -> Holdings.of(membership, roles))
        .orElse(Holdings.NOTHING);
  }

  /*
   * Reads a record, changes it, and replaces it if nobody else did meanwhile; begins again if somebody
   * did. The change validates what it reads and may refuse by throwing; it may run several times. A
   * change that returns what it was given writes nothing.
   */
  @CanIgnoreReturnValue
  <R> R update(
      Supplier<Optional<R>> read,
      Supplier<? extends RuntimeException> absent,
      Function<R, R> change,
      BiPredicate<R, R> replace) {
    for (int i = 0; i < ATTEMPTS; i++) {
      R before = read.get().orElseThrow(absent);
      R after = change.apply(before);
      if (after.equals(before) || replace.test(after, before)) {
        return after;
      }
    }
    throw new ConflictException("the record kept changing meanwhile; nothing was done");
  }
}
