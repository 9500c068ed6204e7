package io.thingward.store;

import java.util.Optional;

/**
 * The stores of one Thingward installation, one per aggregate. They may live in different engines:
 * no operation needs a transaction across records.
 *
 * <p>What binds every store is numbered, here and on each method; {@code thingward-store-testkit}
 * has at least one test for each number. Of every store:
 *
 * <ul>
 *   <li>S1 After a mutation is acknowledged, every read by key sees it or a later state, on any
 *       node.
 *   <li>S2 Insert, replace and delete of one record are atomic: of two that race, each either took
 *       effect whole, in some order, or not at all.
 *   <li>S3 Ids, names and tags compare exactly, by code point: no case folding, no trimming, no
 *       normalisation. A store accepts every text that a record can hold: any Unicode in whole code
 *       points, up to the limits, but no control character (U+0000 to U+001F, U+007F to U+009F),
 *       which records refuse. So a control character separates the parts of a key: U+001F, which
 *       sorts before all that they hold; U+0000 is not kept by every engine. Ids, scopes and
 *       credential ids have a text form that reads back equal: store that.
 *   <li>S4 A record comes back equal to the record that was stored, down to the millisecond of each
 *       {@link java.time.Instant} and to the order of each list; no record has a finer time, or one
 *       outside the years 1970 to 9999.
 *   <li>S10 Nothing that a store returns or was given is a view of its insides; records are
 *       immutable.
 *   <li>S11 A store clears and derives nothing by itself, and checks no record against another: a
 *       record in the state deleted comes from core as it is to be kept, and what a record names
 *       may be kept later, elsewhere or not at all.
 *   <li>S5 An expected outcome (absent, duplicate, stale) is a value.
 *   <li>S12 What could not be done within the store's own deadline is a {@link
 *       StoreUnavailableException}, never "absent"; the outcome of a write is then unknown.
 *   <li>S13 No call hangs without end.
 *   <li>S6 A record that this version of the library cannot read, or that its own constructor
 *       refuses, is an {@link UnreadableRecordException} of every read by key, never "absent"; so
 *       is a view of which a part is such a record.
 *   <li>S14 Such a record is left as it is: no write replaces or deletes it, a purge passes over
 *       it. A write that meets it throws the same exception; one that compares keys or versions may
 *       answer false instead.
 *   <li>S15 A listing that meets one throws the same exception.
 *   <li>S7 A listing is paged and resumable: a record whose insert was acknowledged before the
 *       first page was asked for, and that is present to the last, is listed exactly once; others
 *       may or may not be. Its order is the store's own. No access decision rests on one.
 *   <li>S16 A listing lists what belongs to its parent and nothing else.
 *   <li>S8 No hidden clock and no hidden cache: what time it is, is an argument, in whole
 *       milliseconds and perhaps before 1970.
 *   <li>S9 A store removes nothing on its own but by {@code delete} and {@code purge}: tombstones
 *       and claims stay for ever, because a lost one would let an id be born again.
 *   <li>S17 Every method may be called by any number of threads at once, and may block.
 *   <li>S18 No result is null, and no argument.
 *   <li>S19 Each method here returns the same store at every call; the stores of the six methods
 *       share no record.
 * </ul>
 *
 * <p>A store that indexes by hand writes the index entry first and lets a listing skip an entry
 * without a record: then a crash between the two hides nothing. What an index rests on never
 * changes: the workspace of an API user, role or access key (but that a deleted API user or role
 * has none), the principal of an API key or session, and every end of a key or session.
 *
 * <p>Who made the stores closes them, after the library.
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

  /**
   * Keys together with their holders, if {@link #keys()}, {@link #principals()} and {@link
   * #workspaces()} live in one engine that reads them in one call.
   */
  default Optional<KeyViews> keyViews() {
    return Optional.empty();
  }

  /**
   * Sessions together with their users, if {@link #sessions()} and {@link #principals()} live in
   * one engine that reads them in one call.
   */
  default Optional<SessionViews> sessionViews() {
    return Optional.empty();
  }

  /**
   * These stores, but with sessions and their last uses in others, which may be another engine.
   * Keys come together with their holders as before; sessions do not, since their users are not in
   * those others. Where sessions were kept before, none is looked for any longer: users log in
   * again.
   */
  default Stores withSessionsIn(Stores others) {
    return new SessionsApart(this, others);
  }
}
