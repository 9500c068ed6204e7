package io.thingward.filter.sql;

import io.thingward.model.DeviceId;
import io.thingward.model.DeviceSet;
import io.thingward.model.DeviceSetVisitor;
import io.thingward.model.Tag;
import java.util.List;

/* What any id or any tag entry matches; the terms by kind, as a database is asked for them. */
record Selector(List<String> ids, List<Tag> tags, List<String> keys, List<String> values) {
  /* Guesses, which decide only what is walked and what is looked up: a tag is on so many devices, */
  private static final long OF_A_TAG = 1_000;

  /* and a key, or a value, on so many. */
  private static final long OF_A_HALF = 100_000;

  private static final long LITTLE_DOUBT = 50;

  int entries() {
    return tags.size() + keys.size() + values.size();
  }

  List<String> tagKeys() {
    return tags.stream().map(Tag::key).toList();
  }

  List<String> tagValues() {
    return tags.stream().map(Tag::value).toList();
  }

  /** How many devices it may match, as far as the terms tell. */
  long width() {
    return ids.size() + OF_A_TAG * tags.size() + OF_A_HALF * ((long) keys.size() + values.size());
  }

  /** Whether the terms leave little doubt that it matches fewer devices than a wider one. */
  boolean isNarrower(Selector wider) {
    return width() * LITTLE_DOUBT <= wider.width();
  }

  /** The selectors of a set, all of which a device must match; none for everything and nothing. */
  static List<Selector> of(DeviceSet set) {
    return set.accept(new Collecting());
  }

  private static final class Collecting implements DeviceSetVisitor<List<Selector>> {
    @Override
    public List<Selector> everything() {
      return List.of();
    }

    @Override
    public List<Selector> nothing() {
      return List.of();
    }

    @Override
    public List<Selector> anyOf(
        List<DeviceId> ids, List<Tag> tags, List<String> keys, List<String> values) {
      return List.of(new Selector(ids.stream().map(DeviceId::value).toList(), tags, keys, values));
    }

    @Override
    public List<Selector> allOf(List<List<Selector>> selectors) {
      return selectors.stream().flatMap(List::stream).toList();
    }
  }
}
