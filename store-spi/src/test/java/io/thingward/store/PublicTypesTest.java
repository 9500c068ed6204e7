package io.thingward.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.reflect.ClassPath;
import com.google.common.testing.EqualsTester;
import com.google.common.testing.NullPointerTester;
import com.google.common.testing.NullPointerTester.Visibility;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.DeviceSet;
import io.thingward.model.Grant;
import io.thingward.model.PasswordHash;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.RoleId;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Tag;
import io.thingward.model.TagEntry;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every exported type: no nulls, and equality by value. */
class PublicTypesTest {
  @TestFactory
  Stream<DynamicTest> null_anyArgumentOfAnyPublicType_isRefused() throws IOException {
    return publicTypes()
        .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> refusesNulls(type)));
  }

  private static Stream<Class<?>> publicTypes() throws IOException {
    ClassPath classPath = ClassPath.from(PublicTypesTest.class.getClassLoader());
    return Stream.of("io.thingward.model", "io.thingward.store")
        .flatMap(name -> classPath.getTopLevelClasses(name).stream())
        .<Class<?>>map(ClassPath.ClassInfo::load)
        .filter(type -> Modifier.isPublic(type.getModifiers()))
        .filter(type -> !type.isInterface() && !Throwable.class.isAssignableFrom(type));
  }

  private static void refusesNulls(Class<?> type) {
    NullPointerTester tester =
        new NullPointerTester()
            .setDefault(ByteBuffer.class, ByteBuffer.allocate(32))
            .setDefault(CredentialId.class, Records.CREDENTIAL)
            .setDefault(DeviceId.class, DeviceId.of("t1"))
            .setDefault(DeviceScope.class, DeviceScope.all())
            .setDefault(DeviceSelector.class, DeviceSelector.parse("t1"))
            .setDefault(Instant.class, Records.T1)
            .setDefault(LastUse.class, Records.LAST_USE)
            .setDefault(MembershipId.class, Records.ANN_IN_ACME)
            .setDefault(PrincipalId.class, Records.ANN)
            .setDefault(Restriction.class, Records.RESTRICTION)
            .setDefault(RoleId.class, Records.ADMIN)
            .setDefault(SecretDigest.class, Records.DIGEST)
            .setDefault(String.class, "t1")
            .setDefault(CharSequence.class, Records.CREDENTIAL.toString())
            .setDefault(Tag.class, Tag.of("site", "paris"))
            .setDefault(TagEntry.class, TagEntry.anyValue("site"))
            .setDefault(Username.class, Username.parse("ann"))
            .setDefault(Version.class, Records.V1)
            .setDefault(WorkspaceId.class, Records.ACME);
    Stream.of(type.getMethods())
        .filter(method -> method.getName().equals("builder"))
        .forEach(tester::ignore); // its build() refuses them: see below
    tester.testConstructors(type, Visibility.PUBLIC);
    tester.testStaticMethods(type, Visibility.PUBLIC);
  }

  @TestFactory
  Stream<DynamicTest> build_nullInAnyPart_isRefused() {
    return Stream.<Supplier<Object>>of(
            Records.USER::toBuilder,
            Records.API_USER::toBuilder,
            Records.WORKSPACE::toBuilder,
            Records.MEMBERSHIP::toBuilder,
            Records.ROLE::toBuilder,
            Records.API_KEY::toBuilder,
            Records.ACCESS_KEY::toBuilder)
        .flatMap(
            record ->
                Stream.of(record.get().getClass().getDeclaredMethods())
                    .filter(setter -> Modifier.isPublic(setter.getModifiers()))
                    .filter(setter -> setter.getParameterCount() == 1)
                    .filter(setter -> !setter.getParameterTypes()[0].isPrimitive())
                    .map(
                        setter ->
                            DynamicTest.dynamicTest(
                                setter.toString(), () -> refusesNull(record.get(), setter))));
  }

  private static void refusesNull(Object builder, Method setter) throws Exception {
    Object after = setter.invoke(builder, (Object) null);

    assertThatThrownBy(() -> builder.getClass().getMethod("build").invoke(after))
        .hasCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void equals_anyValue_isByValue() {
    new EqualsTester()
        .addEqualityGroup(new CredentialId(1, 2), new CredentialId(1, 2))
        .addEqualityGroup(new CredentialId(2, 1))
        .addEqualityGroup(PrincipalId.of("a"), new PrincipalId("a"))
        .addEqualityGroup(WorkspaceId.of("a"), new WorkspaceId("a"))
        .addEqualityGroup(RoleId.of("a"), new RoleId("a"))
        .addEqualityGroup(DeviceId.of("a"), new DeviceId("a"))
        .addEqualityGroup(Username.parse("A"), new Username("a"))
        .addEqualityGroup(Tag.of("a", "b"), new Tag("a", "b"))
        .addEqualityGroup(Tag.of("b", "a"))
        .addEqualityGroup(TagEntry.of("a", "b"))
        .addEqualityGroup(TagEntry.anyValue("a"), new TagEntry(Optional.of("a"), Optional.empty()))
        .addEqualityGroup(TagEntry.anyKey("a"))
        .addEqualityGroup(DeviceSelector.parse("a, b=c"), DeviceSelector.anyOf("b=c", "a"))
        .addEqualityGroup(DeviceSelector.parse("a"))
        .addEqualityGroup(DeviceSelector.parse("b=c"))
        .addEqualityGroup(DeviceScope.none(), DeviceScope.parse("-"))
        .addEqualityGroup(DeviceScope.all(), DeviceScope.parse("*"))
        .addEqualityGroup(DeviceScope.anyOf("a"), DeviceScope.parse("a"))
        .addEqualityGroup(DeviceSet.nothing(), DeviceSet.of(DeviceScope.none()))
        .addEqualityGroup(DeviceSet.everything(), DeviceSet.of(DeviceScope.all()))
        .addEqualityGroup(DeviceSet.of(DeviceScope.anyOf("a")))
        .addEqualityGroup(grant("view"), grant("view"))
        .addEqualityGroup(grant("edit"))
        .addEqualityGroup(new RoleAssignment(Records.ADMIN, DeviceScope.all()))
        .addEqualityGroup(new RoleAssignment(Records.ADMIN, DeviceScope.none()))
        .addEqualityGroup(Restriction.unrestricted())
        .addEqualityGroup(Restriction.to(List.of()), Restriction.to(List.of()))
        .addEqualityGroup(Records.RESTRICTION, Restriction.to(Records.RESTRICTION.rows()))
        .addEqualityGroup(digest(4, "p"), digest(4, "p"))
        .addEqualityGroup(digest(5, "p"))
        .addEqualityGroup(digest(4, "q"))
        .addEqualityGroup(
            new PasswordHash("$x", Optional.empty()), new PasswordHash("$x", Optional.empty()))
        .addEqualityGroup(new PasswordHash("$x", Optional.of("p")))
        .addEqualityGroup(Records.SECRET, new StoredSecret(Records.DIGEST, Optional.empty()))
        .addEqualityGroup(Records.OLDER_SECRET)
        .addEqualityGroup(Records.version(3), new Version(3, new UUID(3, 9)))
        .addEqualityGroup(new Version(3, new UUID(3, 8)))
        .testEquals();
  }

  private static Grant grant(String permission) {
    return new Grant(DeviceScope.all(), Set.of(permission));
  }

  private static SecretDigest digest(long last, String pepper) {
    return new SecretDigest(1, 2, 3, last, Optional.of(pepper));
  }
}
