package io.thingward.nodes;

import io.thingward.Thingward;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * When a fact was what, as those saw it who turned it over; and so, what a node may answer. This is
 * the oracle: it knows nothing of caches or feeds.
 */
final class Chronicle {
  private static final long NEVER = Long.MAX_VALUE;

  final Fact fact;
  private final LongSupplier nanos;
  private final AtomicLong order; // of the begins and ends of all calls
  private final long bound;
  private final List<Turn> turns = new CopyOnWriteArrayList<>();

  /* A call that turned the fact over. Until it has ended, its end is never. */
  private static final class Turn {
    final boolean value;
    final Thingward node;
    final long beganAs;
    volatile long ended = NEVER;
    volatile long endedAs = NEVER;

    Turn(boolean value, Thingward node, long beganAs) {
      this.value = value;
      this.node = node;
      this.beganAs = beganAs;
    }
  }

  Chronicle(Fact fact, Thingward by, LongSupplier nanos, AtomicLong order, long bound) {
    this.fact = fact;
    this.nanos = nanos;
    this.order = order;
    this.bound = bound;
    Turn first = new Turn(true, by, order.incrementAndGet());
    first.ended = nanos.getAsLong();
    first.endedAs = order.incrementAndGet();
    turns.add(first);
  }

  /** Turns it over on a node; one caller at a time. */
  synchronized void turn(Thingward node) {
    boolean value = !turns.get(turns.size() - 1).value;
    Turn turn = new Turn(value, node, order.incrementAndGet());
    turns.add(turn);
    fact.turn().to(value, node);
    turn.endedAs = order.incrementAndGet();
    turn.ended = nanos.getAsLong();
  }

  /** Asks a held subject; tells what is wrong with the answer, or nothing. */
  String ask(Thingward node, Subject held) {
    return judge(node, () -> fact.question().test(held));
  }

  /** Asks for somebody who authenticates now. */
  String askAnew(Thingward node) {
    return judge(
        node,
        () ->
            node.authenticate(fact.credential(), RequestContext.none())
                .toOptional()
                .filter(fact.question())
                .isPresent());
  }

  private String judge(Thingward node, BooleanSupplier question) {
    long beganAs = order.incrementAndGet();
    long began = nanos.getAsLong();
    boolean answer = question.getAsBoolean();
    long answeredAs = order.incrementAndGet();
    List<Turn> known = List.copyOf(turns);
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).value == answer
          && known.get(i).beganAs < answeredAs
          && (i + 1 == known.size() || mayNotKnow(known.get(i + 1), node, began, beganAs))) {
        return "";
      }
    }
    return fact.name() + " was answered " + answer + " at " + began + ", too late";
  }

  /* Whether a call that began then may not have known of a turn: it was not over, or only just. */
  private boolean mayNotKnow(Turn turn, Thingward node, long began, long beganAs) {
    boolean isOver = turn.node == node ? turn.endedAs < beganAs : began - turn.ended > bound;
    return turn.ended == NEVER || !isOver;
  }

  /** Whether it is so, when nobody turns it over. */
  boolean value() {
    return turns.get(turns.size() - 1).value;
  }
}
