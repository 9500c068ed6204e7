package io.thingward.authentication;

import io.thingward.access.CredentialInfo;
import io.thingward.access.Subject;
import io.thingward.credential.Issued;

/**
 * A session that has begun.
 *
 * @param subject who logged in, already authenticated by the new session
 * @param session the session, with its token; close it once the token is handed over
 */
public record Login(Subject subject, Issued<CredentialInfo> session) implements AutoCloseable {
  @Override
  public void close() {
    session.close();
  }
}
