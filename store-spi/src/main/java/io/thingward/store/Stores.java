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
 *       normalisation. None holds a control character, so U+0000 is a safe separator in keys. Ids,
 *       scopes and credential ids have a text form that reads back equal: store that.
 *   <li>S4 A record comes back equal to the record that was stored, down to the millisecond of each
 *       {@link java.time.Instant} and to the order of each list; no record has a finer time, or one
 *       outside the years 1970 to 9999. Records are immutable, and nothing that a store returns or
 *       was given is a view of its insides. A store clears and derives nothing by itself: a record
 *       in the state deleted comes from core as it is to be kept.
 *   <li>S5 An expected outcome (absent, duplicate, stale) is a value. What could not be done within
 *       the store's own deadline is a {@link StoreUnavailableException}, never "absent"; the
 *       outcome of a write is then unknown. No call hangs without end.
 *   <li>S6 A record that this version of the library cannot read, or that its own constructor
 *       refuses, is an {@link UnreadableRecordException}: never "absent", never rewritten. A
 *       listing that meets one throws; purging leaves it.
 *   <li>S7 A listing is paged and resumable: a record whose insert was acknowledged before the
 *       first page was asked for, and that is present to the last, is listed exactly once; others
 *       may or may not be. Its order is the store's own. It lists what belongs to its parent and
 *       nothing else. No access decision rests on one.
 *   <li>S8 No hidden clock and no hidden cache: what time it is, is an argument.
 *   <li>S9 A store removes nothing on its own but by {@code delete} and {@code purge}: tombstones
 *       and claims stay for ever, because a lost one would let an id be born again.
 * </ul>
 *
 * <p>A store that indexes by hand writes the index entry first and lets a listing skip an entry
 * without a record: then a crash between the two hides nothing. What an index rests on never
 * changes: the workspace of an API user, role or access key, the principal of an API key or
 * session, and every end of a key or session.
 *
 * <p>Every method may be called by any number of threads at once and may block. No argument and no
 * result is null. Each method here returns the same store at every call; who made the stores closes
 * them, after the library.
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
