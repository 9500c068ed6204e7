package io.thingward.store;

import io.thingward.model.CredentialId;

/**
 * Reads sessions together with their users, where one engine has both: a cold authentication is one
 * call then instead of two. Optional. See {@link Stores} for what binds every method.
 */
@FunctionalInterface
public interface SessionViews {
  /**
   * S89 The session with this id, and the principal that it names. S90 Each part is as {@link
   * SessionStore#find} and {@link PrincipalStore#find} of the same {@link Stores} would return it
   * during the call, or is what they would throw; a part that is left out counts as absent. May be
   * several reads inside, as long as all begin within the call and it keeps its one deadline.
   */
  SessionView view(CredentialId id);
}
