package io.thingward.crash;

import java.security.SecureRandom;
import java.util.Random;

/** How often a test kills, and what it draws: {@code -Dcrash.kills}, {@code -Dcrash.seed}. */
record Plan(int kills, long seed) {
  /* What workers begin with is acknowledged before anything is killed, and a call more. */
  private static final int FEWEST = Load.WORKERS + 1;
  private static final int MOST = 150;

  static Plan of(int ordinarily) {
    return new Plan(
        Integer.getInteger("crash.kills", ordinarily),
        Long.getLong("crash.seed", new SecureRandom().nextInt()));
  }

  /** From a start to what is found after the kill. */
  interface Round {
    void run(String name, Random random) throws Exception;
  }

  /** Kills as often as planned. */
  void carryOut(Round round) {
    for (int kill = 0; kill < kills; kill++) {
      try {
        round.run("r" + kill, new Random(seed + kill));
      } catch (Exception | AssertionError failure) {
        throw new AssertionError("round " + kill + " of -Dcrash.seed=" + seed, failure);
      }
    }
  }

  /** After how many acknowledged calls to kill. */
  static int limit(Random random) {
    return FEWEST + random.nextInt(MOST - FEWEST);
  }
}
