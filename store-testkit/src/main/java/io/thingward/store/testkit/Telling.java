package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.accessKey;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.session;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.store.Change;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyStore;
import io.thingward.store.SessionStore;
import io.thingward.store.VersionedRecord;
import java.util.List;
import java.util.Optional;

/** Changes of one kind in a store that has a feed, numbered from 1 for each name. */
interface Telling {
  /** Makes the change of this number; those before it were made. */
  void make(String name, int number);

  /** What the feed has to tell of it. */
  Change told(String name, int number);

  /** Whether a read by key sees it, or a later one. */
  boolean isSeen(String name, int number);

  /** Tries what the store has to refuse; what the feed would tell if it had not. */
  List<Change> refused(String name);

  /** Whether the changes of a name are changes of one record. */
  boolean isOfOneRecord();

  /** Records that are inserted, and replaced again and again. */
  record OfKind<S, R extends VersionedRecord<R>>(Kind<S, R> kind, S store) implements Telling {
    /* The record after a change; that a key was created is not told. */
    private R after(String name, int number) {
      R first = kind.apart(name);
      return kind.at(first, first instanceof KeyRecord ? number + 1 : number);
    }

    @Override
    public void make(String name, int number) {
      R after = after(name, number);
      long sequence = after.version().sequence();
      if (number == 1) {
        assertThat(kind.insert(store, kind.apart(name))).as("insert of a %s", kind).isTrue();
      }
      if (sequence > 1) {
        assertThat(kind.replace(store, after, version(sequence - 1)))
            .as("replacement of a %s", kind)
            .isTrue();
      }
    }

    @Override
    public Change told(String name, int number) {
      return Change.of(after(name, number));
    }

    @Override
    public boolean isSeen(String name, int number) {
      R after = after(name, number);
      long told = after.version().sequence();
      return kind.find(store, after)
          .filter(found -> found.version().sequence() >= told)
          .isPresent();
    }

    @Override
    public List<Change> refused(String name) {
      R absent = kind.apart(name + "absent");
      R stale = kind.at(kind.apart(name), 77);
      R duplicate = kind.at(kind.apart(name), 88);
      make(name, 1);
      assertThat(kind.replace(store, absent, version(66))).as("absent %s", kind).isFalse();
      assertThat(kind.replace(store, stale, version(66))).as("stale %s", kind).isFalse();
      assertThat(kind.insert(store, duplicate)).as("duplicate %s", kind).isFalse();
      return List.of(Change.of(absent), Change.of(stale), Change.of(duplicate));
    }

    @Override
    public boolean isOfOneRecord() {
      return true;
    }

    @Override
    public String toString() {
      return kind.name();
    }
  }

  /** Keys that are inserted and deleted. */
  record OfDeletedKeys(KeyStore store) implements Telling {
    @Override
    public void make(String name, int number) {
      assertThat(store.insert(accessKey(credential(name + "." + number), ACME)))
          .as("insert of a key")
          .isTrue();
      assertThat(store.delete(credential(name + "." + number), version(1)))
          .as("deletion of a key")
          .isTrue();
    }

    @Override
    public Change told(String name, int number) {
      return new Change.OfKey(credential(name + "." + number), Optional.empty());
    }

    @Override
    public List<Change> refused(String name) {
      assertThat(store.insert(accessKey(credential(name + ".1"), ACME))).isTrue();
      assertThat(store.delete(credential(name + ".1"), version(2))).as("stale deletion").isFalse();
      assertThat(store.delete(credential(name + ".2"), version(1))).as("absent key").isFalse();
      return List.of(told(name, 1), told(name, 2));
    }

    @Override
    public boolean isSeen(String name, int number) {
      return store.find(credential(name + "." + number)).isEmpty();
    }

    @Override
    public boolean isOfOneRecord() {
      return false;
    }

    @Override
    public String toString() {
      return "deleted key";
    }
  }

  /** Sessions that are inserted and deleted. */
  record OfSessions(SessionStore store) implements Telling {
    @Override
    public void make(String name, int number) {
      assertThat(store.insert(session(credential(name + "." + number), ANN, T0)))
          .as("insert of a session")
          .isTrue();
      assertThat(store.delete(credential(name + "." + number)))
          .as("deletion of a session")
          .isTrue();
    }

    @Override
    public Change told(String name, int number) {
      return new Change.OfSession(credential(name + "." + number));
    }

    @Override
    public List<Change> refused(String name) {
      assertThat(store.delete(credential(name + ".1"))).as("absent session").isFalse();
      return List.of(told(name, 1));
    }

    @Override
    public boolean isSeen(String name, int number) {
      return store.find(credential(name + "." + number)).isEmpty();
    }

    @Override
    public boolean isOfOneRecord() {
      return false;
    }

    @Override
    public String toString() {
      return "session";
    }
  }
}
