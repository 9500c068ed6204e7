package io.thingward.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.thingward.throttle.ThrottlePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {
  private static final ThrottlePolicy DEFAULTS = ThrottlePolicy.ofDefaults();
  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration MAXIMUM = Duration.ofMinutes(15);
  private static final int THREADS = 200;

  private final Bench bench = new Bench(DEFAULTS);

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MIN_VALUE, -1, Long.MAX_VALUE - 5_000_000_000L})
  void account_afterFiveFailures_waitsTwiceAsLongEachTime_A29_B22(long nanoTime) {
    Bench ofClock = new Bench(DEFAULTS, nanoTime);
    ofClock.failTimes(5, "ann");
    for (long seconds = 1; seconds <= 512; seconds *= 2) {
      waitsExactly(ofClock, Duration.ofSeconds(seconds));
    }
    waitsExactly(ofClock, MAXIMUM);
    waitsExactly(ofClock, MAXIMUM);
  }

  private static void waitsExactly(Bench bench, Duration delay) {
    assertThat(bench.delay("ann")).isEqualTo(delay);
    bench.pass(delay.minus(NANO));
    assertThat(bench.delay("ann")).isEqualTo(NANO);
    bench.pass(NANO);
    assertThat(bench.fail("ann")).isFalse();
  }

  @Test
  void account_atAHundredFailures_reachesTheHardStop_A29() {
    bench.failPatiently(99, "ann");
    for (int i = 100; i <= 103; i++) {
      assertThat(bench.delay("ann")).isEqualTo(MAXIMUM);
      bench.pass(MAXIMUM);
      assertThat(bench.fail("ann")).isTrue();
    }
  }

  @Test
  void account_inADay_isGuessedAtAHundredAndNineTimes_A29() {
    int guesses = 0;
    for (int second = 0; second <= 86_400; second++) {
      while (bench.admit("ann") instanceof Admitted attempt) {
        assertThat(attempt.failed()).isEqualTo(++guesses >= 100);
      }
      bench.pass(Duration.ofSeconds(1));
    }
    assertThat(guesses).isEqualTo(109);
  }

  @Test
  void success_forgetsTheFailures_A29() {
    bench.failPatiently(20, "ann");
    bench.pass(MAXIMUM);
    bench.admitted("ann").succeeded();
    bench.failTimes(5, "ann");
    assertThat(bench.delay("ann")).isEqualTo(Duration.ofSeconds(1));
    bench.pass(MAXIMUM);
    bench.failPatiently(94, "ann");
    bench.pass(MAXIMUM);
    assertThat(bench.fail("ann")).isTrue();
  }

  @Test
  void parallelGuesses_atOneMoment_passNoMoreThanInTurn_B03() throws Exception {
    assertThat(admittedOf(inParallel(i -> bench.admit("ann")))).hasSize(5);
    bench.pass(Duration.ofSeconds(1));
    assertThat(admittedOf(inParallel(i -> bench.admit("ann")))).hasSize(1);
    bench.pass(Duration.ofSeconds(2));
    assertThat(admittedOf(inParallel(i -> bench.admit("ann", "203.0.113." + i)))).hasSize(1);
  }

  @Test
  void parallelGuesses_fromOneSource_passNoMoreThanInTurn_B03() throws Exception {
    assertThat(admittedOf(inParallel(i -> bench.admit("user" + i, "203.0.113.7")))).hasSize(100);
    bench.pass(Duration.ofSeconds(20));
    assertThat(admittedOf(inParallel(i -> bench.admit("user" + i, "203.0.113.7")))).hasSize(2);
  }

  @Test
  void parallelGuesses_nearTheHardStop_passItFromNoSource_B03() throws Exception {
    for (String source : List.of("home", "office")) {
      bench.admitted("ann", source).succeeded();
    }
    bench.failPatiently(97, "ann");
    List<Admitted> passed =
        admittedOf(inParallel(i -> bench.admit("ann", i % 2 == 0 ? "home" : "office")));
    assertThat(passed).hasSize(3);
    assertThat(passed.get(0).failed()).isFalse();
    assertThat(passed.get(1).failed()).isFalse();
    assertThat(passed.get(2).failed()).isTrue();
    assertThat(bench.delay("ann", "home")).isEqualTo(MAXIMUM);
    assertThat(bench.delay("ann", "office")).isEqualTo(MAXIMUM);
  }

  @Test
  void parallelEnds_ofAnyKind_leaveTheFailuresThatThereWere_B03() throws Exception {
    Bench patient = new Bench(DEFAULTS.toBuilder().failuresBeforeDelay(90).build());
    for (int round = 0; round < 20; round++) {
      String account = "user" + round;
      int failures =
          inParallel(
                  i -> {
                    if (patient.admit(account) instanceof Admitted attempt) {
                      if (i % 4 == 0) {
                        assertThat(attempt.failed()).isFalse();
                        return 1;
                      }
                      attempt.withdrawn();
                    }
                    return 0;
                  })
              .stream()
              .mapToInt(Integer::intValue)
              .sum();
      assertThat(failures).isPositive();
      patient.failTimes(90 - failures, account);
      assertThat(patient.delay(account)).isEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void keys_ofTheSpellingsOfOneName_areOne_B04() {
    assertThat(List.of(Throttle.keyOf("Ann@Acme.Example"), Throttle.keyOf("ann@ACME.example")))
        .containsOnly("ann@acme.example");
    assertThat(
            List.of(
                Throttle.keyOf("ann "),
                Throttle.keyOf("\uff41\uff4e\uff4e"),
                Throttle.keyOf("a\u0301nn"),
                Throttle.keyOf("\u212Aim"),
                Throttle.keyOf("adm\u0131n"),
                Throttle.keyOf(""),
                Throttle.keyOf("\ud83d"),
                Throttle.keyOf("a".repeat(1_000_000))))
        .containsOnly(Throttle.NO_USERNAME);
  }

  @Test
  void names_inAnyNumber_takeBoundedMemoryAndEvictNoDelay_B05() {
    bench.failPatiently(14, "ann");
    Random names = new Random(2);
    for (int i = 0; i < 1_000_000; i++) {
      String name = "u" + Long.toHexString(names.nextLong());
      assertThat(bench.fail(name, "source of " + name)).isFalse();
    }
    Throttle.Sizes sizes = bench.throttle.sizes();
    assertThat(sizes).isEqualTo(new Throttle.Sizes(100_000, 1, 0, 100_000));
    assertThat(bench.delay("ann")).isEqualTo(Duration.ofSeconds(512));
    bench.pass(Duration.ofSeconds(512));
    assertThat(bench.fail("ann")).isFalse();
    assertThat(bench.delay("ann")).isEqualTo(MAXIMUM);
  }

  @Test
  void name_withADelay_isCountedInOnePlace_B05() {
    bench.failTimes(4, "ann");
    assertThat(bench.throttle.sizes()).isEqualTo(new Throttle.Sizes(1, 0, 0, 0));
    bench.failTimes(1, "ann");
    assertThat(bench.throttle.sizes()).isEqualTo(new Throttle.Sizes(0, 1, 0, 0));
  }

  @Test
  void names_withDelaysInAnyNumber_evictNoneThatRuns_B05() {
    Bench small = new Bench(DEFAULTS.toBuilder().trackedAccounts(1_000).build());
    small.failPatiently(15, "ann");
    for (int i = 0; i < 20_000; i++) {
      small.failTimes(5, "user" + i);
      small.pass(Duration.ofMillis(40));
    }
    assertThat(small.throttle.sizes().delaying()).isEqualTo(1_008); // 16 stripes of 63
    assertThat(small.delay("ann")).isEqualTo(MAXIMUM.minusMillis(20_000 * 40));
    small.pass(MAXIMUM);
    assertThat(small.fail("ann")).isFalse();
    assertThat(small.delay("ann")).isEqualTo(MAXIMUM);
  }

  @Test
  void names_withDelays_beyondWhatCanBeRemembered_waitUntilOneHasEnded_B05() {
    Bench small = new Bench(DEFAULTS.toBuilder().trackedAccounts(1_000).build());
    int fifthDelayed = 0;
    for (int i = 0; i < 5_000; i++) {
      small.failTimes(4, "user" + i);
      if (small.admit("user" + i) instanceof Admission.Delayed delayed) {
        assertThat(delayed.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        fifthDelayed++;
      }
    }
    assertThat(fifthDelayed).isEqualTo(5_000 - 1_008);
    assertThat(small.throttle.sizes().delaying()).isEqualTo(1_008);
    small.pass(Duration.ofSeconds(1));
    assertThat(small.admit("user4999")).isInstanceOf(Admitted.class);
    assertThat(small.throttle.sizes().delaying()).isEqualTo(1_008);
  }

  @Test
  void forgetting_ofADelayThatHasEnded_takesAsManyOthersThatEndedLater_B05() {
    Bench small = new Bench(DEFAULTS.toBuilder().trackedAccounts(1_000).build());
    small.failPatiently(15, "ann");
    small.pass(MAXIMUM);
    for (int i = 0; i < 400; i++) {
      small.failTimes(5, "user" + i);
      small.pass(Duration.ofSeconds(1));
    }
    small.failTimes(1, "ann");
    assertThat(small.delay("ann")).as("not forgotten").isEqualTo(MAXIMUM);
    small.pass(MAXIMUM);
    for (int i = 0; i < 5_000; i++) {
      small.failTimes(5, "other" + i);
      small.pass(Duration.ofSeconds(1));
    }
    small.failTimes(5, "ann");
    assertThat(small.delay("ann")).as("forgotten").isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void withdrawnAttempts_atManyNames_forgetNothing_B05() {
    Bench small = new Bench(DEFAULTS.toBuilder().trackedAccounts(1_000).build());
    small.failTimes(4, "ann");
    for (int i = 0; i < 1_000; i++) {
      small.failTimes(1, "filler" + i);
    }
    small.failTimes(1, "bea");
    int few = small.throttle.sizes().few();
    for (int i = 0; i < 50_000; i++) {
      small.admitted("user" + i).withdrawn();
    }
    assertThat(small.throttle.sizes().few()).isBetween(few - 16, few);
    small.failTimes(4, "bea");
    assertThat(small.delay("bea")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void owner_whileTheNameIsFlooded_logsInFromAKnownSource_A30() {
    bench.admitted("ann", "home").succeeded();
    int guesses = 0;
    for (int second = 0; second <= 86_400; second++) {
      while (bench.admit("ann", "203.0.113." + second % 250) instanceof Admitted attempt) {
        assertThat(attempt.failed()).as("a success resets the hard stop").isFalse();
        guesses++;
      }
      if (second % 600 == 0) {
        assertThat(bench.fail("ann", "home")).isFalse();
        bench.admitted("ann", "home").succeeded();
      }
      bench.pass(Duration.ofSeconds(1));
    }
    assertThat(guesses).as("as many as without the owner's logins").isEqualTo(109);
    assertThat(bench.delay("ann", "hotel")).isPositive().isLessThanOrEqualTo(MAXIMUM);
  }

  @Test
  void owner_fromANewSource_logsInBetweenTheDelays_A30() {
    bench.failPatiently(20, "ann");
    assertThat(bench.delay("ann", "hotel")).isEqualTo(MAXIMUM);
    bench.pass(MAXIMUM);
    bench.admitted("ann", "hotel").succeeded();
    bench.failTimes(5, "ann");
    assertThat(bench.delay("ann", "elsewhere")).isEqualTo(Duration.ofSeconds(1));
    assertThat(bench.delay("ann", "hotel")).isZero();
  }

  @Test
  void knownSource_hasDelaysOfItsOwn_A30() {
    bench.admitted("ann", "home").succeeded();
    for (int i = 0; i < 5; i++) {
      assertThat(bench.fail("ann", "home")).isFalse();
    }
    assertThat(bench.delay("ann", "home")).isEqualTo(Duration.ofSeconds(1));
    assertThat(bench.delay("ann", "hotel")).isZero();
    assertThat(bench.delay("bea", "home")).isZero();
  }

  @Test
  void knownSource_ofOneAccount_isNoneOfAnother_A30() {
    bench.admitted("ann", "home").succeeded();
    bench.failTimes(5, "bea");
    assertThat(bench.delay("bea", "home")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void knownSources_areTheLatestFew_A30() {
    Bench two = new Bench(DEFAULTS.toBuilder().knownSources(2).build());
    for (String source : List.of("home", "office", "home", "train")) {
      two.admitted("ann", source).succeeded();
    }
    two.failTimes(5, "ann");
    assertThat(two.delay("ann", "home")).isZero();
    assertThat(two.delay("ann", "train")).isZero();
    assertThat(two.delay("ann", "office")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void knownSource_usedAgain_pushesOutNoOther_A30() {
    Bench two = new Bench(DEFAULTS.toBuilder().knownSources(2).build());
    for (String source : List.of("office", "home", "home")) {
      two.admitted("ann", source).succeeded();
    }
    two.failTimes(5, "ann");
    assertThat(two.delay("ann", "office")).isZero();
  }

  @Test
  void knownSources_ofNone_areOff() {
    Bench none = new Bench(DEFAULTS.toBuilder().knownSources(0).build());
    none.admitted("ann", "home").succeeded();
    assertThat(none.throttle.sizes()).isEqualTo(new Throttle.Sizes(0, 0, 0, 0));
    none.failTimes(5, "ann");
    assertThat(none.delay("ann", "home")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void knownSources_inAnyNumber_takeBoundedMemory_B05() {
    Bench small = new Bench(DEFAULTS.toBuilder().trackedAccounts(1_000).build());
    for (int i = 0; i < 20_000; i++) {
      small.admitted("user" + i, "home of " + i).succeeded();
    }
    assertThat(small.throttle.sizes()).isEqualTo(new Throttle.Sizes(0, 0, 1_008, 0));
  }

  @Test
  void hardStop_countsFailuresFromEverywhere() {
    bench.admitted("ann", "home").succeeded();
    bench.failPatiently(90, "ann");
    for (int i = 0; i < 10; i++) {
      bench.pass(MAXIMUM);
      assertThat(bench.fail("ann", "home")).isEqualTo(i == 9);
    }
  }

  @Test
  void hardStop_isNotReachedByAttemptsThatMaySucceed() {
    bench.admitted("ann", "home").succeeded();
    bench.failPatiently(98, "ann");
    Admitted right = bench.admitted("ann", "home");
    assertThat(bench.fail("ann", "home")).as("99 failures and one that is examined").isFalse();
    right.succeeded();
    assertThat(bench.fail("ann", "home")).isFalse();
  }

  @Test
  void hardStop_countsNoWithdrawnAttempt() {
    bench.admitted("ann", "home").succeeded();
    for (int i = 0; i < 200; i++) {
      bench.admitted("ann", "home").withdrawn();
      bench.admitted("ann", "hotel").withdrawn();
    }
    assertThat(bench.delay("ann", "home")).isZero();
    assertThat(bench.fail("ann", "home")).isFalse();
  }

  @Test
  void source_isDelayedWhateverTheNames_andLeaksOut() {
    for (int i = 0; i < 100; i++) {
      assertThat(bench.fail("user" + i, "203.0.113.7")).isFalse();
    }
    assertThat(bench.delay("someone", "203.0.113.7")).isEqualTo(Duration.ofSeconds(10));
    assertThat(bench.delay("someone", "203.0.113.8")).isZero();
    assertThat(bench.throttle.sizes())
        .as("counted nowhere")
        .isEqualTo(new Throttle.Sizes(100, 0, 0, 1));
    bench.pass(Duration.ofSeconds(10).minus(NANO));
    assertThat(bench.delay("someone", "203.0.113.7")).isEqualTo(NANO);
    bench.pass(NANO);
    assertThat(bench.fail("someone", "203.0.113.7")).isFalse();
    assertThat(bench.delay("someone", "203.0.113.7")).isEqualTo(Duration.ofSeconds(10));
    bench.pass(Duration.ofSeconds(1_000));
    for (int i = 0; i < 100; i++) {
      assertThat(bench.fail("other" + i, "203.0.113.7")).isFalse();
    }
    assertThat(bench.delay("someone", "203.0.113.7")).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void source_isNotChargedForWhatTheAccountDelays() {
    bench.failTimes(5, "ann");
    for (int i = 0; i < 1_000; i++) {
      assertThat(bench.delay("ann", "203.0.113.7")).isEqualTo(Duration.ofSeconds(1));
    }
    assertThat(bench.throttle.sizes().sources()).isZero();
  }

  @Test
  void source_afterASuccess_keepsItsFailures() {
    for (int i = 0; i < 100; i++) {
      bench.admitted("mallory", "203.0.113.7").succeeded();
      if (i < 99) {
        assertThat(bench.fail("user" + i, "203.0.113.7")).isFalse();
      }
    }
    bench.admitted("mallory", "203.0.113.7").withdrawn();
    assertThat(bench.fail("user99", "203.0.113.7")).isFalse();
    assertThat(bench.delay("mallory", "203.0.113.7")).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void source_whoseChargeHasLeaked_getsNothingBack() {
    Bench one = new Bench(DEFAULTS.toBuilder().failuresBeforeDelay(1).sourceFailures(1).build());
    Admitted slow = one.admitted("ann", "203.0.113.7");
    one.pass(Duration.ofSeconds(10));
    assertThat(one.fail("bea", "203.0.113.7")).isFalse();
    slow.withdrawn();
    assertThat(one.delay("cid", "203.0.113.7")).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void source_whoseChargeHasLeakedInPart_getsTheRestBack() {
    bench.pass(Duration.ofSeconds(100));
    Admitted slow = bench.admitted("ann", "203.0.113.7");
    bench.pass(Duration.ofSeconds(3));
    assertThat(bench.throttle.sizes().sources()).isEqualTo(1);
    slow.withdrawn();
    assertThat(bench.throttle.sizes().sources()).isZero();
  }

  @Test
  void withdrawal_isAsIfThereHadBeenNoAttempt() {
    bench.failTimes(4, "ann");
    Admitted busy = bench.admitted("ann");
    assertThat(Bench.delay(bench.admit("ann"))).isEqualTo(Duration.ofSeconds(1));
    busy.withdrawn();
    bench.failTimes(1, "ann");
    bench.pass(Duration.ofSeconds(1));
    Admitted sixth = bench.admitted("ann");
    assertThat(bench.delay("ann")).isEqualTo(Duration.ofSeconds(2));
    sixth.withdrawn();
    assertThat(bench.throttle.sizes().delaying()).isEqualTo(1);
    assertThat(bench.delay("ann")).isZero();
    assertThat(bench.fail("ann")).isFalse();
    assertThat(bench.delay("ann")).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void withdrawal_ofTheOnlyAttempt_leavesNothing() {
    bench.admitted("ann", "home").withdrawn();
    assertThat(bench.throttle.sizes()).isEqualTo(new Throttle.Sizes(0, 0, 0, 0));
  }

  @Test
  void withdrawal_afterASuccessOrReset_takesNoneOfTheFailuresSince() {
    List<Admitted> before = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      before.add(bench.admitted("ann"));
    }
    before.remove(0).succeeded();
    bench.failTimes(4, "ann");
    before.remove(0).withdrawn();
    bench.failTimes(1, "ann");
    assertThat(bench.delay("ann")).isEqualTo(Duration.ofSeconds(1));
    bench.throttle.reset("ann");
    bench.failTimes(5, "ann");
    before.remove(0).withdrawn();
    assertThat(bench.delay("ann")).isEqualTo(Duration.ofSeconds(1));
    assertThat(before.remove(0).failed()).isFalse();
    bench.pass(Duration.ofSeconds(1));
    bench.failTimes(1, "ann");
    assertThat(bench.delay("ann")).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void reset_forgetsTheFailuresAndTheKnownSources() {
    bench.admitted("ann", "home").succeeded();
    bench.failPatiently(50, "ann");
    bench.failTimes(4, "bea");
    bench.throttle.reset("ann");
    assertThat(bench.throttle.sizes()).isEqualTo(new Throttle.Sizes(1, 0, 0, 0));
    bench.throttle.reset("bea");
    assertThat(bench.throttle.sizes()).isEqualTo(new Throttle.Sizes(0, 0, 0, 0));
    assertThat(bench.delay("ann")).isZero();
    bench.failTimes(5, "ann");
    assertThat(bench.delay("ann", "home")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void strangers_seeNoDifferenceBetweenKnownAndUnknownNames_A31() {
    Random random = new Random(3);
    bench.admitted("ann", "home").succeeded();
    List<Admitted> known = new ArrayList<>();
    List<Admitted> unknown = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(10) == 0 && bench.admit("ann", "home") instanceof Admitted ofOwner) {
        if (random.nextInt(4) == 0) {
          assertThat(ofOwner.failed()).isFalse();
        } else {
          ofOwner.succeeded();
        }
      }
      String source = "203.0.113." + i;
      Admission ofKnown = bench.admit("ann", source);
      Admission ofUnknown = bench.admit("nobody", source);
      assertThat(Bench.delay(ofKnown)).isEqualTo(Bench.delay(ofUnknown));
      if (ofKnown instanceof Admitted one && ofUnknown instanceof Admitted other) {
        known.add(one);
        unknown.add(other);
      }
      if (!known.isEmpty() && random.nextBoolean()) {
        int which = random.nextInt(known.size());
        Admitted one = known.remove(which);
        Admitted other = unknown.remove(which);
        if (random.nextInt(3) == 0) {
          one.withdrawn();
          other.withdrawn();
        } else {
          assertThat(one.failed()).isFalse();
          boolean unusedSinceNobodyHasARecord = other.failed();
        }
      }
      bench.pass(Duration.ofSeconds(random.nextInt(60)));
    }
  }

  @Test
  void anyHistory_delaysAsIfWithdrawnAttemptsHadNotBeen() {
    Random random = new Random(4);
    ThrottlePolicy three = DEFAULTS.toBuilder().failuresBeforeDelay(3).build();
    for (int history = 0; history < 2_000; history++) {
      Bench one = new Bench(three, random.nextLong());
      NaiveThrottle naive = new NaiveThrottle(three);
      List<Admitted> open = new ArrayList<>();
      List<Integer> openInNaive = new ArrayList<>();
      for (int step = 0; step < 40; step++) {
        Duration expected = naive.delay();
        Admission admission = one.admit("ann");
        assertThat(Bench.delay(admission)).isEqualTo(expected);
        if (admission instanceof Admitted attempt) {
          open.add(attempt);
          openInNaive.add(naive.admit());
        }
        while (!open.isEmpty() && random.nextInt(3) == 0) {
          int which = random.nextInt(open.size());
          Admitted attempt = open.remove(which);
          int inNaive = openInNaive.remove(which);
          int end = random.nextInt(20);
          if (end == 0) {
            attempt.succeeded();
            naive.succeed();
          } else if (end < 10) {
            attempt.withdrawn();
            naive.withdraw(inNaive);
          } else {
            assertThat(attempt.failed()).isFalse();
          }
        }
        long nanos = random.nextInt(4) == 0 ? random.nextLong(4_000_000_000L) : 0;
        one.pass(Duration.ofNanos(nanos));
        naive.now += nanos;
      }
    }
  }

  /* Keeps every attempt and works out the delay from those that remain. */
  private static final class NaiveThrottle {
    private final ThrottlePolicy policy;
    private final List<Long> attempts = new ArrayList<>();
    private int first;
    private long now;

    NaiveThrottle(ThrottlePolicy policy) {
      this.policy = policy;
    }

    int admit() {
      attempts.add(now);
      return attempts.size() - 1;
    }

    void withdraw(int attempt) {
      attempts.set(attempt, null);
    }

    void succeed() {
      first = attempts.size();
    }

    Duration delay() {
      List<Long> counted =
          attempts.subList(first, attempts.size()).stream().filter(at -> at != null).toList();
      if (counted.isEmpty()) {
        return Duration.ZERO;
      }
      long since = now - counted.get(counted.size() - 1);
      Duration left = policy.delayAfter(counted.size()).minusNanos(since);
      return left.isNegative() ? Duration.ZERO : left;
    }
  }

  @Test
  void clock_thatJumpsAhead_endsDelaysAndForgetsNothing_B22() {
    bench.failPatiently(14, "ann");
    bench.pass(Duration.ofDays(36_500));
    assertThat(bench.delay("ann")).isZero();
    assertThat(bench.fail("ann")).isFalse();
    assertThat(bench.delay("ann")).isEqualTo(MAXIMUM);
  }

  @Test
  void attempt_endedTwice_isMisuse() {
    Admitted failed = bench.admitted("ann", "home");
    assertThat(failed.failed()).isFalse();
    assertThatIllegalStateException().isThrownBy(failed::succeeded);
    assertThatIllegalStateException().isThrownBy(failed::withdrawn);
    assertThatIllegalStateException().isThrownBy(failed::failed);
    assertThat(bench.throttle.sizes()).isEqualTo(new Throttle.Sizes(1, 0, 0, 1));
  }

  private interface Task<T> {
    T run(int index);
  }

  private static <T> List<T> inParallel(Task<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier barrier = new CyclicBarrier(THREADS);
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int index = i;
        tasks.add(
            () -> {
              barrier.await();
              return task.run(index);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static List<Admitted> admittedOf(List<Admission> admissions) {
    return admissions.stream()
        .filter(Admitted.class::isInstance)
        .map(Admitted.class::cast)
        .toList();
  }
}
