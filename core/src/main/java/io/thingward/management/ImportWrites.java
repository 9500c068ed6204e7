package io.thingward.management;

import io.thingward.internal.live.Repository;
import io.thingward.internal.management.Call;
import io.thingward.model.Version;
import io.thingward.store.VersionedRecord;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/*
 * Inserts the records of an import. Nothing is ever replaced: what has the key is the same record, or
 * the record is refused. The versions of records are the work of this installation. So a record is
 * made its own first, and compared without them.
 */
final class ImportWrites {
  private final Call call;
  private final Version version;
  private boolean begun;

  ImportWrites(Call call, Version version) {
    this.call = call;
    this.version = version;
  }

  <K, R extends VersionedRecord<R>> ImportOutcome insert(
      Repository<K, R> repository, K key, R record) {
    return insert(repository, key, record, Optional::empty);
  }

  /* The same for what rests on others, if these are as they have to be. */
  <K, R extends VersionedRecord<R>> ImportOutcome insert(
      Repository<K, R> repository, K key, R record, Supplier<Optional<String>> flaw) {
    return insert(repository, key, record, flaw, UnaryOperator.identity());
  }

  /* The same for what has more of this installation than its version. */
  <K, R extends VersionedRecord<R>> ImportOutcome insert(
      Repository<K, R> repository,
      K key,
      R record,
      Supplier<Optional<String>> flaw,
      UnaryOperator<R> own) {
    R fresh = own.apply(record).at(version);
    Optional<R> there = repository.read(key);
    if (there.isPresent()) {
      return own.apply(there.get()).at(version).equals(fresh)
          ? ImportOutcome.PRESENT
          : ImportOutcome.TAKEN;
    }
    Optional<String> flawed = flaw.get();
    if (flawed.isPresent()) {
      return ImportOutcome.refused(flawed.get());
    }
    if (!repository.insert(fresh)) {
      return ImportOutcome.TAKEN;
    }
    if (!begun) {
      begun = true;
      call.target("import", "records"); // whatever happens from now on, something was done
    }
    return ImportOutcome.INSERTED;
  }
}
