package io.thingward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.credential.Issued;
import io.thingward.databases.Engine;
import io.thingward.error.ConflictException;
import io.thingward.json.RecordFormatException;
import io.thingward.json.RecordReader;
import io.thingward.json.StoreExport;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.ChangeSet;
import io.thingward.management.CreatedApiUser;
import io.thingward.management.ImportResult;
import io.thingward.management.NewApiKey;
import io.thingward.management.NewApiUser;
import io.thingward.management.RoleChanges;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** A platform moves from one engine into another by way of a file. */
@ParameterizedClass(name = "from {0} to {1}")
@CsvSource({"MEMORY, H2", "H2, POSTGRESQL", "POSTGRESQL, MEMORY"})
class MoveTest {
  private static final DevicePermission VIEW = DevicePermission.of("device.view", "See it");
  private static final DevicePermission RECORD =
      DevicePermission.of("device.record", "Record").implying(VIEW);
  private static final RoleId CREW = RoleId.of("crew");
  private static final RoleId GUESTS = RoleId.of("guests");
  private static final RoleId OLD = RoleId.of("old");

  @Parameter(0)
  Engine from;

  @Parameter(1)
  Engine to;

  private Engine.Opened old;
  private Engine.Opened fresh;
  private Host before;
  private Host after;
  private PrincipalId ben;
  private WorkspaceId acme;
  private Issued<ApiKey> bensKey;
  private CreatedApiUser robot;
  private Issued<AccessKey> paris;

  private static Host host(Engine.Opened engine) {
    return new Host(
        engine.next(),
        builder -> builder.permissions(VIEW, RECORD).devices(DeviceReach.self(RECORD).peers(VIEW)));
  }

  @BeforeEach
  void populate() {
    old = from.open();
    fresh = to.open();
    before = host(old);
    after = host(fresh);
    PrincipalId ann = before.user("ann");
    ben = before.user("ben");
    acme = before.workspace("acme", ann);
    WorkspaceId closed = before.workspace("closed", ben);
    before.management().workspaces().delete(closed);
    PrincipalId gone = before.user("gone");
    before.management().users().delete(gone);
    before
        .management()
        .roles(acme)
        .create(CREW, "Crew", RoleChanges.builder().allowOnAssignedDevices(RECORD).build());
    before
        .management()
        .roles(acme)
        .create(OLD, "Old", RoleChanges.builder().allowOnAllDevices(RECORD).build());
    before
        .management()
        .sharedRoles()
        .create(GUESTS, "Guests", RoleChanges.builder().allowOnAllDevices(VIEW).build());
    before
        .management()
        .members(acme)
        .add(
            ben,
            ChangeSet.builder()
                .assign(CREW, DeviceScope.anyOf("site=paris"))
                .assign(OLD, DeviceScope.all())
                .build());
    before.management().roles(acme).delete(OLD);
    bensKey = before.management().apiKeys(ben).create(NewApiKey.of("ben's"));
    robot =
        before
            .management()
            .apiUsers(acme)
            .create(
                NewApiUser.of(
                    "Robot", ChangeSet.builder().assign(GUESTS, DeviceScope.all()).build()),
                NewApiKey.of("robot's"));
    paris = before.management().accessKeys(acme).create("Paris", DeviceScope.anyOf("site=paris"));
  }

  @AfterEach
  void close() {
    before.close();
    after.close();
    old.close();
    fresh.close();
  }

  private byte[] export() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StoreExport.write(before.stores(), file);
    return file.toByteArray();
  }

  private ImportResult move(byte[] file) {
    try (RecordReader records = RecordReader.of(new ByteArrayInputStream(file))) {
      return after.management().importRecords(records);
    }
  }

  private ImportResult goOn(byte[] file) {
    try (RecordReader records = RecordReader.of(new ByteArrayInputStream(file))) {
      return after.management().resumeImport(records);
    }
  }

  /* What a file says, without what each installation has of its own. */
  private static Stream<String> said(byte[] file) {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(
            line ->
                line.replaceAll("\"version\":\\{[^}]*}", "")
                    .replaceAll("\"epoch\":\"-?\\d+\"", ""));
  }

  @Test
  @DisplayName("Who could do what can do it there, with the same keys")
  void everything_moves() {
    ImportResult result = move(export());

    assertThat(result.refusals()).isEmpty();
    assertThat(result.leftOut()).isZero();
    Device t1 = after.device(acme, "t1", "site=paris");
    Device t2 = after.device(acme, "t2", "site=rome");
    Subject benThere = after.call(bensKey.secret()).orElseThrow();
    assertThat(benThere.isAllowed(RECORD, t1)).isTrue();
    assertThat(benThere.isAllowed(VIEW, t2)).isFalse();
    Subject robotThere = after.call(robot.key().secret()).orElseThrow();
    assertThat(robotThere.isAllowed(VIEW, t2)).isTrue();
    assertThat(robotThere.isAllowed(RECORD, t2)).isFalse();
    assertThat(after.connect(t1, paris).toOptional()).isPresent();
    assertThat(after.connect(t2, paris).toOptional()).isEmpty();
  }

  @Test
  @DisplayName("R1: a deleted role that somebody was assigned is not born again there")
  void deletedRole_staysDeleted() {
    assertThat(move(export()).refusals()).isEmpty();
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(
            () ->
                after
                    .management()
                    .roles(acme)
                    .create(OLD, "New", RoleChanges.builder().allowOnAllDevices(VIEW).build()));
  }

  @Test
  @DisplayName("A second export says what the first one does, but for versions and epochs")
  void export_isTheSameThere() {
    byte[] file = export();
    ImportResult first = move(file);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    StoreExport.write(after.stores(), again);
    assertThat(said(again.toByteArray())).containsExactlyElementsOf(said(file).toList());
    assertThat(move(file).present()).isEqualTo(first.inserted());
  }

  @Test
  @DisplayName("A file that was cut short is told as such, and the whole one goes on from there")
  void cutFile_isToldAndRepeated() {
    byte[] file = export();
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> move(Arrays.copyOf(file, file.length * 2 / 3)))
        .withMessageContaining("the file ends too early");
    assertThat(after.trail())
        .last()
        .isInstanceOfSatisfying(
            AuditEvent.Change.class,
            event ->
                assertThat(event.details())
                    .containsEntry("stopped", "RecordFormatException")
                    .doesNotContainEntry("inserted", "0"));
    ImportResult rest = goOn(file);
    assertThat(rest.refusals()).isEmpty();
    assertThat(rest.present()).isPositive();
    assertThat(rest.inserted()).isPositive();
  }
}
