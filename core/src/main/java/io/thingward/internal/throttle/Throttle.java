package io.thingward.internal.throttle;

import io.thingward.model.Username;
import io.thingward.throttle.ThrottlePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Admits or delays attempts to log in by password, before anything is hashed.
 *
 * <pre>{@code
 * if (!(throttle.admit(name, source) instanceof Admitted attempt)) { ... try later }
 * // then, exactly once: attempt.succeeded(), failed() or withdrawn()
 * }</pre>
 *
 * <p>An attempt counts as failed from its admission on, so of any number at the same time no more
 * pass than of as many one after the other. What the counters are is said at {@link
 * ThrottlePolicy}.
 *
 * <p>Thread-safe; holds one or two of its own short locks, never while it calls anything but the
 * clock.
 */
public final class Throttle {
  /*
   * What forgetting costs. Memory is bounded, so an attacker can make the throttle forget, and must not
   * gain by it. Let C be trackedAccounts, and "elsewhere" mean at names other than the one in question.
   *
   * - A counter without a delay (1 to 4 failures) is forgotten after attempts at about C distinct names
   *   elsewhere. Each of them was admitted and so cost a hash; one that was withdrawn leaves its place
   *   to the next, so those push out no more than are in flight at once.
   * - A delay that runs is never forgotten. If C delays run at the same time, a further name cannot get
   *   its fifth failure until one has ended: its attempt is delayed. To keep C delays of 15 minutes
   *   running takes C admitted guesses each 15 minutes, more than a small node can hash; users with
   *   fewer failures, or from a known source, notice nothing.
   * - A delay that has ended is forgotten when C others, each of which took 5 hashes to come to be, have
   *   ended later. The failures that were counted there towards the hard stop are forgotten with it.
   * - What is forgotten starts again without delay: 5 guesses at once and 10 more within 17 minutes,
   *   where waiting would have given one in 15 minutes. So with N guesses admitted elsewhere, one name
   *   gets at most 15 N / C guesses more than the delays allow; with one node's 100 hashes per second
   *   and C = 100,000, that is below one a minute.
   * - Whoever guesses many names in turn, more than C, never meets a delay, and gets at each one guess
   *   per C hashes. ThrottlePolicy says how large C has to be for this to be no faster than waiting.
   *   Against this there is the counter per source, and the strength of the passwords.
   * - Known sources are pushed out by successful logins of other accounts only.
   * - A counter per source is forgotten after attempts from as many other sources; whoever has those
   *   does not need it.
   */

  /** The one key of all texts that are no {@link Username}. */
  public static final String NO_USERNAME = "";

  private static final int STRIPES = 16;

  private final KeyedDigest digest;
  private final Accounts[] accounts = new Accounts[STRIPES];
  private final Sources[] sources = new Sources[STRIPES];

  /**
   * A throttle without any memory.
   *
   * @param nanoTime a monotonic clock in nanoseconds from an arbitrary origin, such as {@link
   *     System#nanoTime}; called under a lock
   * @param random unpredictable, so that nobody can aim at the place of another's counter
   */
  public Throttle(ThrottlePolicy policy, LongSupplier nanoTime, RandomGenerator random) {
    this.digest = new KeyedDigest(random);
    for (int i = 0; i < STRIPES; i++) {
      accounts[i] = new Accounts(policy, nanoTime, perStripe(policy.trackedAccounts()));
      sources[i] = new Sources(policy, nanoTime, perStripe(policy.trackedSources()));
    }
  }

  /**
   * What attempts at this typed name are counted under: its canonical form, so that the spellings
   * of one name have one counter; or {@link #NO_USERNAME}. All that cannot be a name share one
   * counter, because nothing can be guessed there: no account has such a name. So they take one
   * entry of memory, push out nobody's, and soon cost no more hashes.
   */
  public static String keyOf(String typed) {
    try {
      return Username.parse(typed).value();
    } catch (IllegalArgumentException e) {
      return NO_USERNAME;
    }
  }

  /**
   * Admits an attempt and counts it as failed, or says how long to wait.
   *
   * @param account see {@link #keyOf}
   * @param source the address, if the host gives one; without one only the account's counter counts
   */
  public Admission admit(String account, Optional<String> source) {
    Key key = digest.of(account);
    if (source.isEmpty()) {
      return accounts(key).admit(key, null);
    }
    Key sourceKey = digest.of(source.get());
    return sources[stripe(sourceKey)].admit(sourceKey, accounts(key), key);
  }

  /**
   * Forgets the failures and the known sources of an account: an administrator or an activation.
   */
  public void reset(String account) {
    Key key = digest.of(account);
    accounts(key).reset(key);
  }

  /** How many entries there are now. */
  public Sizes sizes() {
    int few = 0;
    int delaying = 0;
    int known = 0;
    int sourceCount = 0;
    for (int i = 0; i < STRIPES; i++) {
      Sizes stripe = accounts[i].sizes();
      few += stripe.few();
      delaying += stripe.delaying();
      known += stripe.known();
      sourceCount += sources[i].size();
    }
    return new Sizes(few, delaying, known, sourceCount);
  }

  /**
   * Numbers of entries.
   *
   * @param few names with failures too few for a delay
   * @param delaying names with a delay, running or over
   * @param known accounts with known sources
   * @param sources sources with failures that have not leaked out
   */
  public record Sizes(int few, int delaying, int known, int sources) {}

  private Accounts accounts(Key key) {
    return accounts[stripe(key)];
  }

  private static int stripe(Key key) {
    return (int) Math.floorMod(key.high(), (long) STRIPES);
  }

  private static int perStripe(int tracked) {
    return (tracked + STRIPES - 1) / STRIPES;
  }

  static Admission delayed(long nanos) {
    return new Admission.Delayed(Duration.ofNanos(nanos));
  }
}
