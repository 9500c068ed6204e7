package io.thingward.store;

import io.thingward.model.CredentialId;

/**
 * Reads keys together with their holders, where one engine has both: a cold authentication is one
 * call then instead of two. Optional. See {@link Stores} for what binds every method.
 */
@FunctionalInterface
public interface KeyViews {
  /**
   * S87 The key with this id and its holder: the principal that an API key names, the workspace
   * that an access key names. S88 Each part is as {@link KeyStore#find}, {@link
   * PrincipalStore#find} and {@link WorkspaceStore#find} of the same {@link Stores} would return it
   * during the call, or is what they would throw; a part that is left out counts as absent. May be
   * several reads inside, as long as all begin within the call and it keeps its one deadline.
   */
  KeyView view(CredentialId id);
}
