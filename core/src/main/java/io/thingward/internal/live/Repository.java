package io.thingward.internal.live;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.error.UnavailableException;
import io.thingward.model.Version;
import io.thingward.store.VersionedRecord;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The records of one kind that has versions: read from the store, kept in cells, written by
 * compare-and-set. A write marks the cell of its record, whatever became of it, so that every call
 * on this node that begins after the write returned sees it. Thread-safe.
 *
 * @param <K> what names a record
 * @param <R> a record
 */
public final class Repository<K, R extends VersionedRecord<R>> {
  /* Who loses this often in a row competes with a crowd; the caller may come back later. */
  private static final int ATTEMPTS = 50;

  private final StoreCalls calls;
  private final Kind<K, R> kind;
  private final Cells<K, R> cells;
  private final UnaryOperator<Version> nextVersion;
  private final Consumer<Object> changed;

  Repository(
      StoreCalls calls,
      Kind<K, R> kind,
      Cells<K, R> cells,
      UnaryOperator<Version> nextVersion,
      Consumer<Object> changed) {
    this.calls = calls;
    this.kind = kind;
    this.cells = cells;
    this.nextVersion = nextVersion;
    this.changed = changed;
  }

  /**
   * What a store does with one kind of record.
   *
   * @param name what its records are called in messages
   * @param find a record by its key
   * @param insert keeps a new record; false if its key is taken
   * @param replace replaces a record of this version; false if it has another
   * @param key the key of a record
   */
  record Kind<K, R extends VersionedRecord<R>>(
      String name,
      Function<K, Optional<R>> find,
      Predicate<R> insert,
      BiPredicate<R, Version> replace,
      Function<R, K> key) {}

  /** The cell of this record, for checks and authentications. */
  Cell<K, R> cell(K key) {
    return cells.cell(key);
  }

  Cells<K, R> cells() {
    return cells;
  }

  /** The record, from the store. */
  public Optional<R> read(K key) {
    return calls.find(kind.name, key, kind.find, kind.key);
  }

  /** Keeps a new record; false if its key is taken. */
  public boolean insert(R fresh) {
    return write(fresh, () -> kind.insert.test(fresh));
  }

  /** The record, from the store, if it is of this kind. */
  public <S extends R> Optional<S> read(K key, Class<S> subkind) {
    return read(key).filter(subkind::isInstance).map(subkind::cast);
  }

  /**
   * Replaces a record that was read by what it was changed into, which gets the next version; empty
   * if somebody else changed it meanwhile.
   */
  public Optional<R> replace(R before, R changedInto) {
    Version expected = before.version();
    R after = changedInto.at(nextVersion.apply(expected));
    boolean replaced = write(after, () -> kind.replace.test(after, expected));
    return replaced ? Optional.of(after) : Optional.empty();
  }

  /**
   * Changes a record, however often it takes; the result is empty if there is none. The change may
   * run several times, each on the record as it is then; it may refuse by throwing, and writes
   * nothing by returning what it was given.
   */
  @CanIgnoreReturnValue
  public Optional<R> update(K key, UnaryOperator<R> change) {
    return update(() -> read(key), change);
  }

  /** The same if the record is of this kind; the result is empty if it is not. */
  @CanIgnoreReturnValue
  public <S extends R> Optional<S> update(K key, Class<S> subkind, UnaryOperator<S> change) {
    return update(() -> read(key, subkind), change).map(subkind::cast);
  }

  private <S extends R> Optional<R> update(Supplier<Optional<S>> read, UnaryOperator<S> change) {
    return untilNotOvertaken(() -> tryToUpdate(read.get(), change));
  }

  private <S extends R> Optional<Optional<R>> tryToUpdate(
      Optional<S> read, UnaryOperator<S> change) {
    if (read.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    S before = read.get();
    S after = change.apply(before);
    Optional<R> written = after.equals(before) ? Optional.of(before) : replace(before, after);
    return written.isPresent() ? Optional.of(written) : Optional.empty();
  }

  /**
   * Tries again as long as somebody else was faster.
   *
   * @param attempt answers empty if it was overtaken; nothing is changed then
   * @throws UnavailableException after many attempts; nothing was done
   */
  public static <T> T untilNotOvertaken(Supplier<Optional<T>> attempt) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<T> result = attempt.get();
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new UnavailableException("others kept changing the record; nothing was done");
  }

  /** The record changed, or may have: whoever asks from now on reads it again. */
  void mark(K key) {
    cells.mark(key);
    changed.accept(key);
  }

  /** A feed tells that the record has this version now; empty if it was deleted. */
  void announce(K key, Optional<Version> version) {
    cells.announce(key, known -> version.filter(known.version()::equals).isPresent());
    changed.accept(key);
  }

  /** Whoever asks from now on reads it again. Nothing changed, so nobody is told. */
  void reread(K key) {
    cells.mark(key);
  }

  private boolean write(R mine, Supplier<Boolean> write) {
    K key = kind.key.apply(mine);
    try {
      return calls.tell("a write of " + kind.name, write);
    } catch (UnavailableException failure) {
      if (failure.isOutcomeUnknown() && isStored(key, mine.version())) {
        return true;
      }
      throw failure;
    } finally {
      mark(key);
    }
  }

  /* A write whose answer was lost has happened if the record carries this change's own id. */
  private boolean isStored(K key, Version mine) {
    try {
      return read(key).map(R::version).filter(mine::equals).isPresent();
    } catch (UnavailableException stillUnknown) {
      return false;
    }
  }
}
