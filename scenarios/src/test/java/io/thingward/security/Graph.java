package io.thingward.security;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Everything that can be reached from an object: by fields, and inside the JDK by its methods. */
final class Graph {
  private Graph() {}

  /**
   * Shows every object that can be reached, each once; boxed values and texts among them.
   *
   * @param closed what is shown, but not looked into
   */
  static void walk(Object root, Consumer<Object> visitor, Predicate<Object> closed) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (seen.add(next)) {
        visitor.accept(next);
        if (!closed.test(next)) {
          parts(next).stream().filter(part -> part != null).forEach(open::push);
        }
      }
    }
  }

  /**
   * All that an object holds, as text: two objects that hold the same have the same text. Maps and
   * sets are sorted, so that their inner order means nothing.
   */
  static String snapshot(Object root) {
    StringBuilder text = new StringBuilder();
    write(root, text, new IdentityHashMap<>());
    return text.toString();
  }

  private static void write(Object at, StringBuilder text, Map<Object, Integer> above) {
    if (at == null || isValue(at)) {
      text.append(at instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : at);
      return;
    }
    if (above.putIfAbsent(at, above.size()) != null) {
      text.append("^"); // a circle
      return;
    }
    text.append(at.getClass().getSimpleName()).append('{');
    List<String> parts = new ArrayList<>();
    for (Object part : parts(at)) {
      StringBuilder inner = new StringBuilder();
      write(part, inner, above);
      parts.add(inner.toString());
    }
    if (at instanceof Map<?, ?> || at instanceof Set<?>) {
      pairs(at, parts);
    }
    text.append(String.join(",", parts)).append('}');
    above.remove(at);
  }

  private static void pairs(Object at, List<String> parts) {
    if (at instanceof Map<?, ?>) {
      List<String> pairs =
          IntStream.range(0, parts.size() / 2)
              .mapToObj(i -> parts.get(2 * i) + "=" + parts.get(2 * i + 1))
              .toList();
      parts.clear();
      parts.addAll(pairs);
    }
    Collections.sort(parts);
  }

  private static boolean isValue(Object at) {
    return at instanceof CharSequence
        || at instanceof Number
        || at instanceof Boolean
        || at instanceof Character
        || at instanceof Enum<?>
        || at instanceof Class<?>
        || at instanceof byte[]
        || at instanceof java.time.temporal.TemporalAccessor
        || at instanceof java.time.temporal.TemporalAmount
        || at instanceof java.util.UUID;
  }

  private static List<Object> parts(Object at) {
    if (isValue(at)) {
      return List.of();
    }
    if (at instanceof Map<?, ?> map) {
      List<Object> parts = new ArrayList<>();
      map.forEach(
          (key, value) -> {
            parts.add(key);
            parts.add(value);
          });
      return Collections.unmodifiableList(parts);
    }
    if (at instanceof Collection<?> collection) {
      return Collections.unmodifiableList(new ArrayList<>(collection));
    }
    if (at instanceof Optional<?> optional) {
      return optional.<List<Object>>map(List::of).orElse(List.of());
    }
    if (at instanceof AtomicReference<?> reference) {
      return Collections.singletonList(reference.get());
    }
    if (at instanceof Reference<?> reference) {
      return Collections.singletonList(reference.get());
    }
    if (at instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return List.of(bytes);
    }
    if (at instanceof Throwable thrown) {
      List<Object> parts = new ArrayList<>(Arrays.asList(thrown.getSuppressed()));
      parts.add(thrown.getCause());
      parts.add(thrown.getMessage());
      return Collections.unmodifiableList(parts);
    }
    if (at.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(at)).mapToObj(i -> Array.get(at, i)).toList();
    }
    return fields(at);
  }

  private static List<Object> fields(Object at) {
    List<Object> values = new ArrayList<>();
    for (Class<?> type = at.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith("java.")
          || type.getName().startsWith("jdk.")
          || type.getName().startsWith("sun.")) {
        continue; // closed to us, and seen through its methods where it holds anything of ours
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
          try {
            values.add(field.get(at));
          } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
          }
        }
      }
    }
    return Collections.unmodifiableList(values);
  }
}
