package io.thingward.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.store.StoreRecord;
import io.thingward.store.UsernameClaim;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** B24: whatever is not surely meant is an error that names its place and quotes nothing. */
class RecordReaderTest {
  private static final String CLAIM =
      "{\"kind\":\"username-claim\",\"username\":\"ann\",\"version\":{\"sequence\":1,"
          + "\"change\":\"00000000-0000-0000-0000-000000000001\"},\"user\":\"ann\"}";
  private static final String GOOD = Files.with(CLAIM);
  private static final String HEX =
      "00000000000000010000000000000002000000000000000300000000deadbeef";
  private static final String SESSION =
      "{\"kind\":\"session\",\"id\":\"0000000000000000000001\","
          + "\"created\":\"2026-01-01T00:00:00.000Z\",\"user\":\"ann\",\"digest\":{\"hex\":\""
          + HEX
          + "\",\"pepper\":null},\"epoch\":\"-1\",\"endsAt\":\"2026-01-02T00:00:00.000Z\","
          + "\"origin\":\"password\"}";
  private static final String KEY =
      "{\"kind\":\"api-key\",\"id\":\"0000000000000000000001\",\"version\":{\"sequence\":1,"
          + "\"change\":\"00000000-0000-0000-0000-000000000001\"},"
          + "\"created\":\"2026-01-01T00:00:00.000Z\",\"principal\":\"ann\",\"name\":\"key\","
          + "\"suspended\":false,\"secrets\":[{\"digest\":{\"hex\":\""
          + HEX
          + "\",\"pepper\":null},\"endsAt\":null}],\"endsAt\":null,\"restriction\":[{"
          + "\"workspace\":\"acme\",\"permissions\":[\"view\"],\"scope\":\"*\"}]}";
  private static final String PASSWORD = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
  private static final String USER =
      "{\"kind\":\"user\",\"id\":\"ann\",\"version\":{\"sequence\":1,"
          + "\"change\":\"00000000-0000-0000-0000-000000000001\"},"
          + "\"created\":\"2026-01-01T00:00:00.000Z\",\"state\":\"active\",\"username\":\"ann\","
          + "\"endsAt\":null,\"epoch\":\"7\",\"password\":{\"encoded\":\""
          + PASSWORD
          + "\",\"pepper\":null},\"passwordLoginStopped\":false,\"activation\":null}";

  /* What is wrong with a file, where that is found, and what is said. */
  private record Flaw(String name, InputStream file, String place, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Flaw flaw(String name, String file, String place, String said) {
    return new Flaw(name, Files.of(file), place, said);
  }

  /* In the second line, which is one record. */
  private static Flaw flaw(
      String name, String record, String from, String to, String place, String said) {
    assertThat(record).contains(from);
    return flaw(name, Files.with(record.replace(from, to)), place, said);
  }

  private static Flaw inClaim(String name, String from, String to, String place, String said) {
    return flaw(name, CLAIM, from, to, place, said);
  }

  private static final String USER_FIELD = "\"user\":\"ann\"";
  private static final String SEQUENCE = "\"sequence\":1";
  private static final String NO_JSON = "this is not JSON (RFC 8259)";

  static Stream<Flaw> frames() {
    return Stream.of(
        flaw("an empty file", "", "1:1:", "an object is wanted here, not the end of the file"),
        flaw("a byte order mark", "\uFEFF" + GOOD, "1:1:", "a byte order mark"),
        flaw("an array", "[]", "1:1:", "an object is wanted here, not an array"),
        flaw("something after the end", GOOD + "x", "4:1:", NO_JSON),
        flaw("another file after the end", GOOD + "{}", "4:1:", "nothing follows the records"),
        flaw(
            "cut short in a record",
            GOOD.substring(0, 100),
            "2:47:/records/0/username",
            "the file ends too early"),
        flaw(
            "cut short between records",
            GOOD.replace("\n]}\n", ""),
            "2:129:/records/0",
            "the file ends too early"),
        flaw("without its last brace", GOOD.replace("\n]}\n", "\n]"), "3:2:/records", "too early"),
        flaw(
            "a field after the records",
            GOOD.replace("]}\n", "],\"x\":1}"),
            "3:3:/x",
            "nothing follows the records"),
        flaw("a comma after the last record", Files.with(CLAIM, ""), "4:1:/records/1", NO_JSON),
        flaw("another format", GOOD.replace("thingward-", ""), "1:11:/format", "another file"),
        flaw(
            "a newer version",
            GOOD.replace("\"version\":1,\"rec", "\"version\":2,\"rec"),
            "1:41:/version",
            "version 2 is newer than this library, which reads versions up to 1"),
        flaw(
            "version 0",
            GOOD.replace("\"version\":1,\"rec", "\"version\":0,\"rec"),
            "1:41:/version",
            "there is no version 0"),
        flaw(
            "the version first",
            "{\"version\":1,\"format\":\"thingward-records\",\"records\":[]}",
            "1:2:/version",
            "the field format is wanted here"),
        flaw(
            "an unknown field before the records",
            GOOD.replace("\"records\"", "\"x\":1,\"records\""),
            "1:43:/x",
            "the records are wanted here"),
        flaw(
            "no records",
            "{\"format\":\"thingward-records\",\"version\":1}",
            "1:42:",
            "the records are wanted here"),
        flaw(
            "records that are null",
            "{\"format\":\"thingward-records\",\"version\":1,\"records\":null}",
            "1:53:/records",
            "an array is wanted here, not null"),
        flaw("a record that is an array", Files.with("[[[["), "2:1:/records/0", "not an array"),
        flaw(
            "no kind first",
            Files.with("{\"username\":\"ann\",\"kind\":\"username-claim\"}"),
            "2:2:/records/0/username",
            "the field kind is wanted here"));
  }

  static Stream<Flaw> syntax() {
    return Stream.of(
        inClaim(
            "a leading zero",
            SEQUENCE,
            "\"sequence\":01",
            "2:66:/records/0/version/sequence",
            NO_JSON),
        inClaim("a plus", SEQUENCE, "\"sequence\":+1", "2:66:/records/0/version/sequence", NO_JSON),
        inClaim("NaN", SEQUENCE, "\"sequence\":NaN", "2:68:/records/0/version/sequence", NO_JSON),
        inClaim(
            "-Infinity",
            SEQUENCE,
            "\"sequence\":-Infinity",
            "2:74:/records/0/version/sequence",
            NO_JSON),
        inClaim(
            "a number in hexadecimal",
            SEQUENCE,
            "\"sequence\":0x1",
            "2:66:/records/0/version/sequence",
            NO_JSON),
        inClaim("a comment", SEQUENCE, "/* x */\"sequence\":1", "2:54:/records/0/version", NO_JSON),
        inClaim(
            "a comment to the end of the line",
            SEQUENCE,
            "//x\n\"sequence\":1",
            "2:54:/records/0/version",
            NO_JSON),
        inClaim(
            "a comment of YAML",
            SEQUENCE,
            "#x\n\"sequence\":1",
            "2:54:/records/0/version",
            NO_JSON),
        inClaim("single quotes", USER_FIELD, "'user':'ann'", "2:116:/records/0/version", NO_JSON),
        inClaim(
            "a name without quotes",
            USER_FIELD,
            "user:\"ann\"",
            "2:116:/records/0/version",
            NO_JSON),
        inClaim(
            "a value without quotes", USER_FIELD, "\"user\":ann", "2:123:/records/0/user", NO_JSON),
        inClaim(
            "a comma after the last field",
            USER_FIELD,
            "\"user\":\"ann\",",
            "2:129:/records/0/user",
            NO_JSON),
        inClaim(
            "a tab in a string",
            USER_FIELD,
            "\"user\":\"an\tn\"",
            "2:126:/records/0/user",
            NO_JSON),
        inClaim(
            "an unknown escape",
            USER_FIELD,
            "\"user\":\"an\\xn\"",
            "2:127:/records/0/user",
            NO_JSON));
  }

  static Stream<Flaw> values() {
    return Stream.of(
        inClaim(
            "a number for an object",
            "{\"sequence\":1,\"change\":\"00000000-0000-0000-0000-000000000001\"}",
            "1",
            "2:53:/records/0/version",
            "an object is wanted here, not a number"),
        flaw(
            "an object for a list",
            KEY,
            "\"secrets\":[",
            "\"secrets\":{",
            "2:218:/records/0/secrets",
            "an array is wanted here, not an object"),
        flaw(
            "a text for a set",
            KEY,
            "[\"view\"]",
            "\"view\"",
            "2:397:/records/0/restriction/0/permissions",
            "an array is wanted here, not a string"),
        flaw(
            "a flaw after line ends of all kinds",
            "\r\n\n\r\r\n" + GOOD.replace("\"records\"", "\r\n\u00A0"),
            "6:1:/version",
            NO_JSON),
        inBytes(
            "no UTF-8 after line ends of all kinds",
            withoutUtf8("\r\n\n\r\r\n \r\n  "),
            "6:3:",
            "not UTF-8"),
        inClaim(
            "a field twice",
            USER_FIELD,
            USER_FIELD + ",\"user\":\"ben\"",
            "2:129:/records/0/user",
            "twice"),
        inClaim(
            "the kind twice",
            USER_FIELD,
            USER_FIELD + ",\"kind\":\"user\"",
            "2:129:/records/0/kind",
            "no such field"),
        inClaim(
            "an unknown field",
            USER_FIELD,
            USER_FIELD + ",\"foo\":1",
            "2:129:/records/0/foo",
            "there is username, version, user"),
        inClaim(
            "a missing field", "," + USER_FIELD, "", "2:1:/records/0", "the field user is missing"),
        inClaim(
            "a missing field within",
            SEQUENCE + ",",
            "",
            "2:53:/records/0/version",
            "the field sequence is missing"),
        inClaim(
            "a number for a string",
            USER_FIELD,
            "\"user\":5",
            "2:123:/records/0/user",
            "a string is wanted here, not a number"),
        inClaim(
            "null for a string",
            USER_FIELD,
            "\"user\":null",
            "2:123:/records/0/user",
            "a string is wanted here, not null"),
        inClaim(
            "an array for a string",
            USER_FIELD,
            "\"user\":[\"ann\"]",
            "2:123:/records/0/user",
            "a string is wanted here, not an array"),
        inClaim(
            "a string for a number",
            SEQUENCE,
            "\"sequence\":\"1\"",
            "2:65:/records/0/version/sequence",
            "a whole number is wanted here, not a string"),
        inClaim(
            "true for a number",
            SEQUENCE,
            "\"sequence\":true",
            "2:65:/records/0/version/sequence",
            "not true or false"),
        inClaim(
            "a fraction",
            SEQUENCE,
            "\"sequence\":1.0",
            "2:65:/records/0/version/sequence",
            "a fraction or an exponent"),
        inClaim(
            "an exponent",
            SEQUENCE,
            "\"sequence\":1e3",
            "2:65:/records/0/version/sequence",
            "a fraction or an exponent"),
        inClaim(
            "a number beyond 64 bits",
            SEQUENCE,
            "\"sequence\":9223372036854775808",
            "2:65:/records/0/version/sequence",
            "64 bits"),
        inClaim(
            "a number of no sense",
            SEQUENCE,
            "\"sequence\":0",
            "2:53:/records/0/version",
            "starts at 1"),
        inClaim(
            "a short UUID",
            "00000000-0000-0000-0000-000000000001",
            "0-0-0-0-1",
            "2:76:/records/0/version/change",
            "no UUID in lower case"),
        inClaim(
            "no UUID",
            "00000000-0000-0000-0000-000000000001",
            "x",
            "2:76:/records/0/version/change",
            "no UUID in lower case"),
        inClaim(
            "an empty id",
            USER_FIELD,
            "\"user\":\"\"",
            "2:123:/records/0/user",
            "principal id is empty"),
        inClaim(
            "a name in upper case",
            "\"username\":\"ann\"",
            "\"username\":\"Ann\"",
            "2:37:/records/0/username",
            "index 0"),
        inClaim(
            "an escaped control",
            USER_FIELD,
            "\"user\":\"\\u0000\"",
            "2:123:/records/0/user",
            "a control character at index 0"),
        inClaim(
            "half a pair of surrogates",
            USER_FIELD,
            "\"user\":\"\\ud83d\"",
            "2:123:/records/0/user",
            "an unpaired surrogate"),
        inClaim(
            "an unknown kind",
            "username-claim",
            "device",
            "2:9:/records/0/kind",
            "none of username-claim, user,"),
        flaw(
            "an instant without milliseconds",
            SESSION,
            "00:00:00.000Z\",\"user",
            "00:00:00Z\",\"user",
            "2:59:/records/0/created",
            "2026-01-31T23:59:59.999Z"),
        flaw(
            "an instant with an offset",
            SESSION,
            "00.000Z\",\"user",
            "00.000+00:00\",\"user",
            "2:59:/records/0/created",
            "2026-01-31T23:59:59.999Z"),
        flaw(
            "an instant that was never",
            SESSION,
            "2026-01-01",
            "2026-02-30",
            "2:59:/records/0/created",
            "2026-01-31T23:59:59.999Z"),
        flaw(
            "an instant before 1970",
            SESSION,
            "2026-01-01",
            "1969-01-01",
            "2:59:/records/0/created",
            "1970 to 9999"),
        flaw(
            "an instant as a number",
            SESSION,
            "\"2026-01-01T00:00:00.000Z\"",
            "0",
            "2:59:/records/0/created",
            "a string is wanted"),
        flaw(
            "an epoch as a number",
            SESSION,
            "\"-1\"",
            "-1",
            "2:205:/records/0/epoch",
            "a string is wanted here, not a number"),
        flaw(
            "an epoch with a plus",
            SESSION,
            "\"-1\"",
            "\"+1\"",
            "2:205:/records/0/epoch",
            "no decimal number of 64 bits"),
        flaw(
            "an epoch with a leading zero",
            SESSION,
            "\"-1\"",
            "\"01\"",
            "2:205:/records/0/epoch",
            "no decimal number of 64 bits"),
        flaw(
            "an epoch in other digits",
            SESSION,
            "\"-1\"",
            "\"\u0661\"",
            "2:205:/records/0/epoch",
            "no decimal number of 64 bits"),
        flaw(
            "an epoch beyond 64 bits",
            SESSION,
            "\"-1\"",
            "\"9223372036854775808\"",
            "2:205:/records/0/epoch",
            "no decimal number of 64 bits"),
        flaw(
            "a digest in upper case",
            SESSION,
            "deadbeef",
            "DEADBEEF",
            "2:108:/records/0/digest",
            "64 hexadecimal digits in lower case"),
        flaw(
            "a short digest",
            SESSION,
            "deadbeef",
            "deadbee",
            "2:108:/records/0/digest",
            "64 hexadecimal digits in lower case"),
        flaw(
            "an unknown word",
            SESSION,
            "\"password\"",
            "\"PASSWORD\"",
            "2:255:/records/0/origin",
            "none of [password, host]"),
        flaw(
            "a text for true or false",
            KEY,
            "false",
            "\"false\"",
            "2:202:/records/0/suspended",
            "true or false is wanted here, not a string"),
        flaw(
            "a number for true or false",
            KEY,
            "false",
            "0",
            "2:202:/records/0/suspended",
            "true or false is wanted here, not a number"),
        flaw(
            "a permission twice",
            KEY,
            "[\"view\"]",
            "[\"view\",\"view\"]",
            "2:405:/records/0/restriction/0/permissions/1",
            "this is there twice"),
        flaw(
            "a permission that is none",
            KEY,
            "\"view\"",
            "\"vi ew\"",
            "2:398:/records/0/restriction/0/permissions/0",
            "a permission name has only"),
        flaw(
            "a scope that is none",
            KEY,
            "\"*\"",
            "\"site=par*\"",
            "2:414:/records/0/restriction/0/scope",
            "must be quoted, at index 8"),
        flaw(
            "a third secret",
            KEY,
            "\"endsAt\":null}]",
            "\"endsAt\":null},"
                + "{\"digest\":{\"hex\":\""
                + HEX
                + "\",\"pepper\":null},\"endsAt\":\"2026-01-02T00:00:00.000Z\"}"
                + ",{}]",
            "2:469:/records/0/secrets/2",
            "at most 2 of these"),
        flaw(
            "no secret",
            KEY,
            "[{\"digest\":{\"hex\":\"" + HEX + "\",\"pepper\":null},\"endsAt\":null}]",
            "[]",
            "2:1:/records/0",
            "a key has 1 to 2 secrets, not 0"));
  }

  static Stream<Flaw> encodings() {
    return Stream.of(
        inBytes("a byte that is no UTF-8", patched(0xFF), "2:126:/records/0/user", "not UTF-8"),
        inBytes("an overlong encoding", patched(0xC0, 0xAE), "2:125:/records/0/user", "not UTF-8"),
        inBytes(
            "an encoded surrogate",
            patched(0xED, 0xA0, 0x80),
            "2:124:/records/0/user",
            "not UTF-8"),
        inBytes("UTF-16", GOOD.getBytes(UTF_16), "1:1:", "not UTF-8"),
        inBytes("UTF-32", GOOD.getBytes(Charset.forName("UTF-32")), "1:2:", NO_JSON),
        inBytes(
            "half a character at the end",
            Arrays.copyOf((GOOD + "\u00E9").getBytes(UTF_8), GOOD.length() + 1),
            "4:1:",
            "not UTF-8"));
  }

  private static byte[] withoutUtf8(String before) {
    byte[] file = (before + "x").getBytes(UTF_8);
    file[file.length - 1] = (byte) 0xFF;
    return file;
  }

  private static Flaw inBytes(String name, byte[] file, String place, String said) {
    return new Flaw(name, new ByteArrayInputStream(file), place, said);
  }

  /* In place of the end of the last id of the file. */
  private static byte[] patched(int... with) {
    byte[] file = GOOD.getBytes(UTF_8);
    int end = GOOD.lastIndexOf("\"}");
    for (int i = 0; i < with.length; i++) {
      file[end - with.length + i] = (byte) with[i];
    }
    return file;
  }

  @ParameterizedTest
  @MethodSource({"frames", "syntax", "values", "encodings"})
  @DisplayName("B24: a flaw is an error that names its place")
  void flaw_isRefusedNamingThePlace(Flaw flaw) {
    RecordFormatException refused =
        catchThrowableOfType(RecordFormatException.class, () -> Files.read(flaw.file()));
    assertThat(refused).isNotNull().hasMessageContaining(flaw.said()).hasNoCause();
    assertThat(refused.line() + ":" + refused.column() + ":" + refused.pointer())
        .isEqualTo(flaw.place());
    assertThat(refused)
        .hasMessageStartingWith("line " + refused.line() + ", column " + refused.column());
  }

  @Test
  @DisplayName("What is right is read, white space or not, fields in any order")
  void goodFiles_areRead() {
    assertThat(Files.read(Files.with(CLAIM, SESSION, KEY, USER))).hasSize(4);
    String spaced = GOOD.replace(":", " :\r\n\t").replace(",", "\r ,") + " \n\t ";
    assertThat(Files.read(spaced)).isEqualTo(Files.read(GOOD));
    String reordered =
        CLAIM.replace("," + USER_FIELD, "").replace("\"username\"", USER_FIELD + ",\"username\"");
    assertThat(Files.read(Files.with(reordered))).isEqualTo(Files.read(GOOD));
    String escaped = CLAIM.replace(USER_FIELD, "\"user\":\"\\ud83d\\ude00\"");
    UsernameClaim claim = (UsernameClaim) Files.read(Files.with(escaped)).get(0);
    assertThat(claim.user().value()).isEqualTo("\uD83D\uDE00");
  }

  @Test
  @DisplayName("B13: a restriction that is left out, null or empty never means unrestricted")
  void restriction_isNeverUnrestrictedByMistake() {
    String rows = KEY.substring(KEY.indexOf("[{\"workspace\""), KEY.length() - 1);
    for (String other :
        List.of("null", "true", "{}", "\"\"", "\"*\"", "\"Unrestricted\"", "[{}]")) {
      assertThatExceptionOfType(RecordFormatException.class)
          .isThrownBy(() -> Files.read(Files.with(KEY.replace(rows, other))));
    }
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> Files.read(Files.with(KEY.replace(",\"restriction\":" + rows, ""))))
        .withMessageContaining("the field restriction is missing");
    assertThat(Files.read(Files.with(KEY.replace(rows, "[]"))).get(0).toString())
        .contains("restriction=[]");
    assertThat(Files.read(Files.with(KEY.replace(rows, "\"unrestricted\""))).get(0).toString())
        .contains("restriction=unrestricted");
  }

  @Test
  @DisplayName("A file that is no fixture leaves out no field")
  void everyField_isRequired() {
    for (String record : List.of(CLAIM, SESSION, KEY, USER)) {
      for (String field : List.of("version", "created", "endsAt", "pepper", "epoch", "suspended")) {
        String without =
            record.replaceAll("\"" + field + "\":(\"[^\"]*\"|null|false|\\{[^}]*\\}),?", "");
        if (!without.equals(record)) {
          assertThatExceptionOfType(RecordFormatException.class)
              .isThrownBy(() -> Files.read(Files.with(without.replace(",}", "}"))))
              .withMessageContaining("the field " + field + " is missing");
        }
      }
    }
  }

  private static final String SECRETS = "(?s).*(" + "deadbeef|argon2id|aGFzaA|c2FsdA" + ").*";

  @Test
  @DisplayName("R8: whatever happens to a file, no message quotes a digest or a hash")
  void messages_quoteNoSecret() {
    String file = Files.with(SESSION, KEY, USER);
    qt().withExamples(5_000)
        .forAll(integers().between(0, file.length() - 1), integers().between(0, 7))
        .checkAssert(
            (at, how) -> {
              String broken =
                  switch (how) {
                    case 0 -> file.substring(0, at);
                    case 1 -> file.substring(0, at) + file.substring(at + 1);
                    case 2 -> file.substring(0, at) + '"' + file.substring(at);
                    case 3 -> file.substring(0, at) + ':' + file.substring(at);
                    case 4 -> file.substring(0, at) + ',' + file.substring(at);
                    case 5 -> file.substring(0, at) + '\\' + file.substring(at);
                    case 6 -> file.substring(0, at) + '\n' + file.substring(at);
                    default -> file.substring(0, at) + '{' + file.substring(at);
                  };
              try {
                assertThat(Files.read(broken)).hasSizeLessThanOrEqualTo(3);
              } catch (RecordFormatException refused) {
                assertThat(refused.getMessage()).doesNotMatch(SECRETS);
                assertThat(refused.pointer()).doesNotMatch(SECRETS);
                assertThat(refused).hasNoCause().hasNoSuppressedExceptions();
              }
            });
  }

  @Test
  @DisplayName("R8: a digest or a hash in the place of something else is not quoted")
  void misplacedSecrets_areNotQuoted() {
    List<String> files = new ArrayList<>();
    for (String secret : List.of(HEX, PASSWORD)) {
      files.add(USER.replace("\"activation\"", "\"" + secret + "\""));
      files.add(USER.replace("\"active\"", "\"" + secret + "\""));
      files.add(USER.replace("\"user\"", "\"" + secret + "\""));
      files.add(USER.replace("\"username\":\"ann\"", "\"username\":\"" + secret + "=\""));
      files.add(USER.replace("\"7\"", "\"" + secret + "\""));
      files.add(USER.replace("2026-01-01T00:00:00.000Z", secret));
      files.add(USER.replace("00000000-0000-0000-0000-000000000001", secret));
      files.add(USER.replace("\"7\"", secret));
      files.add(KEY.replace("\"*\"", "\"" + secret + ",=\""));
      files.add(KEY.replace("\"view\"", "\"" + secret + " \""));
      files.add(KEY.replace("0000000000000000000001\",\"version", secret + "\",\"version"));
    }
    for (String file : files) {
      assertThatExceptionOfType(RecordFormatException.class)
          .isThrownBy(() -> Files.read(Files.with(file)))
          .satisfies(refused -> assertThat(refused.getMessage()).doesNotMatch(SECRETS));
    }
  }

  // --- size ---

  /* Something that is longer than the memory of any test. */
  private static InputStream endless(String before, String again) {
    InputStream first = Files.of(before);
    byte[] chunk = again.repeat(1_000).getBytes(UTF_8);
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException("one byte of something endless");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = first.read(into, offset, length);
        if (count > 0) {
          return count;
        }
        int more = Math.min(length, chunk.length) / again.length() * again.length();
        System.arraycopy(chunk, 0, into, offset, more);
        return more;
      }
    };
  }

  static Stream<String[]> bombs() {
    String begun = GOOD.substring(0, GOOD.indexOf("\n") + 1);
    String toUser = begun + CLAIM.substring(0, CLAIM.length() - 5);
    String toOwners =
        begun
            + "{\"kind\":\"workspace\",\"id\":\"a\",\"version\":{\"sequence\":1,\"change\":"
            + "\"00000000-0000-0000-0000-000000000001\"},\"created\":\"2026-01-01T00:00:00.000Z\","
            + "\"state\":\"active\",\"name\":\"A\",\"owners\":[";
    return Stream.of(
        new String[] {"a string", toUser + "\"", "u"},
        new String[] {"white space", toUser, " "},
        new String[] {"white space between records", GOOD.replace("\n]}\n", ""), "\n"},
        new String[] {"digits", toUser, "9"},
        new String[] {"the same owner", toOwners + "\"a\"", ",\"a\""},
        new String[] {"depth", toUser, "["},
        new String[] {"depth of objects", toUser, "{\"a\":"},
        new String[] {"a name", toUser.replace("\"user\":", "\""), "u"},
        new String[] {"escapes", toUser + "\"", "\\u0041"},
        new String[] {"white space before the file", "", " "});
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  @DisplayName("B24: what never ends is refused before it fills the memory")
  void endlessFile_isRefused(String name, String before, String again) {
    try (RecordReader reader = RecordReader.of(endless(before, again), 100_000)) {
      assertThatExceptionOfType(RecordFormatException.class)
          .as(name)
          .isThrownBy(() -> reader.forEachRemaining(record -> {}));
    }
  }

  @Test
  @DisplayName("B24: more owners, permissions or terms than there may be are not even collected")
  void tooMany_areRefusedAtTheFirst() {
    String owners = "\"o\"," + "\"p\",".repeat(100);
    String workspace =
        "{\"kind\":\"workspace\",\"id\":\"a\",\"version\":{\"sequence\":1,\"change\":"
            + "\"00000000-0000-0000-0000-000000000001\"},\"created\":\"2026-01-01T00:00:00.000Z\","
            + "\"state\":\"active\",\"name\":\"A\",\"owners\":["
            + owners
            + "0]}";
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> Files.read(Files.with(workspace)))
        .withMessageContaining("/records/0/owners/2: this is there twice");
    StringBuilder terms = new StringBuilder("\"t");
    for (int i = 0; i < 50_000; i++) {
      terms.append(", ").append(i);
    }
    assertThatExceptionOfType(RecordFormatException.class)
        .isThrownBy(() -> Files.read(Files.with(KEY.replace("\"*\"", terms + "\""))))
        .withMessageContaining("50001 terms, the limit is 50000");
  }

  @Test
  @DisplayName("The limit is one of each record, not of the file")
  void manyRecords_areRead() {
    List<String> records = Collections.nCopies(1_000, CLAIM);
    try (RecordReader reader =
        RecordReader.of(Files.of(Files.with(records.toArray(String[]::new))), 1_000)) {
      int count = 0;
      while (reader.hasNext()) {
        assertThat(reader.next()).isInstanceOf(UsernameClaim.class);
        count++;
      }
      assertThat(count).isEqualTo(1_000);
    }
  }

  @Test
  @DisplayName("A record as long as the limit is read")
  void recordOfTheLimit_isRead() {
    String padded = CLAIM.replace(USER_FIELD, " ".repeat(100_000 - CLAIM.length()) + USER_FIELD);
    try (RecordReader reader = RecordReader.of(Files.of(Files.with(padded)), 100_000)) {
      assertThat(reader.next()).isInstanceOf(UsernameClaim.class);
      assertThat(reader.hasNext()).isFalse();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordReader.of(Files.of(GOOD), 999))
        .withMessageContaining("1,000 characters or more, not 999");
  }

  // --- the iterator ---

  @Test
  @DisplayName("Records before a flaw are read; the flaw stays")
  void flaw_comesAfterWhatPrecedesIt() {
    String file = Files.with(CLAIM, CLAIM, "{}", CLAIM);
    try (RecordReader reader = RecordReader.of(Files.of(file))) {
      assertThat(reader.next()).isInstanceOf(UsernameClaim.class);
      assertThat(reader.next()).isInstanceOf(UsernameClaim.class);
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(RecordFormatException.class).isThrownBy(reader::hasNext);
        assertThatExceptionOfType(RecordFormatException.class).isThrownBy(reader::next);
      }
    }
  }

  @Test
  @DisplayName("After the last record there is none")
  void end_isTheEnd() {
    try (RecordReader reader = RecordReader.of(Files.of(GOOD))) {
      assertThat(reader.hasNext()).isTrue();
      assertThat(reader.hasNext()).isTrue();
      assertThat(reader.next()).isInstanceOf(UsernameClaim.class);
      assertThat(reader.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(reader::next);
    }
  }

  @Test
  @DisplayName("What the stream throws is passed on, and its closing")
  void stream_failing() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("disk");
          }

          @Override
          public void close() throws IOException {
            throw new IOException("closed badly");
          }
        };
    RecordReader reader = RecordReader.of(failing);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(reader::hasNext)
        .withMessageContaining("disk");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(reader::close)
        .withMessageContaining("closed badly");
  }

  @Test
  @DisplayName("Bytes may come one at a time")
  void slowStream_isRead() {
    List<StoreRecord> records = new RandomRecords(3).each();
    ByteArrayInputStream bytes = new ByteArrayInputStream(Files.write(records));
    InputStream slow =
        new InputStream() {
          @Override
          public int read() {
            return bytes.read();
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, 1);
          }
        };
    assertThat(Files.read(slow)).isEqualTo(records);
  }

  @Test
  @DisplayName("B24: no file makes the reader throw anything else")
  void anyFile_isReadOrRefused() {
    qt().withExamples(300)
        .forAll(longs().all(), integers().between(0, 100_000), integers().between(0, 255))
        .checkAssert(
            (seed, at, with) -> {
              byte[] file = Files.write(new RandomRecords(seed).each());
              file[at % file.length] = with.byteValue();
              try {
                assertThat(Files.read(file)).hasSizeLessThanOrEqualTo(10);
              } catch (RecordFormatException refused) {
                assertThat(refused.line()).isPositive();
                assertThat(refused.column()).isPositive();
              }
            });
  }
}
