package io.thingward.crash;

import io.thingward.store.ChangeFeed;
import io.thingward.store.ChangeFeed.Poll;

/** Follows a feed from its end, and tells the journal how far it came. For one thread. */
final class FeedFollower {
  private static final int LIMIT = 10;

  private final ChangeFeed feed;
  private final Journal journal;
  private String place;
  private int changes;

  FeedFollower(ChangeFeed feed, Journal journal) {
    this.feed = feed;
    this.journal = journal;
    place = feed.end();
    journal.read(changes, place);
  }

  /** One poll. */
  void follow() {
    if (!(feed.poll(place, LIMIT) instanceof Poll.Changes news)) {
      throw new IllegalStateException("the feed was lost while its database lived");
    }
    changes += news.changes().size();
    place = news.next();
    journal.read(changes, place);
  }
}
