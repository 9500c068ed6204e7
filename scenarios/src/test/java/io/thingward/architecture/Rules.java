package io.thingward.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that every published class keeps. */
final class Rules {
  private static final String ACCESS = "io.thingward.access";

  private Rules() {}

  /** All of them. */
  static List<Rule> all() {
    List<Rule> rules = new ArrayList<>();
    rules.addAll(state());
    rules.addAll(surroundings());
    rules.addAll(texts());
    rules.addAll(secrets());
    rules.addAll(surface());
    rules.addAll(structure());
    return rules;
  }

  private static List<Rule> state() {
    return List.of(
        Rule.of(
            "no static state that can be assigned",
            fields().that().areStatic().should().beFinal(),
            ACCESS,
            "final class Bad { static int calls; }"),
        Rule.of(
            "no static state that can change: maps, atomics, locks",
            noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(
                    describe(
                        "that changes",
                        type ->
                            type.getPackageName().startsWith("java.util.concurrent")
                                || (type.isAssignableTo(Collection.class) && !type.isInterface())
                                || (type.isAssignableTo(Map.class) && !type.isInterface()))),
            ACCESS,
            "final class Bad { static final HashMap<String, String> SEEN = new HashMap<>(); }"),
        Rule.of(
            "no thread-local context",
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class),
            ACCESS,
            "final class Bad { final ThreadLocal<String> user = new ThreadLocal<>(); }"));
  }

  private static List<Rule> surroundings() {
    return List.of(
        Rule.of(
            "no ServiceLoader: a jar on the path changes nothing",
            noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.util.ServiceLoader.class),
            ACCESS,
            "final class Bad { Object o() { return ServiceLoader.load(Runnable.class); } }"),
        Rule.of(
            "no system properties and no environment variables",
            noCalls(
                "java\\.lang\\.System\\.(getProperty|getProperties|setProperty|getenv)"
                    + "|java\\.lang\\.(Integer|Long)\\.get(Integer|Long)"
                    + "|java\\.lang\\.Boolean\\.getBoolean"),
            ACCESS,
            "final class Bad { String s() { return System.getProperty(\"user.name\"); } }"),
        Rule.of(
            "no files",
            noClasses()
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage("java.nio.file..", "java.nio.channels..")
                        .or(nameMatching("java\\.io\\.(File.*|RandomAccessFile)"))),
            ACCESS,
            "final class Bad { Object o() { return new java.io.File(\"x\"); } }"),
        Rule.of(
            "no database but in the JDBC stores and the filters in SQL",
            noClasses()
                .that(resideOutsideOfPackages("io.thingward.store.jdbc", "io.thingward.filter.sql"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql.."),
            ACCESS,
            "final class Bad { java.sql.Connection c; }"),
        Rule.of(
            "no console",
            noClasses()
                .should()
                .accessFieldWhere(
                    describe(
                        "of the console",
                        access ->
                            access.getTargetOwner().isEquivalentTo(System.class)
                                && Set.of("out", "err", "in")
                                    .contains(access.getTarget().getName())))
                .orShould(callMethodWhere(calls("java\\..*\\.printStackTrace"))),
            ACCESS,
            "final class Bad { void m() { System.out.println(); } }"),
        Rule.of(
            "time comes from an InstantSource: nobody asks the system's clock",
            noCalls("java\\.lang\\.System\\.currentTimeMillis|java\\.time\\.\\w+\\.now"),
            ACCESS,
            "final class Bad { Object o() { return java.time.Instant.now(); } }"));
  }

  private static List<Rule> texts() {
    return List.of(
        Rule.of(
            "no comparison of texts that ignores case",
            noClasses()
                .should(
                    callMethodWhere(
                        calls("java\\.lang\\.String\\.(equalsIgnoreCase|compareToIgnoreCase)")))
                .orShould()
                .accessField(String.class, "CASE_INSENSITIVE_ORDER"),
            ACCESS,
            "final class Bad { boolean b(String s) { return s.equalsIgnoreCase(\"admin\"); } }"),
        Rule.of(
            "no case mapping by the default locale",
            noClasses()
                .should(
                    callMethodWhere(
                        calls("java\\.lang\\.String\\.to(Lower|Upper)Case")
                            .and(
                                describe(
                                    "without a locale",
                                    (JavaMethodCall call) ->
                                        call.getTarget().getRawParameterTypes().isEmpty())))),
            ACCESS,
            "final class Bad { String s(String s) { return s.toLowerCase(); } }"));
  }

  private static final Pattern WEAK =
      Pattern.compile("(?i)\\bMD[245]\\b|SHA-?1\\b|\\bDES\\b|\\bRC4\\b|/ECB/");

  private static List<Rule> secrets() {
    return List.of(
        Rule.of(
            "random numbers come from SecureRandom alone",
            noClasses()
                .should()
                .dependOnClassesThat(
                    nameMatching(
                        "java\\.util\\.(Random|SplittableRandom)"
                            + "|java\\.util\\.concurrent\\.ThreadLocalRandom"
                            + "|java\\.util\\.random\\.RandomGeneratorFactory"))
                .orShould(
                    callMethodWhere(
                        calls(
                            "java\\.lang\\.Math\\.random|java\\.util\\.UUID\\.randomUUID"
                                + "|java\\.util\\.random\\.RandomGenerator\\.(of|getDefault)"))),
            ACCESS,
            "final class Bad { Object o() { return UUID.randomUUID(); } }"),
        // SecretDigest.sameBits folds four XORs instead, which is as constant and needs no array.
        Rule.of(
            "bytes and characters are compared by MessageDigest.isEqual alone",
            noClasses()
                .should(
                    callMethodWhere(
                        calls(
                                "java\\.util\\.Arrays\\.(equals|compare|compareUnsigned|mismatch)"
                                    + "|java\\.util\\.Objects\\.deepEquals"
                                    + "|java\\.nio\\.(Byte|Char)Buffer\\.(equals|compareTo|mismatch)")
                            .and(
                                describe(
                                    "of bytes, characters or anything",
                                    (JavaMethodCall call) ->
                                        call.getTarget().getRawParameterTypes().stream()
                                            .map(JavaClass::getName)
                                            .anyMatch(
                                                Set.of(
                                                        "[B",
                                                        "[C",
                                                        "java.lang.Object",
                                                        "java.nio.ByteBuffer",
                                                        "java.nio.CharBuffer")
                                                    ::contains))))),
            ACCESS,
            "final class Bad { boolean b(byte[] a) { return Arrays.equals(a, new byte[32]); } }"),
        Rule.onAll(
            "no weak algorithm is named",
            type -> matches(WEAK, type).map(name -> type.getName() + " names " + name),
            ACCESS,
            "final class Bad { static final String NAME = \"HmacSHA1\"; String s = NAME; }"),
        Rule.of(
            "nothing is serializable but exceptions and enums",
            classes()
                .that()
                .areNotAssignableTo(Throwable.class)
                .and()
                .areNotAssignableTo(Enum.class)
                .should()
                .notBeAssignableTo(java.io.Serializable.class),
            ACCESS,
            "final class Bad implements java.io.Serializable {}"),
        Rule.of(
            "no Java deserialization",
            noClasses()
                .should()
                .dependOnClassesThat(nameMatching("java\\.io\\.Object(Input|Output).*")),
            ACCESS,
            "final class Bad { java.io.ObjectInputStream in; }"),
        Rule.of(
            "a store sees no secret and no password, nor anything else of the library",
            noClasses()
                .that()
                .resideInAnyPackage("io.thingward.model..", "io.thingward.store..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage("io.thingward..")
                        .and(
                            resideOutsideOfPackages(
                                "io.thingward.model..", "io.thingward.store.."))),
            "io.thingward.store",
            "record Bad(Secret secret) {}"));
  }

  /* Ports that hosts implement are interfaces. The one kind of class that strangers extend is a
   * contract of the test kit, which they cannot weaken: they see what they must implement alone. */
  private static boolean isContract(Class<?> type) {
    return type.getPackageName().equals("io.thingward.store.testkit")
        && type.getSimpleName().endsWith("Contract")
        && Modifier.isAbstract(type.getModifiers())
        && type.getSuperclass() == Object.class
        && Arrays.stream(type.getDeclaredConstructors())
            .allMatch(constructor -> Modifier.isProtected(constructor.getModifiers()))
        && Arrays.stream(type.getDeclaredFields()).noneMatch(Rules::isVisible)
        && Arrays.stream(type.getDeclaredMethods())
            .filter(Rules::isVisible)
            .allMatch(
                method ->
                    Modifier.isAbstract(method.getModifiers())
                        && Modifier.isProtected(method.getModifiers()));
  }

  private static final Set<String> ARRAYS =
      Set.of(
          "io.thingward.credential.Secret.reveal",
          "io.thingward.credential.Pepper.reveal",
          "io.thingward.password.Password.reveal");

  /* Public for the library's own packages, and of no use to others: they cannot name the types. */
  private static final Set<String> INTERNAL =
      Set.of("io.thingward.management.Management.by", "io.thingward.management.Management.byHost");

  private static List<Rule> surface() {
    return List.of(
        Rule.onExported(
            "an exported class cannot be extended by strangers",
            type -> isClosed(type) ? Stream.empty() : Stream.of(type.getName() + " is open"),
            ACCESS,
            "public class Bad {}"),
        Rule.onExported(
            "what strangers extend of the test kit shows them what they must implement alone",
            type ->
                type.getPackageName().equals("io.thingward.store.testkit") && !isContract(type)
                    ? Stream.of(type.getName() + " is no contract")
                    : Stream.empty(),
            "io.thingward.store.testkit",
            """
            public abstract class Bad {
              protected Bad() {}
              protected void weakened() {}
            }
            """),
        Rule.onAll(
            "no component of a record is an array",
            type ->
                type.isRecord()
                    ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getType().isArray())
                        .map(component -> type.getName() + "." + component.getName())
                    : Stream.empty(),
            ACCESS,
            "record Bad(byte[] digest) {}"),
        Rule.onExported(
            "no exported method returns an array, but the three that reveal a copy",
            type ->
                Arrays.stream(type.getDeclaredMethods())
                    .filter(Rules::isVisible)
                    .filter(method -> method.getReturnType().isArray())
                    .map(method -> type.getName() + "." + method.getName())
                    .filter(name -> !ARRAYS.contains(name) && !type.isEnum()),
            ACCESS,
            "public final class Bad { public byte[] hash() { return null; } }"),
        Rule.onExported(
            "an exported signature names types of the JDK and exported ones, nothing else",
            type ->
                Stream.concat(Stream.of(supertypes(type)), members(type))
                    .flatMap(
                        signature ->
                            signature.types().stream()
                                .filter(named -> !isNameable(named))
                                .map(named -> signature.name() + " names " + named.getName()))
                    .filter(flaw -> INTERNAL.stream().noneMatch(flaw::startsWith))
                    .distinct(),
            ACCESS,
            "public final class Bad { public org.slf4j.Logger logger() { return null; } }"));
  }

  private static boolean isClosed(Class<?> type) {
    return type.isInterface()
        || type.isSealed()
        || Modifier.isFinal(type.getModifiers())
        || type.isEnum()
        || isContract(type)
        || Arrays.stream(type.getDeclaredConstructors())
            .noneMatch(constructor -> isVisible(constructor));
  }

  private static boolean isVisible(Member member) {
    return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
        && !member.isSynthetic();
  }

  private record Signature(String name, Set<Class<?>> types) {}

  private static Signature supertypes(Class<?> type) {
    Set<Class<?>> named = new java.util.HashSet<>();
    Arrays.stream(type.getGenericInterfaces()).forEach(at -> collect(at, named));
    if (type.getGenericSuperclass() != null) {
      collect(type.getGenericSuperclass(), named);
    }
    return new Signature(type.getName(), named);
  }

  private static Stream<Signature> members(Class<?> type) {
    return Stream.of(
            Arrays.stream(type.getDeclaredFields()),
            Arrays.stream(type.getDeclaredMethods()),
            Arrays.stream(type.getDeclaredConstructors()))
        .flatMap(members -> members)
        .filter(member -> isVisible((Member) member))
        .map(
            member -> {
              Set<Class<?>> named = new java.util.HashSet<>();
              if (member instanceof Field field) {
                collect(field.getGenericType(), named);
              } else if (member instanceof Executable executable) {
                Arrays.stream(executable.getGenericParameterTypes())
                    .forEach(at -> collect(at, named));
                Arrays.stream(executable.getGenericExceptionTypes())
                    .forEach(at -> collect(at, named));
                if (executable instanceof Method method) {
                  collect(method.getGenericReturnType(), named);
                }
              }
              String name =
                  member instanceof Constructor<?>
                      ? type.getName()
                      : type.getName() + "." + ((Member) member).getName();
              return new Signature(name, named);
            });
  }

  private static void collect(Type type, Set<Class<?>> into) {
    if (type instanceof Class<?> c) {
      into.add(c.isArray() ? c.getComponentType() : c);
    } else if (type instanceof ParameterizedType p) {
      collect(p.getRawType(), into);
      Arrays.stream(p.getActualTypeArguments()).forEach(at -> collect(at, into));
    } else if (type instanceof GenericArrayType a) {
      collect(a.getGenericComponentType(), into);
    } else if (type instanceof WildcardType w) {
      Arrays.stream(w.getUpperBounds()).forEach(at -> collect(at, into));
      Arrays.stream(w.getLowerBounds()).forEach(at -> collect(at, into));
    } // the bounds of a type variable are named where it is declared
  }

  private static boolean isNameable(Class<?> type) {
    return type.isPrimitive()
        || type.getName().startsWith("java.")
        || type.getName().startsWith("javax.sql.")
        || Published.isExported(type, Published.exportedPackages());
  }

  /* What each package of core may know beside the values of the store contract and the packages
   * of its own rank. Leaves know leaves; the engine knows leaves; a flow knows both, and no other flow.
   * That nothing goes round in a circle is a rule of its own. */
  private static final String[] LEAVES = {
    "io.thingward.access",
    "io.thingward.audit",
    "io.thingward.credential",
    "io.thingward.error",
    "io.thingward.password",
    "io.thingward.permission",
    "io.thingward.throttle"
  };

  private static final String[] SPI = {"io.thingward.model", "io.thingward.store"};
  private static final String AUTHENTICATION = "io.thingward.authentication";
  private static final String[] FLOWS = {
    "io.thingward.internal.authentication",
    "io.thingward.internal.management",
    "io.thingward.management"
  };

  private static List<Rule> structure() {
    return List.of(
        Rule.of(
            "no package knows another in a circle",
            slices().matching("io.thingward.(**)").should().beFreeOfCycles(),
            "io.thingward.model",
            """
            public final class Bad { io.thingward.store.Bad there; }
            package io.thingward.store;
            public final class Bad { io.thingward.model.Bad back; }
            """),
        Rule.of(
            "the leaves of core know each other and the store contract's values, nothing above",
            noClasses()
                .that()
                .resideInAnyPackage(LEAVES)
                .should()
                .dependOnClassesThat(ofCoreBut(LEAVES)),
            "io.thingward.permission",
            "final class Bad { io.thingward.management.Management above; }"),
        Rule.of(
            "the engine knows no flow and not the entry",
            noClasses()
                .that(
                    resideInAnyPackage("io.thingward.internal..")
                        .and(resideOutsideOfPackages(FLOWS)))
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(FLOWS).or(resideInAnyPackage("io.thingward"))),
            "io.thingward.internal.rights",
            "final class Bad { io.thingward.management.Management above; }"),
        Rule.of(
            "rights are pure: they read no store, no clock and no credential",
            noClasses()
                .that()
                .resideInAPackage("io.thingward.internal.rights")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage("io.thingward.internal..")
                        .and(resideOutsideOfPackages("io.thingward.internal.rights"))
                        .or(nameMatching("io\\.thingward\\.store\\.\\w*Stores?"))
                        .or(nameMatching("java\\.time\\..*"))),
            "io.thingward.internal.rights",
            "final class Bad { io.thingward.store.KeyStore store; }"),
        Rule.of(
            "management does not know how one authenticates",
            noClasses()
                .that()
                .resideInAnyPackage("io.thingward.management", "io.thingward.internal.management")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.thingward.internal.authentication"),
            "io.thingward.management",
            "final class Bad { io.thingward.internal.authentication.Authenticator other; }"),
        Rule.of(
            "authentication does not know management",
            noClasses()
                .that()
                .resideInAnyPackage(AUTHENTICATION, "io.thingward.internal.authentication")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.thingward.management", "io.thingward.internal.management"),
            "io.thingward.internal.authentication",
            "final class Bad { io.thingward.management.Management other; }"),
        Rule.of(
            "only the live room calls stores, and files, which hold all that stores do",
            noClasses()
                .that(
                    resideInAnyPackage("io.thingward..")
                        .and(
                            resideOutsideOfPackages(
                                "io.thingward.internal.live",
                                "io.thingward.json",
                                "io.thingward.store..")))
                .should()
                .dependOnClassesThat(
                    nameMatching(
                        "io\\.thingward\\.store\\.(\\w+Store|KeyViews|SessionViews|ChangeFeed)")),
            "io.thingward.management",
            "final class Bad { Object o(io.thingward.store.KeyStore s) { return s; } }"),
        Rule.of(
            "only the composition asks for the stores, and files",
            noClasses()
                .that(
                    resideInAnyPackage("io.thingward..")
                        .and(
                            resideOutsideOfPackages(
                                "io.thingward",
                                "io.thingward.internal.live",
                                "io.thingward.json",
                                "io.thingward.store..")))
                .should()
                .dependOnClassesThat(nameMatching("io\\.thingward\\.store\\.Stores")),
            "io.thingward.management",
            "final class Bad { io.thingward.store.Stores stores; }"),
        Rule.of(
            "JSON knows the store contract alone",
            noClasses()
                .that()
                .resideInAPackage("io.thingward.json")
                .should()
                .dependOnClassesThat(ofCoreBut("io.thingward.json")),
            "io.thingward.json",
            "final class Bad { io.thingward.management.Management above; }"),
        Rule.of(
            "only JSON knows Jackson",
            noClasses()
                .that(
                    resideInAnyPackage("io.thingward..")
                        .and(resideOutsideOfPackages("io.thingward.json")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.."),
            ACCESS,
            "final class Bad { com.fasterxml.jackson.core.JsonToken token; }"),
        Rule.of(
            "values and flows log nothing: that is for the engine, the composition and the audit"
                + " listener",
            noClasses()
                .that(
                    resideInAnyPackage(Published.exportedPackages().toArray(String[]::new))
                        .and(
                            DescribedPredicate.not(
                                nameMatching(
                                    "io\\.thingward\\.(Assembly|audit\\.Slf4jAuditListener|hashing\\..*)"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j.."),
            ACCESS,
            "final class Bad { org.slf4j.Logger logger; }"));
  }

  private static DescribedPredicate<JavaClass> ofCoreBut(String... packages) {
    return resideInAnyPackage("io.thingward..")
        .and(resideOutsideOfPackages(packages))
        .and(resideOutsideOfPackages(SPI));
  }

  private static ArchRule noCalls(String target) {
    return noClasses().should(callMethodWhere(calls(target)));
  }

  private static DescribedPredicate<JavaMethodCall> calls(String target) {
    Pattern pattern = Pattern.compile(target);
    return describe(
        "to " + target,
        call ->
            pattern
                .matcher(call.getTargetOwner().getName() + "." + call.getTarget().getName())
                .matches());
  }

  /* Where a pattern occurs among the constants of a class: each is there as plain text. */
  private static Stream<String> matches(Pattern pattern, Class<?> type) {
    try (InputStream in =
        type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      in.transferTo(bytes);
      Matcher found = pattern.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
      return found.results().map(result -> result.group()).distinct().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
