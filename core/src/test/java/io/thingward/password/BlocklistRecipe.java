package io.thingward.password;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the bundled blocklist was made. {@link #main} writes it anew; not part of the build, since
 * its sources are not.
 */
final class BlocklistRecipe {
  private static final int LONG = 15;
  private static final int SHORT = 8;
  private static final int SHORT_ENTRIES = 6_000;
  private static final int PADDED_WORDS = 500;
  private static final int PAIRED_WORDS = 100;
  private static final String DIGITS = "12345678901234567890";

  /* What the list of passwords, being of 2012 to 2015 and of web sites, ranks too low for us. */
  private static final List<String> NEARBY =
      List.of(
          "admin",
          "administrator",
          "root",
          "user",
          "guest",
          "test",
          "default",
          "changeme",
          "welcome",
          "secret",
          "login",
          "passwort",
          "raspberry",
          "device",
          "sensor",
          "gateway",
          "thermostat",
          "thingward",
          "iot",
          "mqtt",
          "spring",
          "summer",
          "autumn",
          "winter");

  private static final List<String> PHRASES =
      List.of(
          "correcthorsebatterystaple",
          "correct horse battery staple",
          "correct-horse-battery-staple",
          "thequickbrownfox",
          "the quick brown fox",
          "thequickbrownfoxjumpsoverthelazydog",
          "tobeornottobethatisthequestion",
          "maytheforcebewithyou",
          "may the force be with you",
          "iloveyouforever",
          "iloveyousomuch123",
          "thisismypassword",
          "this is my password",
          "thisisapassword",
          "thisisasecret123",
          "mypasswordispassword",
          "neversaymypassword",
          "mysecretpassword",
          "my secret password",
          "averylongpassword",
          "a very long password",
          "verylongpassword",
          "verysecurepassword",
          "supersecretpassword",
          "supersecurepassword",
          "thispasswordislong",
          "passwordpasswordpassword",
          "fifteencharacters",
          "fifteen characters",
          "opensesameopensesame",
          "pleaseletmeinnow",
          "changethispassword",
          "changemeimmediately",
          "wachtwoordwachtwoord",
          "loremipsumdolorsitamet",
          "lorem ipsum dolor sit amet");

  private static final List<String> WALKS =
      List.of(
          "qwertyuiopasdfghjklzxcvbnm",
          "qwertzuiopasdfghjklyxcvbnm",
          "azertyuiopqsdfghjklmwxcvbn",
          "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
          "1234567890qwertyuiop",
          "qwertyuiop1234567890",
          "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
          "zaq12wsxcde34rfvbgt56yhnmju78ik",
          "zaq1xsw2cde3vfr4bgt5nhy6mju7",
          "1qazxsw23edcvfr45tgbnhy67ujm",
          "qazwsxedcrfvtgbyhnujmikolp",
          "1q2w3e4r5t6y7u8i9o0p",
          "q1w2e3r4t5y6u7i8o9p0",
          "1234qwerasdfzxcv",
          "123qweasdzxc123qweasdzxc",
          "qweasdzxcqweasdzxc",
          "asdfjkl;asdfjkl;asdfjkl;",
          "!qaz@wsx#edc$rfv%tgb^yhn",
          "1!2@3#4$5%6^7&8*9(0)",
          "!@#$%^&*()_+!@#$%^&*()_+",
          "!\"§$%&/()=?!\"§$%&/()=?",
          "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst",
          "123456789012345678901234567890",
          "01234567890123456789012345678",
          "123456789101112131415161718192021",
          "a1b2c3d4e5f6g7h8i9j0",
          "1a2b3c4d5e6f7g8h9i0j",
          "112233445566778899001122",
          "aabbccddeeffgghhiijjkk",
          "111222333444555666777888999",
          "aaabbbcccdddeeefffggghhh");

  private BlocklistRecipe() {}

  /**
   * Writes both files.
   *
   * @param args {@code src/passwords.json} of the npm package {@code @zxcvbn-ts/language-common}
   *     4.1.3, {@code lib/frequency_lists.js} of {@code zxcvbn} 4.4.2, and the folder to write to
   */
  public static void main(String[] args) throws IOException {
    List<String> ranked = quoted(Files.readString(Path.of(args[0])));
    List<String> dictionaries =
        quoted(Files.readString(Path.of(args[1]))).stream()
            .flatMap(list -> Stream.of(list.split(",")))
            .toList();
    Path folder = Path.of(args[2]);

    NavigableSet<String> common = patterns();
    common.addAll(padded(Stream.concat(NEARBY.stream(), ranked.stream().limit(PADDED_WORDS))));
    common.addAll(pairs(ranked.subList(0, PAIRED_WORDS)));
    common.addAll(ranked);
    dictionaries.stream().filter(word -> word.matches("[a-z'-]+")).forEach(common::add);
    common.removeIf(entry -> codePoints(entry) < LONG);
    write(folder.resolve(BundledBlocklist.LONG), "15 code points and more", common);

    NavigableSet<String> shorter =
        Stream.concat(NEARBY.stream(), ranked.stream())
            .filter(word -> codePoints(word) >= SHORT && codePoints(word) < LONG)
            .limit(SHORT_ENTRIES)
            .collect(Collectors.toCollection(TreeSet::new));
    write(folder.resolve(BundledBlocklist.SHORT), "8 to 14 code points", shorter);
  }

  /** Entries that need no list: phrases, walks over a keyboard, runs and repetitions. */
  static NavigableSet<String> patterns() {
    NavigableSet<String> made = new TreeSet<>(PHRASES);
    for (String walk : WALKS) {
      for (String direction : List.of(walk, reverse(walk))) {
        made.add(direction);
        for (int length = LONG; length <= LONG + 5; length++) {
          for (int start = 0; start + length <= direction.length(); start++) {
            made.add(direction.substring(start, start + length));
          }
        }
      }
    }
    for (char c = '!'; c <= '~'; c++) {
      for (int length = LONG; length <= LONG + 5; length++) {
        made.add(String.valueOf(c).repeat(length).toLowerCase(Locale.ROOT));
      }
    }
    for (int unit = 0; unit < 100; unit++) {
      made.addAll(cutRepetitions(String.format(Locale.ROOT, "%02d", unit)));
    }
    for (String row : List.of(DIGITS, "abcdefghijkl", "qwertyuiop", "asdfghjkl", "zxcvbnm")) {
      for (int length = 2; length < LONG && length <= row.length(); length++) {
        made.addAll(cutRepetitions(row.substring(0, length)));
        made.addAll(cutRepetitions(reverse(row.substring(0, length))));
      }
    }
    return made;
  }

  /** What people make of a short password to reach a length. */
  static NavigableSet<String> padded(Stream<String> words) {
    NavigableSet<String> made = new TreeSet<>();
    words
        .filter(word -> word.length() < LONG)
        .forEach(
            word -> {
              int missing = LONG - word.length();
              for (String end : List.of("", "1", "!", "123")) {
                made.add(word.repeat((LONG - 1 - end.length()) / word.length() + 1) + end);
              }
              made.addAll(cutRepetitions(word));
              made.add(word + DIGITS.substring(0, missing));
              made.add(word + DIGITS.substring(0, missing + 1));
              made.add(DIGITS.substring(0, missing) + word);
              for (String fill : List.of("0", "1", "!", ".")) {
                made.add(word + fill.repeat(missing));
              }
              made.add(word + word.substring(word.length() - 1).repeat(missing));
            });
    return made;
  }

  private static NavigableSet<String> pairs(List<String> words) {
    NavigableSet<String> made = new TreeSet<>();
    for (String first : words) {
      for (String second : words) {
        made.add(first + second);
      }
    }
    return made;
  }

  private static Collection<String> cutRepetitions(String unit) {
    String repeated = unit.repeat(LONG + 1);
    return IntStream.rangeClosed(LONG, LONG + 1)
        .mapToObj(length -> repeated.substring(0, length))
        .toList();
  }

  private static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  /* The texts between double quotes; the sources have no escapes but \" and \\. */
  private static List<String> quoted(String source) {
    List<String> texts = new ArrayList<>();
    Matcher matcher = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"").matcher(source);
    while (matcher.find()) {
      texts.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
    }
    return texts;
  }

  private static void write(Path file, String lengths, NavigableSet<String> entries)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Common passwords of " + lengths + ", in lower case, sorted. See NOTICE.txt.");
    lines.addAll(entries);
    Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
  }
}
