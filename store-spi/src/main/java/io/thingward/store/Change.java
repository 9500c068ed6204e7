package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.util.Optional;

/** What a {@link ChangeFeed} tells of: which record changed, and to which version. */
public sealed interface Change {
  /** That this record was inserted, unless it is a key, or replaced. */
  static Change of(VersionedRecord<?> record) {
    requireNonNull(record, "record");
    if (record instanceof PrincipalRecord principal) {
      return new OfPrincipal(principal.id(), principal.version());
    } else if (record instanceof UsernameClaim claim) {
      return new OfClaim(claim.username(), claim.version());
    } else if (record instanceof WorkspaceRecord workspace) {
      return new OfWorkspace(workspace.id(), workspace.version());
    } else if (record instanceof MembershipRecord membership) {
      return new OfMembership(membership.id(), membership.version());
    } else if (record instanceof RoleRecord role) {
      return new OfRole(role.id(), role.version());
    }
    KeyRecord key = (KeyRecord) record;
    return new OfKey(key.id(), Optional.of(key.version()));
  }

  /** A principal was inserted or replaced. */
  record OfPrincipal(PrincipalId id, Version version) implements Change {
    /** Validates. */
    public OfPrincipal {
      requireNonNull(id, "id");
      requireNonNull(version, "version");
    }
  }

  /** A claim was inserted or replaced. */
  record OfClaim(Username username, Version version) implements Change {
    /** Validates. */
    public OfClaim {
      requireNonNull(username, "username");
      requireNonNull(version, "version");
    }
  }

  /** A workspace was inserted or replaced. */
  record OfWorkspace(WorkspaceId id, Version version) implements Change {
    /** Validates. */
    public OfWorkspace {
      requireNonNull(id, "id");
      requireNonNull(version, "version");
    }
  }

  /** A membership was inserted or replaced. */
  record OfMembership(MembershipId id, Version version) implements Change {
    /** Validates. */
    public OfMembership {
      requireNonNull(id, "id");
      requireNonNull(version, "version");
    }
  }

  /** A role was inserted or replaced. */
  record OfRole(RoleId id, Version version) implements Change {
    /** Validates. */
    public OfRole {
      requireNonNull(id, "id");
      requireNonNull(version, "version");
    }
  }

  /**
   * A key was replaced or deleted.
   *
   * @param version the new version; empty if the key was deleted
   */
  record OfKey(CredentialId id, Optional<Version> version) implements Change {
    /** Validates. */
    public OfKey {
      requireNonNull(id, "id");
      requireNonNull(version, "version");
    }
  }

  /** A session was deleted. */
  record OfSession(CredentialId id) implements Change {
    /** Validates. */
    public OfSession {
      requireNonNull(id, "id");
    }
  }

  /** A device was announced: it changed in the host's own database, appeared or is gone. */
  record OfDevice(WorkspaceId workspace, DeviceId id) implements Change {
    /** Validates. */
    public OfDevice {
      requireNonNull(workspace, "workspace");
      requireNonNull(id, "id");
    }
  }
}
