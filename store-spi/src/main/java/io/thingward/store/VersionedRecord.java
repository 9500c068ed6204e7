package io.thingward.store;

import io.thingward.model.Version;

/**
 * A record that is replaced by compare-and-set over its version.
 *
 * @param <R> the kind of record
 */
public sealed interface VersionedRecord<R extends VersionedRecord<R>> extends StoreRecord
    permits KeyRecord,
        MembershipRecord,
        PrincipalRecord,
        RoleRecord,
        UsernameClaim,
        WorkspaceRecord {
  /** Which state of the record this is. */
  Version version();

  /** The same as another state of the record: all but the version stays. */
  R at(Version version);
}
