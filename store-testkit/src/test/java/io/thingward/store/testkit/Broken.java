package io.thingward.store.testkit;

import io.thingward.store.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A store with one flaw.
 *
 * @param flaw what is wrong with it
 * @param rule the number of the sentence that it breaks, by which it must be caught
 * @param breaking makes it of one that works
 */
record Broken<S>(String flaw, int rule, UnaryOperator<S> breaking) {
  /** Gives other threads all the time they need to come in between. */
  static void dawdle() {
    for (int i = 0; i < 200; i++) {
      pause();
    }
  }

  /** Gives another thread the time to come in between. */
  @SuppressWarnings("ThreadPriorityCheck") // whether a race is lost may depend on the scheduler
  static void pause() {
    Thread.yield();
  }

  /** A page without what it should have, or with what it should not. */
  static <T> Page<T> page(List<T> items, Optional<String> next) {
    return new Page<>(items, next);
  }

  @Override
  public String toString() {
    return "S" + rule + ": " + flaw;
  }
}
