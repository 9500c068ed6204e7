package io.thingward.internal.throttle;

import io.thingward.throttle.ThrottlePolicy;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/* One account, with and without a source, while the clock stands still. Each thread holds at most one
 * attempt. The limits are so low that most histories meet them. */
class ThrottleLincheckTest {
  private static final int OF_ACCOUNT = 2;
  private static final int OF_SOURCE = 1;
  private static final int THREADS = 3;

  @Test
  void attempts_inAnyInterleaving_areLinearizable_B03() {
    new ModelCheckingOptions()
        .iterations(20)
        .invocationsPerIteration(100)
        .threads(THREADS)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(2)
        .sequentialSpecification(InTurn.class)
        .check(AtOnce.class);
  }

  /** What is tested: a stripe of accounts and one of sources. */
  public static class AtOnce {
    private final Accounts accounts = new Accounts(policy(OF_ACCOUNT), () -> 0, 10);
    private final Sources sources = new Sources(policy(OF_SOURCE), () -> 0, 10);
    private final Key account = new Key(1, 1);
    private final Key source = new Key(2, 2);
    private final Admitted[] attempts = new Admitted[THREADS + 2];

    private static ThrottlePolicy policy(int failures) {
      return ThrottlePolicy.builder()
          .failuresBeforeDelay(failures)
          .sourceFailures(failures)
          .build();
    }

    @Operation
    public boolean admit(
        @Param(gen = ThreadIdGen.class) int thread,
        @Param(gen = BooleanGen.class) boolean fromSource) {
      if (attempts[thread] != null) {
        return false;
      }
      Admission admission =
          fromSource ? sources.admit(source, accounts, account) : accounts.admit(account, null);
      if (admission instanceof Admitted attempt) {
        attempts[thread] = attempt;
        return true;
      }
      return false;
    }

    @Operation
    public void end(
        @Param(gen = ThreadIdGen.class) int thread,
        @Param(gen = BooleanGen.class) boolean withdrawn) {
      Admitted attempt = attempts[thread];
      attempts[thread] = null;
      if (attempt != null && withdrawn) {
        attempt.withdrawn();
      } else if (attempt != null) {
        attempt.succeeded();
      }
    }

    @Operation
    public boolean fail(@Param(gen = ThreadIdGen.class) int thread) {
      Admitted attempt = attempts[thread];
      attempts[thread] = null;
      return attempt != null && attempt.failed();
    }
  }

  /** The same with one call after the other. */
  public static class InTurn {
    private final Attempt[] attempts = new Attempt[THREADS + 2];
    private Counter ofStrangers = new Counter();
    private Counter ofKnownSource;
    private int ofSource;

    private static final class Counter {
      int failures;
    }

    private record Attempt(Counter counter, boolean fromSource, boolean fromKnownSource) {}

    public boolean admit(int thread, boolean fromSource) {
      boolean known = fromSource && ofKnownSource != null;
      Counter counter = known ? ofKnownSource : ofStrangers;
      if (attempts[thread] != null
          || (fromSource && ofSource == OF_SOURCE)
          || counter.failures == OF_ACCOUNT) {
        return false;
      }
      counter.failures++;
      ofSource += fromSource ? 1 : 0;
      attempts[thread] = new Attempt(counter, fromSource, known);
      return true;
    }

    public void end(int thread, boolean withdrawn) {
      Attempt attempt = attempts[thread];
      attempts[thread] = null;
      if (attempt == null) {
        return;
      }
      ofSource -= attempt.fromSource() ? 1 : 0;
      if (withdrawn) {
        attempt.counter().failures--;
        return;
      }
      if (!attempt.fromKnownSource()) {
        ofStrangers = new Counter();
      }
      if (attempt.fromSource()) {
        ofKnownSource = new Counter();
      }
    }

    public boolean fail(int thread) {
      attempts[thread] = null;
      return false; // the hard stop is far
    }
  }
}
