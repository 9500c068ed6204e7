package io.thingward.internal.live;

import io.thingward.access.Reason;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A presented credential and its holder, as a subject keeps them: do they still stand? The answer
 * is worked out once per pair of snapshots. What has ended stays ended.
 *
 * @param <C> the record of the credential
 * @param <H> the record of its holder
 */
abstract class LiveCredential<C, H> {
  private final Time time;
  private final Cell<?, C> credential;
  private final Cell<?, H> holder;
  private volatile @Nullable Verdict<C, H> last;
  private volatile @Nullable Reason ended;

  LiveCredential(Time time, Cell<?, C> credential, Cell<?, H> holder) {
    this.time = time;
    this.credential = credential;
    this.holder = holder;
  }

  private record Verdict<C, H>(
      Snapshot<C> credential, Snapshot<H> holder, @Nullable Reason refusal) {}

  /** The two records as they were read, if they are there. */
  record Both<C, H>(Optional<C> credential, Optional<H> holder) {}

  /** Both, from the store. */
  abstract Both<C, H> readBoth();

  /** Why they do not stand at this moment, or null if they do; both records exist. */
  abstract @Nullable Reason refusal(C credential, H holder, Instant now);

  /** What an absent holder means. */
  abstract Reason withoutHolder();

  /** Why a check has to be denied, or null. Reads neither store nor clock while nothing changed. */
  final @Nullable Reason refusal() {
    Reason over = ended;
    if (over != null) {
      return over;
    }
    Verdict<C, H> known = last;
    if (known != null && credential.has(known.credential) && holder.has(known.holder)) {
      return known.refusal;
    }
    return judge(credential.get(), holder.get());
  }

  /** The same by the clock, on records read from the store now: for management. */
  final @Nullable Reason readRefusal() {
    Both<C, H> now = readBoth();
    if (now.credential.isEmpty()) {
      return Reason.CREDENTIAL_ENDED;
    }
    return now.holder.isEmpty()
        ? withoutHolder()
        : refusal(now.credential.get(), now.holder.get(), time.now());
  }

  /** The same on these snapshots: for an authentication, on such as are fresh by the clock. */
  final @Nullable Reason judge(Snapshot<C> presented, Snapshot<H> held) {
    Reason refusal;
    if (presented.value().isEmpty()) {
      refusal = Reason.CREDENTIAL_ENDED;
    } else if (held.value().isEmpty()) {
      refusal = withoutHolder();
    } else {
      refusal = refusal(presented.value().get(), held.value().get(), time.now());
    }
    if (refusal != null && isFinal(refusal)) {
      ended = refusal;
    } else {
      last = new Verdict<>(presented, held, refusal);
    }
    return refusal;
  }

  /** Whether it will never stand again. */
  final boolean hasEnded() {
    return ended != null;
  }

  private static boolean isFinal(Reason reason) {
    return reason == Reason.CREDENTIAL_ENDED
        || reason == Reason.PRINCIPAL_DELETED
        || reason == Reason.WORKSPACE_DELETED;
  }

  static boolean isBefore(Instant now, Optional<Instant> end) {
    return end.isEmpty() || now.isBefore(end.get());
  }
}
