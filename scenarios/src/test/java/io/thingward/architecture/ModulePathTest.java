package io.thingward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A consumer on the module path, with what comes along at run time and nothing else: no annotation
 * jars, no class path.
 */
class ModulePathTest {
  private static final String MODULE =
      """
      module consumer {
        requires io.thingward.core;
        requires io.thingward.filter.sql;
        requires io.thingward.json;
        requires io.thingward.store.memory;
      }
      """;

  private static final String PROGRAM =
      """
      package consumer;

      import io.thingward.Thingward;
      import io.thingward.access.*;
      import io.thingward.authentication.DeviceLogin;
      import io.thingward.credential.Issued;
      import io.thingward.filter.sql.*;
      import io.thingward.json.StoreExport;
      import io.thingward.management.*;
      import io.thingward.model.*;
      import io.thingward.permission.DevicePermission;
      import io.thingward.store.memory.MemoryStores;

      public final class Main {
        static final DevicePermission VIEW = DevicePermission.of("device.view", "See the device");
        static final DevicePermission RECORD =
            DevicePermission.of("device.record", "Record measurements").implying(VIEW);

        public static void main(String[] args) {
          DeviceDirectory fleet =
              (workspace, id) -> java.util.Optional.of(device(workspace, id.value()));
          MemoryStores stores = new MemoryStores();
          try (Thingward thingward =
              Thingward.builder()
                  .permissions(VIEW, RECORD)
                  .devices(DeviceReach.self(RECORD).peers(VIEW))
                  .directory(fleet)
                  .stores(stores)
                  .build()) {
            Management host = thingward.asHost("first start");
            PrincipalId ann = host.users().create("ann@acme.example").id();
            WorkspaceId acme = host.workspaces().create("Acme", ann).id();
            try (Issued<AccessKey> paris =
                host.accessKeys(acme).create("Paris", DeviceScope.anyOf("site=paris"))) {
              Subject thermostat =
                  thingward
                      .authenticate(
                          DeviceLogin.of(paris.id(), paris.secret(), DeviceId.of("t1")),
                          RequestContext.of("192.0.2.1"))
                      .orElseThrow();
              System.out.println(thermostat.decide(VIEW, device(acme, "t2")).reason());
              System.out.println(
                  DeviceTables.builder(SqlDialect.H2)
                      .deviceTable("device").deviceId("id").deviceWorkspace("workspace")
                      .deviceIdsAreUnique()
                      .tagTable("tag").tagDevice("device").tagKey("name").tagValue("content")
                      .build()
                      .where(thermostat.devices(RECORD, acme), "d"));
              System.out.println(thermostat.decide(RECORD, device(acme, "t2")).reason());
              host.accessKeys(acme).suspend(paris.id());
              System.out.println(thermostat.decide(VIEW, device(acme, "t2")).reason());
            }
            System.out.println(
                StoreExport.write(stores, java.io.OutputStream.nullOutputStream()) + " records");
          }
        }

        static Device device(WorkspaceId workspace, String id) {
          return Device.of(workspace, id).tagged("site", "paris");
        }
      }
      """;

  /** What a program brings along at run time, beside the modules themselves. */
  private static final List<String> AT_RUN_TIME =
      List.of("caffeine-", "slf4j-api-", "guava-", "failureaccess-", "jackson-core-");

  @TempDir private Path root;
  private String modulePath;

  @BeforeEach
  void gather() {
    Stream<Path> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(
                jar ->
                    AT_RUN_TIME.stream()
                        .anyMatch(name -> jar.getFileName().toString().startsWith(name)))
            .filter(jar -> !jar.getFileName().toString().contains("testlib"));
    modulePath =
        Stream.concat(Published.places().stream(), jars)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
  }

  /** Compiles a module of these sources; what the compiler said, nothing if it is content. */
  private String compile(String... sources) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      boolean module = source.startsWith("module");
      Path file = root.resolve("source").resolve(module ? "module-info.java" : "Main.java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-Xlint:all",
            "-Werror",
            "--module-path",
            modulePath,
            "-d",
            root.resolve("classes").toString());
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean done =
          compiler
              .getTask(
                  said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(done).as(said.toString()).isEqualTo(said.toString().isEmpty());
    }
    return said.toString();
  }

  @Test
  @DisplayName("A program that requires three modules compiles without a warning, and runs")
  void consumer_compilesAndRuns() throws IOException, InterruptedException {
    assertThat(compile(MODULE, PROGRAM)).isEmpty();
    Path output = root.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                root.resolve("classes") + File.pathSeparator + modulePath,
                "--module",
                "consumer/consumer.Main")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(output))
        .endsWith(
            "DEVICE_PEER",
            "(d.workspace = ? and d.id = any(cast(? as varchar array))"
                + " and (exists (select 1 from tag tw_o where tw_o.device = d.id"
                + " and (tw_o.name = ? and tw_o.content = ?))))",
            "SELF_ONLY",
            "CREDENTIAL_SUSPENDED",
            "5 records");
    assertThat(process.exitValue()).isZero();
  }

  @Test
  @DisplayName("What is internal cannot be named")
  void internals_areClosed() throws IOException {
    String source =
        """
        package consumer;

        final class Main {
          io.thingward.internal.live.Live live;
        }
        """;
    assertThat(compile(MODULE, source)).contains("io.thingward.internal.live is not visible");
  }

  @Test
  @DisplayName("What the library uses inside does not come along")
  void thirdParties_areNotPassedOn() throws IOException {
    String source =
        """
        package consumer;

        final class Main {
          com.github.benmanes.caffeine.cache.Cache<String, String> cache;
          com.fasterxml.jackson.core.JsonToken token;
        }
        """;
    assertThat(compile(MODULE, source))
        .contains("com.github.benmanes.caffeine.cache is not visible")
        .contains("com.fasterxml.jackson.core is not visible");
  }
}
