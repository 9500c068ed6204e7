package io.thingward.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonToken;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.Limits;
import io.thingward.model.TagEntry;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A set of devices as JSON, for whoever renders it in another process or another language: {@code
 * "everything"}, {@code "nothing"}, or an object whose selectors a device must all match.
 *
 * <pre>{@code
 * {"allOf":[{"ids":["t1"],"tags":[{"key":"site","value":"paris"},{"key":"floor","value":null}]}]}
 * }</pre>
 *
 * <p>{@code null} for a key or a value means any. Equal sets are equal texts.
 */
public final class DeviceSetJson {
  private static final int LONGEST = RecordReader.LONGEST_RECORD;

  private static final Codec<DeviceSet> SET = set();

  private DeviceSetJson() {}

  /** The set as one line of JSON. */
  public static String write(DeviceSet set) {
    requireNonNull(set, "set");
    Out out = new Out();
    SET.write(set, out);
    return out.finish().toString(UTF_8);
  }

  /**
   * The set that a text says; whatever is not exactly one, a selector or an array of them without
   * anything in it included, is a {@link RecordFormatException} that names its place.
   */
  public static DeviceSet read(String json) {
    requireNonNull(json, "json");
    try (In in = new In(new ByteArrayInputStream(bytes(json)), LONGEST)) {
      in.advance();
      DeviceSet set = SET.read(in);
      in.requireEnd();
      return set;
    }
  }

  /* String.getBytes would make a question mark of half a pair of surrogates: another device's id. */
  private static byte[] bytes(String json) {
    try {
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException half) {
      throw new Place(1, 1, "").wrong("the text has half a pair of surrogates");
    }
  }

  private static Codec<DeviceSet> set() {
    Shape.Builder<DeviceSet> shape = new Shape.Builder<>();
    var selectors = shape.field("allOf", DeviceSet::selectors, selectors());
    Shape<DeviceSet> allOf = shape.makes(read -> DeviceSet.allOf(read.get(selectors)));
    return Codecs.of(
        in -> {
          if (in.is(JsonToken.START_OBJECT)) {
            return allOf.read(in);
          }
          return switch (in.is(JsonToken.VALUE_STRING) ? in.text() : "") {
            case "everything" -> DeviceSet.everything();
            case "nothing" -> DeviceSet.nothing();
            default -> throw in.wrong("a set is everything, nothing, or an object with allOf");
          };
        },
        (set, out) -> {
          if (set.selectors().isEmpty()) {
            out.text(set.isEverything() ? "everything" : "nothing");
          } else {
            allOf.write(set, out);
          }
        });
  }

  /* Their terms are counted as they come: a set refuses too many only after all are in memory. */
  private static Codec<List<DeviceSelector>> selectors() {
    Codec<DeviceSelector> selector = selector();
    int most = Limits.SELECTORS_PER_SET;
    return Codecs.of(
        in -> {
          AtomicInteger terms = new AtomicInteger();
          return Codecs.list(
                  Codecs.of(each -> counted(selector.read(each), terms, each), selector::write),
                  most)
              .read(in);
        },
        Codecs.list(selector, most)::write);
  }

  private static DeviceSelector counted(DeviceSelector selector, AtomicInteger terms, In in) {
    if (terms.addAndGet(selector.size()) > Limits.TERMS_PER_SET) {
      throw in.wrong("a set has at most " + Limits.TERMS_PER_SET + " terms");
    }
    return selector;
  }

  private static Codec<DeviceSelector> selector() {
    int most = Limits.TERMS_PER_SELECTOR;
    Shape.Builder<DeviceSelector> shape = new Shape.Builder<>();
    Codec<DeviceId> id = Codecs.text(DeviceId::of, DeviceId::value);
    var ids = shape.field("ids", DeviceSelector::ids, Codecs.list(id, most));
    var tags = shape.field("tags", DeviceSelector::tags, Codecs.list(entry(), most));
    return shape.makes(read -> selector(read.get(ids), read.get(tags)));
  }

  private static DeviceSelector selector(List<DeviceId> ids, List<TagEntry> tags) {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    ids.forEach(selector::id);
    tags.forEach(selector::tag);
    DeviceSelector built = selector.build();
    if (built.size() != ids.size() + tags.size()) {
      throw new IllegalArgumentException("a term is there twice");
    }
    return built;
  }

  private static Codec<TagEntry> entry() {
    Codec<Optional<String>> half = Codecs.optional(Codecs.TEXT);
    Shape.Builder<TagEntry> shape = new Shape.Builder<>();
    var key = shape.field("key", TagEntry::key, half);
    var value = shape.field("value", TagEntry::value, half);
    return shape.makes(read -> new TagEntry(read.get(key), read.get(value)));
  }
}
