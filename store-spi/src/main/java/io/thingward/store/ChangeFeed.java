package io.thingward.store;

import static java.util.Objects.requireNonNull;

import io.thingward.model.DeviceId;
import io.thingward.model.Limits;
import io.thingward.model.WorkspaceId;
import java.util.List;

/**
 * Tells every node what changed in a store, so that it need not read each record again within its
 * freshness bound. Optional: an engine that cannot keep these sentences has no feed, and all works
 * without one.
 *
 * <p>A change is an insert or replacement of a principal, claim, workspace, membership or role, a
 * replacement or deletion of a key, a deletion of a session, and what {@link #announce} says. What
 * was refused is none, nor is the creation of a credential, nor purging.
 *
 * <ul>
 *   <li>S77 Each change reaches the feed with its commit: if the change is there, so is its entry,
 *       and the other way round. The feed is that of the data, not of a node: what changed through
 *       one is told on all. What was refused or undone is not told: a version that was told is one
 *       that the record had. More than changes may be told: a new credential, or one that was
 *       purged, costs a read that is not needed, and no more.
 *   <li>S78 A change is delivered at least once, and the changes of one record in their order.
 *   <li>S79 A poll says {@link Poll.Changes#complete} only if every change that was acknowledged
 *       before the poll began has been delivered, by it or by the polls whose place it continues.
 *       Sequence numbers that are handed out before a commit are not enough for that: a later
 *       number may be seen first.
 *   <li>S80 A place that the feed cannot continue from (trimmed, or of another history: a failover,
 *       a restored copy, with the same numbers perhaps) is {@link Poll.Lost} before any poll from
 *       it is complete: there is no silent gap. Nor is an entry left out that this version of the
 *       library cannot read: it is an {@link UnreadableRecordException} of the poll. A feed that
 *       throws costs reads; a gap would hide a revocation.
 *   <li>S81 A read that begins after a poll returned sees at least what the poll told of, while
 *       others write, too: an entry cannot be polled before its change can be read.
 * </ul>
 *
 * <p>See {@link Stores} for what binds every method. One feed may serve several stores of one
 * engine: then each returns the same object, and it tells of the changes of all of them.
 */
public interface ChangeFeed {
  /**
   * S82 The place behind all changes that were acknowledged before this call. Places are texts that
   * only the feed understands. One is good on every node, and names its history (by a random id of
   * the entry before it, say), since no number alone keeps S80.
   */
  String end();

  /**
   * S83 The changes behind a place, at most so many; with more to come it is not complete, and goes
   * on where it stopped. A node calls this four times per freshness bound, from one thread. S84
   * What is no place of a feed is an {@link IllegalArgumentException}, and so is a limit that is
   * none.
   *
   * @param after what {@link #end} or an earlier poll said
   * @param limit 1 to {@value Limits#PAGE}
   */
  Poll poll(String after, int limit);

  /**
   * S85 Tells all nodes of a device that the host changed. Asked of the feed of keys only, since it
   * is access keys that devices come with.
   */
  void announce(WorkspaceId workspace, DeviceId device);

  /**
   * S86 Forgets the changes before a place, all or some of them. Places before it may be lost from
   * then on; the place itself, and those behind it, are not. Each node that follows the feed calls
   * this, about once a minute, with a place that it passed ten minutes ago; nobody else trims, so a
   * feed without a reader grows. Where it throws, the node tries again later.
   */
  void trim(String before);

  /** What a poll found. */
  sealed interface Poll {
    /**
     * The next changes, none included.
     *
     * @param changes at most as many as were asked for
     * @param next the place behind them
     * @param complete whether everything acknowledged before this poll began is delivered now
     */
    record Changes(List<Change> changes, String next, boolean complete) implements Poll {
      /** Copies. */
      public Changes {
        requireNonNull(next, "next");
        changes = List.copyOf(changes);
      }
    }

    /** Nobody knows what happened since that place: begin again at {@link ChangeFeed#end}. */
    record Lost() implements Poll {}
  }
}
