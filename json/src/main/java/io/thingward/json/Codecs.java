package io.thingward.json;

import com.fasterxml.jackson.core.JsonToken;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.Limits;
import io.thingward.model.PermissionNames;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Times;
import io.thingward.model.Username;
import io.thingward.model.WorkspaceId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The values that records are made of, where one token is enough, and collections. */
final class Codecs {
  static final Codec<String> TEXT = of(In::text, (value, out) -> out.text(value));
  static final Codec<Boolean> FLAG = of(In::flag, (value, out) -> out.flag(value));
  static final Codec<Long> NUMBER = of(In::number, (value, out) -> out.number(value));
  static final Codec<PrincipalId> PRINCIPAL = text(PrincipalId::of, PrincipalId::value);
  static final Codec<WorkspaceId> WORKSPACE = text(WorkspaceId::of, WorkspaceId::value);
  static final Codec<RoleId> ROLE = text(RoleId::of, RoleId::value);
  static final Codec<CredentialId> CREDENTIAL = text(CredentialId::parse, CredentialId::toString);
  static final Codec<Username> USERNAME = text(Username::new, Username::value);
  static final Codec<DeviceScope> SCOPE = text(Codecs::scope, DeviceScope::toString);
  static final Codec<UUID> UNIQUE = text(Codecs::unique, UUID::toString);

  /** JSON numbers of 64 bits lose their last digits in most other readers. */
  static final Codec<Long> LONG_TEXT = text(Codecs::longOf, value -> Long.toString(value));

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  static final Codec<Instant> INSTANT = text(Codecs::instant, MILLIS::format);

  static final Codec<Set<String>> PERMISSIONS =
      set(
          text(PermissionNames::check, Function.identity()),
          Limits.PERMISSIONS,
          Comparator.naturalOrder());

  private Codecs() {}

  static <T> Codec<T> of(Function<In, T> read, BiConsumer<T, Out> write) {
    return new Codec<>() {
      @Override
      public T read(In in) {
        return read.apply(in);
      }

      @Override
      public void write(T value, Out out) {
        write.accept(value, out);
      }
    };
  }

  /** A string. What the parser refuses, it must refuse without quoting it. */
  static <T> Codec<T> text(Function<String, T> parse, Function<T, String> print) {
    return of(
        in -> {
          String text = in.text();
          try {
            return parse.apply(text);
          } catch (IllegalArgumentException refused) {
            throw in.wrong(String.valueOf(refused.getMessage()));
          }
        },
        (value, out) -> out.text(print.apply(value)));
  }

  /** The constants of an enum, in lower case. */
  static <E extends Enum<E>> Codec<E> words(Class<E> type) {
    Map<String, E> byWord =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toUnmodifiableMap(Codecs::word, Function.identity()));
    String all = Arrays.stream(type.getEnumConstants()).map(Codecs::word).toList().toString();
    return text(
        text -> {
          E constant = byWord.get(text);
          if (constant == null) {
            throw new IllegalArgumentException("this is none of " + all);
          }
          return constant;
        },
        Codecs::word);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The value, or null. */
  static <T> Codec<Optional<T>> optional(Codec<T> codec) {
    return of(
        in -> in.is(JsonToken.VALUE_NULL) ? Optional.empty() : Optional.of(codec.read(in)),
        (value, out) -> value.ifPresentOrElse(present -> codec.write(present, out), out::nothing));
  }

  /** At most so many, in their order. */
  static <T> Codec<List<T>> list(Codec<T> codec, int most) {
    return of(
        in -> {
          List<T> items = new ArrayList<>();
          in.require(JsonToken.START_ARRAY, "an array");
          for (in.advance(); !in.is(JsonToken.END_ARRAY); in.advance()) {
            if (items.size() == most) {
              throw in.wrong("there are at most " + most + " of these");
            }
            items.add(codec.read(in));
          }
          return items;
        },
        (items, out) -> write(items, codec, out));
  }

  /** At most so many, each once; written in this order, which makes equal sets equal bytes. */
  static <T> Codec<Set<T>> set(Codec<T> codec, int most, Comparator<? super T> order) {
    return of(
        in -> {
          Set<T> items = new HashSet<>();
          in.require(JsonToken.START_ARRAY, "an array");
          for (in.advance(); !in.is(JsonToken.END_ARRAY); in.advance()) {
            if (items.size() == most) {
              throw in.wrong("there are at most " + most + " of these");
            }
            Place place = in.place();
            if (!items.add(codec.read(in))) {
              throw place.wrong("this is there twice");
            }
          }
          return items;
        },
        (items, out) -> write(items.stream().sorted(order).toList(), codec, out));
  }

  private static <T> void write(Collection<T> items, Codec<T> codec, Out out) {
    out.startArray();
    items.forEach(item -> codec.write(item, out));
    out.endArray();
  }

  private static Instant instant(String text) {
    try {
      return Times.check(MILLIS.parse(text, Instant::from));
    } catch (DateTimeException notOne) {
      throw new IllegalArgumentException("an instant is written 2026-01-31T23:59:59.999Z");
    }
  }

  private static long longOf(String text) {
    try {
      long value = Long.parseLong(text);
      if (Long.toString(value).equals(text)) {
        return value;
      }
    } catch (NumberFormatException quotesIt) {
      // refused below, in words of our own
    }
    throw new IllegalArgumentException("this is no decimal number of 64 bits");
  }

  private static UUID unique(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException quotesIt) {
      // refused below, in words of our own
    }
    throw new IllegalArgumentException("this is no UUID in lower case");
  }

  /* The terms are counted first: a selector refuses too many only after it has kept them all. */
  private static DeviceScope scope(String text) {
    boolean quoted = false;
    int terms = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        terms++;
      }
    }
    if (terms > Limits.TERMS_PER_SELECTOR) {
      throw new IllegalArgumentException(
          terms + " terms, the limit is " + Limits.TERMS_PER_SELECTOR);
    }
    return DeviceScope.parse(text);
  }
}
