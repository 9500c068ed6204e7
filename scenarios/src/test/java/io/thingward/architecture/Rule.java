package io.thingward.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule about published classes, with a small class that breaks it.
 *
 * @param name the rule, as a sentence
 * @param check finds violations
 * @param place the package in which the sample lies
 * @param sample the source of a class {@code Bad} that breaks the rule
 */
record Rule(String name, Check check, String place, String sample) {
  /** Finds violations. */
  @FunctionalInterface
  interface Check {
    /** One line per violation. */
    List<String> violations(JavaClasses classes, ClassLoader loader);
  }

  /** A rule on what ArchUnit sees. */
  static Rule of(String name, ArchRule rule, String place, String sample) {
    ArchRule lenient = rule.allowEmptyShould(true);
    return new Rule(
        name,
        (classes, loader) -> lenient.evaluate(classes).getFailureReport().getDetails(),
        place,
        sample);
  }

  /** A rule on what reflection sees, of all classes. */
  static Rule onAll(
      String name, Function<Class<?>, Stream<String>> flaws, String place, String sample) {
    return new Rule(
        name, (classes, loader) -> loaded(classes, loader).flatMap(flaws).toList(), place, sample);
  }

  /** A rule on what reflection sees, of the exported classes. */
  static Rule onExported(
      String name, Function<Class<?>, Stream<String>> flaws, String place, String sample) {
    return onAll(
        name,
        type ->
            Published.isExported(type, Published.exportedPackages())
                ? flaws.apply(type)
                : Stream.empty(),
        place,
        sample);
  }

  private static Stream<Class<?>> loaded(JavaClasses classes, ClassLoader loader) {
    return classes.stream()
        .map(JavaClass::getName)
        .filter(name -> !name.endsWith("-info"))
        .map(
            name -> {
              try {
                return Class.forName(name, false, loader);
              } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
              }
            });
  }

  @Override
  public String toString() {
    return name;
  }
}
