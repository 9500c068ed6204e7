package io.thingward.store.testkit;

import io.thingward.model.DeviceId;
import io.thingward.model.DeviceScope;
import io.thingward.model.DeviceSelector;
import io.thingward.model.Limits;
import io.thingward.model.TagEntry;
import java.util.List;

/** Texts that stores are known to fold, trim, normalise, cut, quote or read as something else. */
final class Hostile {
  private Hostile() {}

  /** All different, each allowed as an id, a name and a tag. */
  static final List<String> TEXTS =
      List.of(
          // case, in ASCII, Turkish, German and Greek, and what upper case makes of ligatures
          "a",
          "A",
          "i",
          "I",
          "\u0130",
          "\u0131",
          "ss",
          "\u00DF",
          "\u1E9E",
          "\u03C3",
          "\u03C2",
          "\u03A3",
          "fi",
          "\uFB01",
          // white space at the ends, also of kinds that trim() and strip() differ on
          "a ",
          " a",
          " ",
          "a\u00A0",
          "\u2003a",
          "a\u2028",
          // normalisation: composed, decomposed, compatible, ignorable
          "\u00E9",
          "e\u0301",
          "e",
          "\uFF41",
          "k",
          "K",
          "\u212A",
          "\uAC00",
          "\u1100\u1161",
          "a\u200B",
          "a\u00AD",
          "\uFEFFa",
          "\u202Ea",
          // four bytes in UTF-8, and the edges of what there is
          "\uD83D\uDE00",
          "\uD83D\uDE01",
          "\uDBFF\uDFFD",
          "\uFFFD",
          "a\uFFFD",
          "a\uFFFF",
          // what means something in SQL, LIKE, regular expressions, JSON, URLs and selectors
          "'",
          "''",
          "a'; drop table a; --",
          "\"",
          "\\",
          "\\\\",
          "\\'",
          "\\u0061",
          "%",
          "_",
          "a%",
          "a_",
          "aa",
          "*",
          ".*",
          "?",
          "[a]",
          "a,b",
          "a, b",
          "a=b",
          "-",
          "a:b",
          "a/b",
          "..",
          "a|b",
          "a;b",
          "{}",
          "${a}",
          "#",
          "%00",
          "&amp;",
          "<a>",
          // what is read as nothing, a number, a truth or a date
          "null",
          "NULL",
          "nil",
          "undefined",
          "true",
          "NaN",
          "0",
          "00",
          "-0",
          "1e3",
          "1000",
          "2026-01-01",
          // as long as an id may be, different only in the last place
          "x".repeat(Limits.ID_LENGTH),
          "x".repeat(Limits.ID_LENGTH - 1) + "y",
          "x".repeat(Limits.ID_LENGTH - 1),
          "\uD83D\uDE00".repeat(Limits.ID_LENGTH / 2),
          "\u20AC".repeat(Limits.ID_LENGTH));

  /** Different devices, if case, spaces and forms count. */
  static DeviceScope scope(String text) {
    return DeviceScope.of(DeviceSelector.builder().tag(TagEntry.of("site", text)).build());
  }

  /** Every text as an id, a key, a value and both. */
  static DeviceScope scopeOfAll() {
    DeviceSelector.Builder selector = DeviceSelector.builder();
    for (String text : TEXTS) {
      selector
          .id(DeviceId.of(text))
          .tag(TagEntry.of(text, text))
          .tag(TagEntry.anyValue(text))
          .tag(TagEntry.anyKey(text));
    }
    return DeviceScope.of(selector.build());
  }
}
