package io.thingward.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.thingward.access.Subject;
import io.thingward.audit.AuditEvent;
import io.thingward.audit.Slf4jAuditListener;
import io.thingward.credential.Secret;
import io.thingward.password.Password;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * B20: a story with every kind of secret on every path of success and failure is told once; then no
 * secret may be anywhere. The one that was deliberately not closed has to be found, or the search
 * is worth nothing.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CanaryTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.thingward");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private CanaryStory story;
  private Set<String> onTheHeap;

  @BeforeAll
  void tell(@TempDir Path directory) throws Exception {
    logged.start();
    logger.setLevel(Level.TRACE);
    logger.setAdditive(false);
    logger.addAppender(logged);
    FutureTask<CanaryStory> told = new FutureTask<>(CanaryStory::tell);
    Thread teller = new Thread(told, "teller"); // so that no frame of the story is on a stack
    teller.start();
    story = told.get();
    teller.join();
    onTheHeap = searchHeap(directory.resolve("heap.hprof"));
  }

  @AfterAll
  void quieten() {
    logger.detachAppender(logged);
    logger.setAdditive(true);
    logger.setLevel(null);
    story.close();
  }

  private Set<String> searchHeap(Path dump) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    return story.needles().in(dump);
  }

  @Test
  @DisplayName("B20 the story is whole: every kind of secret, success and failure on each path")
  void story_isWhole() {
    assertThat(story.needles().size()).isGreaterThan(25);
    assertThat(story.failures()).hasSizeGreaterThan(10);
    assertThat(story.results()).hasSizeGreaterThan(40);
    assertThat(logged.list).hasSizeGreaterThan(50);
    assertThat(story.events().stream().map(AuditEvent::kind).distinct()).hasSizeGreaterThan(4);
  }

  @Test
  @DisplayName("B20 no secret is on the heap once its holder is closed, the library still held")
  void heap_holdsNoSecret() {
    assertThat(onTheHeap)
        .as("the control, which was not closed, is found")
        .contains(CanaryStory.CONTROL);
    assertThat(onTheHeap).containsExactly(CanaryStory.CONTROL);
    assertThat(story.control().toString()).doesNotContain("tw_");
  }

  @Test
  @DisplayName("B20 no secret is in a log at TRACE, stack traces included")
  void logs_holdNoSecret() {
    for (ILoggingEvent event : logged.list) {
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      assertThat(story.needles().in(event.getFormattedMessage() + "\n" + trace))
          .as(event.getLoggerName())
          .isEmpty();
    }
  }

  @Test
  @DisplayName("B20 no secret is in an exception, its causes and what it suppressed")
  void exceptions_holdNoSecret() {
    for (Throwable failure : story.failures()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(story.needles().in(trace.toString())).as(failure.getClass().getName()).isEmpty();
    }
  }

  @Test
  @DisplayName("B20 no secret is in an audit event, nor in the line it becomes")
  void events_holdNoSecret() {
    for (AuditEvent event : story.events()) {
      assertThat(story.needles().in(event + "\n" + Slf4jAuditListener.line(event)))
          .as(event.kind().name())
          .isEmpty();
    }
  }

  @Test
  @DisplayName("B20 no secret is in the text of anything that a result leads to")
  void results_showNoSecret() {
    for (Object result : story.results()) {
      assertThat(seenFrom(result)).as(result.getClass().getName()).isEmpty();
    }
  }

  /* Secrets and passwords are where secrets are; subjects lead into the library. */
  private Set<String> seenFrom(Object result) {
    Set<String> seen = new TreeSet<>();
    Graph.walk(
        result,
        at -> {
          boolean ours = at.getClass().getName().startsWith("io.thingward.");
          if (ours || at instanceof CharSequence) {
            seen.addAll(story.needles().in(at.toString()));
          }
        },
        at -> at instanceof Secret || at instanceof Password || at instanceof Subject);
    return seen;
  }

  @Test
  @DisplayName("B20 no secret is in the store, neither as text nor as bytes")
  void store_holdsNoSecret() {
    Set<String> seen = new TreeSet<>();
    int[] texts = new int[1];
    Graph.walk(
        story.stores(),
        at -> {
          if (at instanceof CharSequence) {
            texts[0]++;
            seen.addAll(story.needles().in(at.toString()));
          } else if (at instanceof byte[] bytes) {
            seen.addAll(
                story
                    .needles()
                    .in(
                        HexFormat.of().formatHex(bytes)
                            + new String(bytes, StandardCharsets.ISO_8859_1)));
          }
        },
        at -> false);
    assertThat(seen).isEmpty();
    assertThat(texts[0]).as("texts that were looked at").isGreaterThan(20);
  }

  @Test
  @DisplayName("B20 the search finds a secret as text, in hexadecimal and in Base64")
  void search_finds() {
    Needles needles = new Needles();
    needles.add("plain", "correct horse".toCharArray());
    assertThat(
            List.of(
                needles.in("a correct horse b"),
                needles.in("636f727265637420686f727365"),
                needles.in("Y29ycmVjdCBob3JzZQ==")))
        .containsOnly(Set.of("plain"));
    assertThat(needles.in("a battery")).isEmpty();
  }
}
