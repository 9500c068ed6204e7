package io.thingward.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A journal in memory, which does something once a number of calls was acknowledged. */
final class Told implements Journal {
  /** A place in the feed, and how many changes the feed told of before. */
  record Place(int changes, String text) {}

  private final List<Ledger> ledgers = Stream.generate(Ledger::new).limit(Load.WORKERS).toList();
  private final List<Place> places = new ArrayList<>(); // one thread reads the feed
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final int limit;
  private final Runnable then;
  private volatile boolean over;

  Told(int limit, Runnable then) {
    this.limit = limit;
    this.then = then;
  }

  @Override
  public void begun(int worker, Deed attempted) {
    ledgers.get(worker).begun(attempted);
  }

  @Override
  public void done(int worker, Deed deed) {
    ledgers.get(worker).done(deed);
    if (acknowledged.incrementAndGet() == limit) {
      try {
        then.run();
      } finally {
        over = true;
      }
    }
  }

  @Override
  public void refused(int worker) {
    ledgers.get(worker).refused();
  }

  @Override
  public void read(int changes, String place) {
    places.add(new Place(changes, place));
  }

  @Override
  public boolean goesOn() {
    return !over;
  }

  int acknowledged() {
    return acknowledged.get();
  }

  /** How many calls have no answer. */
  long open() {
    return ledgers.stream().filter(Ledger::isOpen).count();
  }

  /** The first place of the feed is the one before everything that is told. */
  List<Place> places() {
    return places;
  }

  Set<String> mentioned() {
    return ledgers.stream().flatMap(l -> l.mentioned().stream()).collect(Collectors.toSet());
  }

  /**
   * What each worker was told is so, and somebody owns the workspace that they fight over.
   *
   * @return how many calls without an answer are seen to have happened
   */
  long check(Witness witness) {
    long happened = ledgers.stream().filter(ledger -> ledger.check(witness)).count();
    assertThat(ledgers.stream().flatMap(ledger -> ledger.known().stream()))
        .as("an owner")
        .anyMatch(fact -> fact.startsWith("owns "));
    return happened;
  }
}
