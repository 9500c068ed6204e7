package io.thingward.security;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An ordinary value of any type that a public method takes. */
final class Values {
  private final Map<Class<?>, Object> known = new HashMap<>();

  /** From now on, this is the value of a type. */
  <T> Values put(Class<T> type, T value) {
    known.put(type, value);
    return this;
  }

  /** The same values, apart. */
  Values copy() {
    Values copy = new Values();
    copy.known.putAll(known);
    return copy;
  }

  /** An ordinary value of a type. */
  Object of(Type type) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain);
    }
    if (type instanceof ParameterizedType parameterized) {
      return ofParameterized(parameterized);
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof TypeVariable<?> variable) {
      return of(variable.getBounds()[0]);
    }
    throw new IllegalArgumentException("no value of " + type);
  }

  private Object ofParameterized(ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    if (known.containsKey(raw)) {
      return known.get(raw);
    }
    if (raw == Optional.class) {
      return Optional.of(of(type.getActualTypeArguments()[0]));
    }
    if (raw == Set.class) {
      return Set.of(of(type.getActualTypeArguments()[0]));
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return List.of(of(type.getActualTypeArguments()[0]));
    }
    if (raw == Map.class) {
      return Map.of(of(type.getActualTypeArguments()[0]), of(type.getActualTypeArguments()[1]));
    }
    return ofClass(raw);
  }

  private Object ofClass(Class<?> type) {
    if (known.containsKey(type)) {
      return known.get(type);
    }
    if (type.isArray()) {
      Object array = Array.newInstance(type.getComponentType(), 1);
      Array.set(array, 0, of(type.getComponentType()));
      return array;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isRecord()) {
      return ofRecord(type);
    }
    throw new IllegalArgumentException("no value of " + type);
  }

  private Object ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(
          Arrays.stream(components).map(component -> of(component.getGenericType())).toArray());
    } catch (ReflectiveOperationException failed) {
      throw new IllegalArgumentException("no value of " + type, failed);
    }
  }
}
