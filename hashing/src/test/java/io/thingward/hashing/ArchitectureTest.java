package io.thingward.hashing;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Random;

@AnalyzeClasses(
    packages = "io.thingward.hashing",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule bouncyCastle_isTouchedByTwoClasses =
      noClasses()
          .that()
          .doNotHaveSimpleName("BouncyCastleArgon2")
          .and()
          .doNotHaveSimpleName("BouncyCastleBcrypt")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule argon2Jvm_isTouchedByOneClass =
      noClasses()
          .that()
          .doNotHaveSimpleName("NativeArgon2")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("de.mkammerer..", "com.sun.jna..");

  @ArchTest
  static final ArchRule bytes_areComparedInConstantTimeOnly =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "it is Arrays.equals, compare or mismatch",
                  (JavaCall<?> call) ->
                      call.getTargetOwner().isEquivalentTo(Arrays.class)
                          && call.getName().matches("equals|compare|mismatch|deepEquals")));

  @ArchTest
  static final ArchRule randomness_isSecure =
      noClasses()
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "it makes a Random",
                  (JavaCall<?> call) -> call.getTargetOwner().isEquivalentTo(Random.class)))
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");

  @ArchTest
  static final ArchRule exportedClasses_areFinalOrAbstract =
      classes()
          .that()
          .haveModifier(PUBLIC)
          .and()
          .areNotInterfaces()
          .should()
          .haveModifier(FINAL)
          .orShould()
          .haveModifier(ABSTRACT);

  @ArchTest
  static final ArchRule abstractClasses_areNotForSubclassesOfOthers =
      constructors()
          .that()
          .areDeclaredInClassesThat()
          .haveModifier(ABSTRACT)
          .should()
          .bePackagePrivate();
}
