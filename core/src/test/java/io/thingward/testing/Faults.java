package io.thingward.testing;

import io.thingward.ManualTime;
import io.thingward.store.StoreUnavailableException;
import io.thingward.testing.ObservedStores.Disturbance;
import io.thingward.testing.ObservedStores.Real;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Every call to a store that something makes, one at a time, goes wrong in every way there is. */
public final class Faults {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Faults() {}

  /** A way in which a call goes wrong. */
  public enum Fault {
    UNAVAILABLE("is unavailable", false) {
      @Override
      Object answer(ManualTime time, Real real) {
        throw new StoreUnavailableException("down");
      }
    },
    THROWS("throws", false) {
      @Override
      Object answer(ManualTime time, Real real) {
        throw new IllegalStateException("broken");
      }
    },
    ANSWERS_NULL("answers null", false) {
      @Override
      Object answer(ManualTime time, Real real) {
        return null;
      }
    },
    LOSES_ANSWER("does its work and loses the answer", false) {
      @Override
      Object answer(ManualTime time, Real real) throws Throwable {
        Object done = real.run();
        throw new StoreUnavailableException("lost after " + (done != null));
      }
    },
    HANGS("hangs until its deadline", false) {
      @Override
      Object answer(ManualTime time, Real real) {
        time.pass(DEADLINE);
        throw new StoreUnavailableException("deadline");
      }
    },
    STAYS_DOWN("is unavailable, as is every call after it", true) {
      @Override
      Object answer(ManualTime time, Real real) {
        throw new StoreUnavailableException("down");
      }
    },
    DIES_AFTER_WORK("does its work, and no answer comes any more", true) {
      @Override
      Object answer(ManualTime time, Real real) throws Throwable {
        Object done = real.run();
        throw new StoreUnavailableException("lost after " + (done != null));
      }
    };

    private final String text;
    private final boolean lasting;

    Fault(String text, boolean lasting) {
      this.text = text;
      this.lasting = lasting;
    }

    /** Whether every later call fails, too. */
    public boolean isLasting() {
      return lasting;
    }

    abstract Object answer(ManualTime time, Real real) throws Throwable;

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * One call that goes wrong.
   *
   * @param number which of the calls that are made, from 0
   * @param call what it is: {@code keys.find}
   * @param fault how it goes wrong
   */
  public record Strike(int number, String call, Fault fault) {
    /**
     * From now on, until the stores are calmed. Only calls of this thread count.
     *
     * @return whether it has happened
     */
    public BooleanSupplier begin(Platform platform) {
      Thread caller = Thread.currentThread();
      int[] made = {0};
      platform.stores.disturb(
          (now, real) -> {
            if (Thread.currentThread() != caller) {
              return real.run();
            }
            int at = made[0]++;
            if (at < number) {
              return real.run();
            }
            if (at == number) {
              if (!now.equals(call)) {
                throw new AssertionError("call " + at + " is " + now + ", not " + call);
              }
              return fault.answer(platform.time, real);
            }
            if (fault.lasting) {
              throw new StoreUnavailableException("still down");
            }
            return real.run();
          });
      return () -> made[0] > number;
    }

    /** Whether one of these calls, up to the one that goes wrong, may change something. */
    public boolean writesUpTo(List<String> calls) {
      return calls.subList(0, number + 1).stream().anyMatch(Faults::isWrite);
    }

    @Override
    public String toString() {
      return "call " + number + ", " + call + ", " + fault;
    }
  }

  /** Whether a call may change something. */
  public static boolean isWrite(String call) {
    return call.matches("[a-zA-Z]+\\.(insert|replace|delete|purge|record).*");
  }

  /** Whether a call is about last uses. */
  public static boolean isOfUses(String call) {
    return call.startsWith("keyUses.") || call.startsWith("sessionUses.");
  }

  /** The calls that an action makes on this thread. */
  public static List<String> calls(Platform platform, Runnable action) {
    return calls(platform, action, () -> {});
  }

  /** The calls that an action makes on this thread; something looks around during each. */
  public static List<String> calls(Platform platform, Runnable action, Runnable during) {
    Thread caller = Thread.currentThread();
    List<String> calls = new ArrayList<>();
    Disturbance note =
        (call, real) -> {
          if (Thread.currentThread() == caller) {
            calls.add(call);
            during.run();
          }
          return real.run();
        };
    platform.stores.disturb(note);
    action.run();
    platform.stores.calm();
    return calls;
  }

  /** A test for each of these calls and each fault. */
  public static Stream<DynamicNode> sweep(List<String> calls, Consumer<Strike> test) {
    return IntStream.range(0, calls.size())
        .boxed()
        .flatMap(
            number ->
                Stream.of(Fault.values())
                    .map(fault -> new Strike(number, calls.get(number), fault)))
        .map(strike -> DynamicTest.dynamicTest(strike.toString(), () -> test.accept(strike)));
  }
}
