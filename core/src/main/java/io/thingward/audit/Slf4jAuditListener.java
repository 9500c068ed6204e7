package io.thingward.audit;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every event as one line of {@code key=value} pairs at INFO. Values are quoted and every
 * character that could end a line, hide text or reach a terminal is escaped, whatever the layout of
 * the log is; each value is cut at {@value #VALUE} characters. Thread-safe.
 */
public final class Slf4jAuditListener implements AuditListener {
  /** The most characters of one value. */
  public static final int VALUE = 1_000;

  private final Logger logger;

  /** Writes to the logger of this name. */
  public Slf4jAuditListener(String logger) {
    this.logger = LoggerFactory.getLogger(Objects.requireNonNull(logger, "logger"));
  }

  @Override
  public void on(AuditEvent event) {
    if (logger.isInfoEnabled()) {
      logger.info("{}", line(event));
    }
  }

  /** The line that an event is written as, without a line end. */
  public static String line(AuditEvent event) {
    Line line = new Line();
    line.add("at", event.at());
    line.add("event", event.kind());
    if (event instanceof AuditEvent.Authentication a) {
      line.add("method", a.method());
      line.add("reason", a.reason());
      line.add("credential", a.credential());
      line.add("principal", a.principal());
      line.add("username", a.username());
      line.add("workspace", a.workspace());
      line.add("device", a.device());
      line.add("source", a.context().source());
      line.add("agent", a.context().agent());
    } else if (event instanceof AuditEvent.Change c) {
      line.add("operation", c.operation());
      line.add("host", c.actor().hostReason());
      line.add("principal", c.actor().principal());
      line.add("credential", c.actor().credential());
      line.add("workspace", c.workspace());
      line.add("targets", String.join(", ", c.targets()));
      for (Map.Entry<String, String> detail : new TreeMap<>(c.details()).entrySet()) {
        line.add(detail.getKey(), detail.getValue());
      }
    }
    return line.toString();
  }

  private static final class Line {
    private final StringJoiner pairs = new StringJoiner(" ");

    void add(String key, Optional<?> value) {
      value.ifPresent(v -> add(key, v));
    }

    void add(String key, Object value) {
      pairs.add(key + "=" + encode(value.toString()));
    }

    @Override
    public String toString() {
      return pairs.toString();
    }
  }

  /* Plain where that is harmless; else quoted, with anything but printable text escaped. */
  private static String encode(String value) {
    boolean plain =
        !value.isEmpty()
            && value.length() <= VALUE
            && value
                .chars()
                .allMatch(
                    c -> (c > ' ' && c <= '~' && c != '"' && c != '\\' && c != '=' && c != '$'));
    if (plain) {
      return value;
    }
    StringBuilder quoted = new StringBuilder("\"");
    value.codePoints().limit(VALUE).forEach(c -> append(quoted, c));
    if (value.codePointCount(0, value.length()) > VALUE) {
      quoted.append("...");
    }
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT, // bidirectional marks among them
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          quoted.append(String.format(Locale.ROOT, "\\u{%x}", c));
      default -> {
        if (c == '"' || c == '\\' || c == '$') { // ${...} is code to some loggers
          quoted.append(String.format(Locale.ROOT, "\\u{%x}", c));
        } else {
          quoted.appendCodePoint(c);
        }
      }
    }
  }
}
