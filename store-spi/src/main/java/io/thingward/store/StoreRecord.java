package io.thingward.store;

/**
 * Anything that {@link Stores} keep, for what treats all of it alike: files, exports, imports. No
 * store takes or returns one.
 */
public sealed interface StoreRecord permits CredentialUse, SessionRecord, VersionedRecord {}
