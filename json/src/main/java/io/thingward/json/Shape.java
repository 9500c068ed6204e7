package io.thingward.json;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An object with fields: one table says how it is written and how it is read, so the two agree.
 * Fields are written in the order of the table and read in any; each is there exactly once, and no
 * other.
 *
 * @param <T> what the object stands for
 */
final class Shape<T> implements Codec<T> {
  private final List<Field<T, ?>> fields;
  private final Map<String, Field<T, ?>> byName;
  private final Function<Fields<T>, T> make;

  private Shape(List<Field<T, ?>> fields, Function<Fields<T>, T> make) {
    this.fields = List.copyOf(fields);
    this.byName =
        fields.stream().collect(Collectors.toUnmodifiableMap(Field::name, Function.identity()));
    this.make = make;
  }

  /**
   * A field.
   *
   * @param number which one of its object it is, from 0
   * @param leftOut what stands in for it where a fixture leaves it out, if it may
   */
  record Field<T, V>(
      String name,
      int number,
      Function<T, V> get,
      Codec<V> codec,
      Optional<Function<Fixture, V>> leftOut) {

    void write(T object, Out out) {
      out.field(name);
      codec.write(get.apply(object), out);
    }
  }

  /** What was read of an object. */
  static final class Fields<T> {
    private final @Nullable Object[] values;

    Fields(int count) {
      values = new @Nullable Object[count];
    }

    @SuppressWarnings({
      "unchecked",
      "NullAway"
    }) // what a field read is of its type; none is missing
    <V> V get(Field<T, V> field) {
      return (V) values[field.number];
    }
  }

  /** Collects the fields. */
  static final class Builder<T> {
    private final List<Field<T, ?>> fields = new ArrayList<>();

    private <V> Field<T, V> add(
        String name, Function<T, V> get, Codec<V> codec, Optional<Function<Fixture, V>> leftOut) {
      Field<T, V> field = new Field<>(name, fields.size(), get, codec, leftOut);
      fields.add(field);
      return field;
    }

    /** A field that is always there. */
    <V> Field<T, V> field(String name, Function<T, V> get, Codec<V> codec) {
      return add(name, get, codec, Optional.empty());
    }

    /** A field that a fixture may leave out, and what it is then: as of a new record. */
    <V> Field<T, V> field(String name, Function<T, V> get, Codec<V> codec, V leftOut) {
      return add(name, get, codec, Optional.of(fixture -> leftOut));
    }

    /** The same, where it depends on the fixture. */
    <V> Field<T, V> ofFixture(
        String name, Function<T, V> get, Codec<V> codec, Function<Fixture, V> leftOut) {
      return add(name, get, codec, Optional.of(leftOut));
    }

    Shape<T> makes(Function<Fields<T>, T> make) {
      return new Shape<>(fields, make);
    }
  }

  @Override
  public T read(In in) {
    in.require(JsonToken.START_OBJECT, "an object");
    return readFields(in, in.place());
  }

  /** Reads the fields up to the end of an object that began at a place. */
  T readFields(In in, Place start) {
    Fields<T> read = new Fields<>(fields.size());
    for (Optional<String> name = in.nextField(); name.isPresent(); name = in.nextField()) {
      Field<T, ?> field = byName.get(name.get());
      if (field == null) {
        throw in.wrong("there is no such field here; there is " + names());
      }
      if (read.values[field.number] != null) {
        throw in.wrong("this field is there twice");
      }
      in.advance();
      read.values[field.number] = field.codec.read(in);
    }
    fields.stream()
        .filter(field -> read.values[field.number] == null)
        .forEach(field -> read.values[field.number] = leftOut(field, in, start));
    try {
      return make.apply(read);
    } catch (IllegalArgumentException refused) {
      throw start.wrong(String.valueOf(refused.getMessage()));
    }
  }

  private String names() {
    return fields.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  private static <V> V leftOut(Field<?, V> field, In in, Place start) {
    return field
        .leftOut
        .flatMap(standIn -> in.fixture().map(standIn))
        .orElseThrow(() -> start.wrong("the field " + field.name + " is missing"));
  }

  @Override
  public void write(T object, Out out) {
    out.startObject();
    writeFields(object, out);
    out.endObject();
  }

  /** Writes the fields of an object that has been begun. */
  void writeFields(T object, Out out) {
    fields.forEach(field -> field.write(object, out));
  }
}
