package io.thingward.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/**
 * A PostgreSQL server that can be killed (SIGKILL) and comes back with the same data on the same
 * port. It keeps what it acknowledged as servers do; embedded ones are told not to. For one thread,
 * but for {@link #kill}.
 */
final class MortalPostgres implements AutoCloseable {
  private static final String READY = "database system is ready to accept connections";
  private static final String LEFT = "Terminate any old server processes";

  private final DataSource database;
  private final List<String> command = new ArrayList<>();
  private Process server;
  private BufferedReader log;
  private String said = ""; // its last line

  /** Makes a server in this empty directory, and starts it. */
  MortalPostgres(Path directory) throws IOException {
    try (EmbeddedPostgres first =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setPort(port())
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("lc_messages", "C")
            .start()) {
      database = first.getPostgresDatabase();
      if (System.getProperty("user.name").equals("root")) {
        command.addAll(List.of("unshare", "-U")); // a server refuses to be run by root
      }
      ProcessHandle.Info running = postmaster(directory).info();
      command.add(running.command().orElseThrow());
      command.addAll(List.of(running.arguments().orElseThrow()));
    }
    start();
  }

  /*
   * Below those that a system gives to outgoing connections: while the server is dead, one of these
   * could take its port.
   */
  private static int port() {
    while (true) {
      try (ServerSocket free = new ServerSocket(20_000 + new SecureRandom().nextInt(10_000))) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // another one, then
      }
    }
  }

  private static ProcessHandle postmaster(Path directory) throws IOException {
    String pid = Files.readAllLines(directory.resolve("postmaster.pid")).get(0);
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  DataSource database() {
    return database;
  }

  /* As long as a process of a server that was killed is left, a new one gives up. */
  private void start() throws IOException {
    do {
      server = new ProcessBuilder(command).redirectErrorStream(true).start();
      log = server.inputReader();
    } while (!isReady() && said.contains(LEFT));
    if (!said.contains(READY)) {
      throw new IllegalStateException("the server did not start: " + said);
    }
  }

  private boolean isReady() throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said = line;
      if (line.contains(READY)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Kills the server with all its processes; or the oldest of these, upon which the server ends the
   * others and recovers by itself.
   */
  void kill(Random random) {
    List<ProcessHandle> processes = server.children().sorted().toList();
    if (random.nextInt(4) == 0) {
      processes.get(0).destroyForcibly();
    } else {
      processes.forEach(ProcessHandle::destroyForcibly);
      server.toHandle().destroyForcibly(); // the process itself would close its log, too
    }
  }

  /** Waits for what the kill left to be over, and for a server that is there again. */
  void restart() throws IOException, InterruptedException {
    if (!isReady()) {
      server.waitFor();
      start();
    }
  }

  @Override
  public void close() {
    server.destroy();
    server.onExit().join();
  }
}
