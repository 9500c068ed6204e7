package io.thingward.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thingward.access.DeviceReach;
import io.thingward.internal.rights.Positions;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipView;
import java.util.Objects;

/**
 * What all subjects of a node stand on: its records, what they mean, and the memberships compiled
 * so far. Thread-safe.
 */
final class Grounds {
  private final Records records;
  private final Positions positions;
  private final DeviceReach reach;
  private final Watches watches;
  private final Explanations explanations;
  private final UnknownNames unknown = new UnknownNames();
  private final Cache<MembershipId, Membership> memberships =
      Caffeine.newBuilder().weakValues().build();

  Grounds(Records records, Positions positions, DeviceReach reach, Watches watches) {
    this.records = records;
    this.positions = positions;
    this.reach = reach;
    this.watches = watches;
    this.explanations = new Explanations(positions.catalog());
  }

  Records records() {
    return records;
  }

  Positions positions() {
    return positions;
  }

  DeviceReach reach() {
    return reach;
  }

  Watches watches() {
    return watches;
  }

  Explanations explanations() {
    return explanations;
  }

  /** What a principal is and holds in a workspace, live. Hold it, and it stays the one. */
  Membership membership(MembershipId id) {
    return Objects.requireNonNull(
        memberships.get(id, key -> new Membership(key, records, positions, unknown)));
  }

  /** What a principal is and holds in a workspace, as read from the store now. */
  Membership.Part readPart(MembershipId id) {
    MembershipView view = records.readView(id);
    return Membership.part(id, view.membership(), view.workspace(), view.rolesById(), positions);
  }
}
