package io.thingward.internal.management;

import io.thingward.access.DeviceReach;
import io.thingward.internal.audit.Audit;
import io.thingward.internal.live.LastUses;
import io.thingward.internal.live.Live;
import io.thingward.internal.live.Records;
import io.thingward.internal.live.SessionIssuer;
import io.thingward.internal.live.Time;
import io.thingward.internal.password.PasswordParts;
import io.thingward.internal.rights.Positions;
import io.thingward.internal.token.Digester;
import io.thingward.internal.token.Entropy;
import io.thingward.internal.token.TokenFormat;
import java.util.function.BooleanSupplier;

/**
 * What every operation of management works with.
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

  void requireOpen() {
    if (!open.getAsBoolean()) {
      throw new IllegalStateException("Thingward is closed");
    }
  }
}
