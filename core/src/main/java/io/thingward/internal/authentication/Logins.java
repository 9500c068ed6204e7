package io.thingward.internal.authentication;

import io.thingward.access.RequestContext;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.error.UnavailableException;
import io.thingward.internal.live.Records;
import io.thingward.internal.live.SessionIssuer;
import io.thingward.internal.password.Guesses;
import io.thingward.internal.password.Passwords;
import io.thingward.model.PasswordHash;
import io.thingward.password.HasherBusyException;
import io.thingward.password.Password;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges a username and a password for a session. Thread-safe. */
public final class Logins {
  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

  private final Guesses guesses;
  private final Passwords passwords;
  private final SessionIssuer sessions;
  private final Records records;

  /** Joins the parts. */
  public Logins(Guesses guesses, Passwords passwords, SessionIssuer sessions, Records records) {
    this.guesses = guesses;
    this.passwords = passwords;
    this.sessions = sessions;
    this.records = records;
  }

  /** Logs in. */
  public Authentication<Login> login(PasswordLogin presented, RequestContext context) {
    return guesses.guess(presented, context, right -> begin(right, presented, context));
  }

  private Guesses.Conclusion<Login> begin(
      Guesses.Right right, PasswordLogin presented, RequestContext context) {
    SessionIssuer.Begun begun =
        sessions.begin(right.user(), SessionRecord.Origin.PASSWORD, context);
    if (begun.login().isEmpty()) {
      return Guesses.Conclusion.refused(begun.refusal().orElseThrow().code());
    }
    if (right.outdated()) {
      upgrade(right.user(), presented.password());
    }
    Login login = begun.login().get();
    return Guesses.Conclusion.of(login, Optional.of(login.session().id()));
  }

  /*
   * Replaces the hash with one of today's parameters and pepper, if the record is still the one that
   * was read before the comparison: whoever changed the password meanwhile wins. What fails here is
   * done at another login.
   */
  private void upgrade(UserRecord read, Password right) {
    try {
      PasswordHash today = passwords.hash(right);
      boolean upgraded =
          records
              .principals()
              .replace(read, read.toBuilder().password(Optional.of(today)).build())
              .isPresent();
      LOG.debug("the password hash of {} was upgraded: {}", read.id(), upgraded);
    } catch (HasherBusyException | UnavailableException later) {
      LOG.debug("the password hash of {} was not upgraded", read.id(), later);
    }
  }
}
