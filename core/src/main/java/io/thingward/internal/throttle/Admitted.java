package io.thingward.internal.throttle;

import org.jspecify.annotations.Nullable;

/**
 * One admitted attempt, counted as a failure already. Whoever asked ends it exactly once; one that
 * is never ended stays counted.
 *
 * <p>Thread-safe. {@link IllegalStateException} if ended a second time.
 */
public final class Admitted implements Admission {
  private final Accounts accounts;
  private final Key account;
  private final @Nullable Source source;
  private final boolean fromKnownSource;
  private final Tally.Mark own;
  private final Tally.Mark all;
  private boolean ended;

  /**
   * @param own in the counter that delays this attempt
   * @param all in the counter of all failures of the account in a row; may be the same
   */
  Admitted(
      Accounts accounts,
      Key account,
      @Nullable Source source,
      boolean fromKnownSource,
      Tally.Mark own,
      Tally.Mark all) {
    this.accounts = accounts;
    this.account = account;
    this.source = source;
    this.fromKnownSource = fromKnownSource;
    this.own = own;
    this.all = all;
  }

  /**
   * The password was right. The failures before it are forgotten: those of the known source that it
   * came from, or else those of the account; and those in a row. The source becomes a known one.
   */
  public void succeeded() {
    endAndRefund(() -> accounts.succeeded(this));
  }

  /**
   * The password was wrong.
   *
   * @return whether the account has reached the hard stop, which the caller writes to its record;
   *     said again at every failure from there on
   */
  public boolean failed() {
    return accounts.failed(this);
  }

  /** Nothing was compared: it is as if there had been no attempt. */
  public void withdrawn() {
    endAndRefund(() -> accounts.withdrawn(this));
  }

  /* Both at one moment, with the locks in the order of Sources.admit. */
  private void endAndRefund(Runnable end) {
    if (source == null) {
      end.run();
      return;
    }
    synchronized (source.sources()) {
      end.run();
      source.sources().refund(source.key(), own.at());
    }
  }

  /* Only under the lock of the account's stripe. */
  void end() {
    if (ended) {
      throw new IllegalStateException("the attempt was ended before");
    }
    ended = true;
  }

  Key account() {
    return account;
  }

  @Nullable Source source() {
    return source;
  }

  boolean fromKnownSource() {
    return fromKnownSource;
  }

  Tally.Mark own() {
    return own;
  }

  Tally.Mark all() {
    return all;
  }
}
