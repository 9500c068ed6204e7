package io.thingward.internal.live;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.CredentialInfo;
import io.thingward.access.Reason;
import io.thingward.access.RequestContext;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.error.UnavailableException;
import io.thingward.internal.token.Digester;
import io.thingward.internal.token.Entropy;
import io.thingward.internal.token.TokenFormat;
import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Begins sessions, whoever vouched for the user. A session carries the epoch of the record that the
 * caller read before it vouched; the user is read once more after the session is stored. So what
 * changes the epoch meanwhile wins. Thread-safe.
 */
public final class SessionIssuer {
  private final Records records;
  private final Live live;
  private final Entropy entropy;
  private final Digester digester;
  private final TokenFormat format;
  private final LastUses uses;
  private final Duration life;

  /** Joins the parts; {@code life} is from the login to the absolute end. */
  public SessionIssuer(
      Records records,
      Live live,
      Entropy entropy,
      Digester digester,
      TokenFormat format,
      LastUses uses,
      Duration life) {
    this.records = records;
    this.live = live;
    this.entropy = entropy;
    this.digester = digester;
    this.format = format;
    this.uses = uses;
    this.life = life;
  }

  /**
   * What became of a session.
   *
   * @param login the session, if it lives
   * @param refusal why it does not, else; it is gone then
   */
  public record Begun(Optional<Login> login, Optional<Reason> refusal) {}

  /** Begins a session of a user whose record was read before somebody vouched for it. */
  public Begun begin(UserRecord user, SessionRecord.Origin origin, RequestContext context) {
    byte[] secret = entropy.secret();
    try {
      Instant now = records.time().now();
      SessionRecord session =
          new SessionRecord(
              entropy.credentialId(),
              now,
              user.id(),
              digester.digest(secret),
              user.epoch(),
              now.plus(life),
              origin);
      Live.Admission admission = admit(session);
      return new Begun(
          admission.subject().map(subject -> login(subject, secret, context, now)),
          admission.refusal());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private Live.Admission admit(SessionRecord session) {
    boolean over = true;
    try {
      if (!records.credentials().insert(session)) {
        over = false; // it is somebody else's
        throw new UnavailableException("the id of a new session is taken");
      }
      Live.Admission admission = live.admitNew(session);
      boolean lives = admission.subject().isPresent() && endExcess(session);
      over = !lives;
      return lives || admission.refusal().isPresent()
          ? admission
          : Live.Admission.refused(Reason.CREDENTIAL_ENDED);
    } catch (UnavailableException failure) {
      throw failure.isOutcomeUnknown()
          ? failure
          : UnavailableException.afterWrite("a session may be left that admits nobody", failure);
    } finally {
      if (over) {
        discard(session.id());
      }
    }
  }

  private Login login(LiveSubject subject, byte[] secret, RequestContext context, Instant now) {
    CredentialInfo info = subject.credential();
    uses.note(info.id(), context, now);
    return new Login(
        subject,
        new Issued<>(info.id(), info, format.token(TokenFormat.Kind.SESSION, info.id(), secret)));
  }

  /*
   * Leaves the newest of those that may live, and tells whether the new one is among them. Of logins
   * at the same time the last one to list sees them all, and none ends one of the newest, since each
   * sees no more sessions than there are. What is older and has another epoch is dead, since this one's
   * was the user's a moment ago; what is newer and has another began after the epoch changed again.
   */
  private boolean endExcess(SessionRecord session) {
    List<CredentialId> alive = new ArrayList<>();
    List<CredentialId> over = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Page<SessionRecord> page =
          records.listings().sessions(session.user(), new PageRequest(next, Limits.PAGE));
      for (SessionRecord other : page.items()) {
        if (other.epoch() == session.epoch()) {
          alive.add(other.id());
        } else if (other.id().compareTo(session.id()) < 0) {
          over.add(other.id());
        }
      }
      next = page.next();
    } while (next.isPresent());
    alive.sort(Comparator.reverseOrder());
    alive.stream().skip(Limits.SESSIONS_PER_USER).forEach(over::add);
    over.forEach(this::end);
    return !over.contains(session.id());
  }

  /** Ends a session; false if it is gone. */
  @CanIgnoreReturnValue
  public boolean end(CredentialId id) {
    boolean there = records.credentials().deleteSession(id);
    uses.forget(List.of(id));
    return there;
  }

  /* Its token was never handed out; so what stays behind admits nobody. */
  private void discard(CredentialId id) {
    try {
      end(id);
    } catch (UnavailableException left) {
      uses.forget(List.of(id));
    }
  }
}
