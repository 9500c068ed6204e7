package io.thingward.architecture;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exported types of a module with their signatures, as text that can be reviewed. */
final class Surface {
  private Surface() {}

  /** The surface of the module at a place. */
  static String of(Path place) {
    return "module "
        + Published.module(place).name()
        + "\n"
        + Published.exportedTypes(place).stream()
            .map(Surface::describe)
            .collect(Collectors.joining());
  }

  private static String describe(Class<?> type) {
    List<String> lines = new ArrayList<>();
    Arrays.stream(type.getDeclaredFields())
        .filter(Surface::isVisible)
        .map(Field::toGenericString)
        .forEach(lines::add);
    if (!type.isRecord()) {
      Arrays.stream(type.getDeclaredConstructors())
          .filter(Surface::isVisible)
          .map(Constructor::toGenericString)
          .forEach(lines::add);
    }
    Arrays.stream(type.getDeclaredMethods())
        .filter(Surface::isVisible)
        .filter(method -> !isEveryones(type, method))
        .map(Method::toGenericString)
        .forEach(lines::add);
    return "\n"
        + head(type)
        + "\n"
        + lines.stream()
            .map(line -> "  " + brief(line.replace(type.getName() + ".", "")) + "\n")
            .sorted()
            .collect(Collectors.joining());
  }

  private static boolean isVisible(Member member) {
    return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
        && !member.isSynthetic();
  }

  /* What every object, record or enum has is no news. */
  private static boolean isEveryones(Class<?> type, Method method) {
    Set<String> ofObject = Set.of("equals", "hashCode", "toString");
    return ofObject.contains(method.getName())
        || (type.isEnum() && Set.of("values", "valueOf").contains(method.getName()))
        || (type.isRecord()
            && method.getParameterCount() == 0
            && Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .anyMatch(method.getName()::equals));
  }

  private static String head(Class<?> type) {
    String kind =
        type.isRecord()
            ? "record"
            : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
    String sealing =
        type.isSealed()
            ? "sealed "
            : Modifier.isFinal(type.getModifiers()) && !type.isRecord() && !type.isEnum()
                ? "final "
                : Modifier.isAbstract(type.getModifiers()) && !type.isInterface()
                    ? "abstract "
                    : "";
    String components =
        type.isRecord()
            ? Arrays.stream(type.getRecordComponents())
                .map(at -> brief(at.getGenericType().getTypeName()) + " " + at.getName())
                .collect(Collectors.joining(", ", "(", ")"))
            : "";
    String above =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(at -> brief(at.getTypeName()))
            .filter(name -> !name.matches("Object|Record|Enum<.*>"))
            .collect(Collectors.joining(", "));
    return sealing
        + kind
        + " "
        + type.getName()
        + components
        + (above.isEmpty() ? "" : " : " + above);
  }

  /* Names without their packages: no two types of ours share one. */
  private static String brief(String signature) {
    return signature.replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "").replaceFirst("^public ", "");
  }
}
