package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.SecretDigest;
import io.thingward.model.Times;
import java.time.Instant;

/**
 * A session of a user. It never changes: it is inserted, found, and deleted. It lives only while
 * its epoch equals its user's.
 *
 * @param id the key of the record, the public id of the session token
 * @param created when the user logged in
 * @param user whose session it is
 * @param digest the digest of its secret
 * @param epoch the user's epoch when it logged in
 * @param endsAt its absolute end
 * @param origin who vouched for the user
 */
public record SessionRecord(
    CredentialId id,
    Instant created,
    PrincipalId user,
    SecretDigest digest,
    long epoch,
    Instant endsAt,
    Origin origin)
    implements StoreRecord {

  /** Validates. */
  public SessionRecord {
    requireNonNull(id, "id");
    Times.check(requireNonNull(created, "created"));
    requireNonNull(user, "user");
    requireNonNull(digest, "digest");
    Times.check(requireNonNull(endsAt, "endsAt"));
    requireNonNull(origin, "origin");
  }

  /** Who vouched for the user when the session began. */
  public enum Origin {
    /** The user, with a password. */
    PASSWORD,
    /** The host, which had authenticated the user itself. */
    HOST
  }
}
