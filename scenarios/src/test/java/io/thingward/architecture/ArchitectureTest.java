package io.thingward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published class keeps the rules, and every rule can be broken. */
@TestInstance(Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final List<Rule> RULES = Rules.all();

  private JavaClasses published;
  private Samples samples;

  @BeforeAll
  void read(@TempDir Path root) throws IOException {
    samples = new Samples(root, RULES);
    published = Published.classes();
    assertThat(published.size()).isGreaterThan(150);
  }

  static List<Rule> rules() {
    return RULES;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  @DisplayName("Every published class keeps the rule")
  void rule_holds(Rule rule) {
    assertThat(rule.check().violations(published, getClass().getClassLoader())).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  @DisplayName("A class that breaks the rule is found")
  void rule_canFail(Rule rule) throws IOException {
    assertThat(samples.violations(rule)).isNotEmpty();
  }

  @Test
  @DisplayName("No package is in two modules, and every module lists what it exports")
  void modules_shareNoPackage() {
    assertThat(Published.places().stream().map(place -> Published.module(place).name()))
        .containsExactlyInAnyOrder(
            "io.thingward.spi",
            "io.thingward.core",
            "io.thingward.filter.sql",
            "io.thingward.hashing",
            "io.thingward.json",
            "io.thingward.store.jdbc",
            "io.thingward.store.memory",
            "io.thingward.testkit");
    List<String> packages =
        Published.places().stream()
            .flatMap(place -> Published.module(place).packages().stream())
            .toList();
    assertThat(packages).doesNotHaveDuplicates();
    assertThat(Published.exportedPackages())
        .isNotEmpty()
        .noneMatch(name -> name.contains(".internal"));
  }

  @Test
  @DisplayName("Every exported package is null-marked and warns of ignored results")
  void packages_areMarked() {
    for (String name : Published.exportedPackages()) {
      JavaClasses info = published.that(isPackageInfoOf(name));
      assertThat(info).as("package-info of %s", name).hasSize(1);
      assertThat(info.iterator().next().getAnnotations())
          .extracting(annotation -> annotation.getRawType().getSimpleName())
          .contains("NullMarked", "CheckReturnValue");
    }
  }

  private static DescribedPredicate<JavaClass> isPackageInfoOf(String name) {
    return DescribedPredicate.describe(
        "package-info of " + name, type -> type.getName().equals(name + ".package-info"));
  }

  @Test
  @DisplayName("No test sleeps, and none mocks")
  void tests_doNotSleep() {
    List<Path> places =
        Stream.of(
                "store-spi",
                "core",
                "hashing",
                "store-memory",
                "store-testkit",
                "store-jdbc",
                "json",
                "filter-sql",
                "examples",
                "scenarios")
            .map(module -> Path.of("..", module, "target", "test-classes"))
            .toList();
    assertThat(places).allMatch(Files::isDirectory);
    JavaClasses tests = new ClassFileImporter().importPaths(places);
    ArchRule rule =
        ArchRuleDefinition.noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mockito..", "org.easymock..", "io.mockk..", "org.powermock..");
    rule.check(tests);
  }
}
