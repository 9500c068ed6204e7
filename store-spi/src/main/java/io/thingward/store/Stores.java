package io.thingward.store;

/**
 * The stores of one Thingward installation, one per aggregate. They may live in different engines:
 * no operation needs a transaction across records.
 *
 * <p>What binds every store, beside what each method says:
 *
 * <ul>
 *   <li>S1 After a mutation is acknowledged, every read by key sees it or a later state, on any
 *       node.
 *   <li>S2 Insert, replace and delete of one record are atomic: of two that race, each either took
 *       effect whole, in some order, or not at all.
 *   <li>S3 Ids, names and tags compare exactly, by code point: no case folding, no trimming, no
 *       normalisation.
 *   <li>S4 A record comes back equal to the record that was stored, down to the millisecond of each
 *       {@link java.time.Instant}; core stores no finer time. Records are immutable, and nothing
 *       that a store returns or was given is a view of its insides.
 *   <li>S5 An expected outcome (absent, duplicate, stale) is a value. What could not be done within
 *       the store's own deadline is a {@link StoreUnavailableException}, never "absent"; the
 *       outcome of a write is then unknown. No call hangs without end.
 *   <li>S6 A record that this version of the library cannot read is an {@link
 *       UnreadableRecordException}: never "absent", never rewritten.
 *   <li>S7 A listing is paged and resumable: records that are present from the first page to the
 *       last are listed exactly once; others may or may not be. Its order is the store's own.
 *   <li>S8 No hidden clock and no hidden cache: what time it is, is an argument.
 *   <li>S9 Losing any record may only remove rights.
 * </ul>
 *
 * <p>Every method may be called by any number of threads at once and may block. No argument and no
 * result is null.
 */
public interface Stores {
  /** Users, API users and the claims on usernames. */
  PrincipalStore principals();

  /** Workspaces, memberships and roles. */
  WorkspaceStore workspaces();

  /** API keys and access keys. */
  KeyStore keys();

  /** Sessions. */
  SessionStore sessions();

  /** When keys were last used; lives beside {@link #keys()}. */
  LastUseStore keyUses();

  /** When sessions were last used; lives beside {@link #sessions()}. */
  LastUseStore sessionUses();
}
