package io.thingward.model;

import static io.thingward.model.Selectors.hostileTexts;
import static io.thingward.model.Selectors.selectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.longs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSelectorTextTest {
  @Test
  void parse_documentedExample_hasItsTerms() {
    assertThat(DeviceSelector.parse("id1, id2, site=paris, floor=*, *=cold"))
        .isEqualTo(
            DeviceSelector.builder()
                .id(DeviceId.of("id1"))
                .id(DeviceId.of("id2"))
                .tag(TagEntry.of("site", "paris"))
                .tag(TagEntry.anyValue("floor"))
                .tag(TagEntry.anyKey("cold"))
                .build());
  }

  @Test
  void parse_documentedQuotes_areUndone() {
    assertThat(DeviceSelector.parse("\"a,b\"=\"say \"\"hi\"\"\"").tags())
        .containsExactly(TagEntry.of("a,b", "say \"hi\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t1",
        "id1, id2, site=paris, floor=*, *=cold",
        "\"a,b\"=\"say \"\"hi\"\"\"",
        "\"*\", \"-\", \"a=b\", \" a\", \"a \", \"\u00A0\", a b, a'b, a-b, t1",
        "\"*\"=*, *=\"*\"",
        "\"\"\"\"",
        "x=-1, x=\"-\"",
      })
  void toString_ofParsedCanonicalText_isThatText(String canonical) {
    DeviceSelector selector = DeviceSelector.parse(canonical);

    assertThat(DeviceSelector.parse(selector.toString())).isEqualTo(selector);
    assertThat(selector.toString().split(", ", -1))
        .containsExactlyInAnyOrder(canonical.split(", ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` t1 `                 | t1",
        "`  t1  ,  t2  `        | `t1, t2`",
        "`t2,t1`                | `t1, t2`",
        "`t1,t1`                | t1",
        "`\"t1\"`               | t1",
        "`\"t1\" , \"t2\"`      | `t1, t2`",
        "`\"site\"=\"paris\"`   | site=paris",
        "`*=cold,a=*,a=1,t1`    | `t1, a=1, a=*, *=cold`",
        "`site=-`               | `site=\"-\"`",
        "`-=x`                  | `\"-\"=x`",
        "`b=1, a=2`             | `a=2, b=1`",
      })
  void toString_ofOtherSpelling_isCanonical(String text, String canonical) {
    assertThat(DeviceSelector.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``              | 0 | a term or a half of one is empty",
        "`   `           | 3 | a term or a half of one is empty",
        "`,`             | 0 | a term or a half of one is empty",
        "`t1,`           | 3 | a term or a half of one is empty",
        "`t1, , t2`      | 4 | a term or a half of one is empty",
        "`=paris`        | 0 | a term or a half of one is empty",
        "`site=`         | 5 | a term or a half of one is empty",
        "`site=,t1`      | 5 | a term or a half of one is empty",
        "`=`             | 0 | a term or a half of one is empty",
        "`*`             | 0 | a lone * is no device id",
        "`t1, * , t2`    | 4 | a lone * is no device id",
        "`-`             | 0 | a lone - is no device id",
        "`t1, -`         | 4 | a lone - is no device id",
        "`site=par*`     | 8 | a * or a quote inside a term must be quoted",
        "`*t=x`          | 0 | a * or a quote inside a term must be quoted",
        "`t1, t*`        | 5 | a * or a quote inside a term must be quoted",
        "`t\"1\"`        | 1 | a * or a quote inside a term must be quoted",
        "`site =paris`   | 4 | white space at the edge of a term must be quoted",
        "`site= paris`   | 5 | white space at the edge of a term must be quoted",
        "`\u00A0t1`      | 0 | white space at the edge of a term must be quoted",
        "`t1\u3000`      | 2 | white space at the edge of a term must be quoted",
        "`t1\t`          | 2 | white space at the edge of a term must be quoted",
        "`t0, \"t1`      | 4 | a quote is not closed",
        "`\"`            | 0 | a quote is not closed",
        "`\"t1\"\"`      | 0 | a quote is not closed",
        "`a=\"b`         | 2 | a quote is not closed",
        "`\"t1\"t2`      | 4 | unexpected text",
        "`\"t1\" =x`     | 5 | unexpected text",
        "`a=b=c`         | 3 | unexpected text",
        "`a=\"b\"\"c\" d`| 9 | unexpected text",
      })
  void parse_syntaxError_isNamedWithItsIndex(String text, int index, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSelector.parse(text))
        .withMessage(what + ", at index " + index);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`t1, *=*`          | 4 | *=* is no tag entry: for all devices say DeviceScope.all()",
        "`t1, \"\"`         | 4 | device id is empty",
        "`t1, \"\"=x`       | 4 | tag key is empty",
        "`t1, x=\"\"`       | 4 | tag value is empty",
        "`t1, a\tb`         | 4 | device id has a control character at index 1",
        "`t1, a=b\u0085c`   | 4 | tag value has a control character at index 1",
      })
  void parse_termThatBreaksItsOwnRule_isNamedWithItsIndex(String text, int index, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSelector.parse(text))
        .withMessage(what + ", in the term at index " + index);
  }

  @Test
  void anyOf_documentedTerms_areWhatTheySay() {
    assertThat(DeviceSelector.anyOf("t1", "site=paris", "floor=*", "*=cold"))
        .isEqualTo(DeviceSelector.parse("t1, site=paris, floor=*, *=cold"));
  }

  @Test
  void anyOf_commaInATerm_isAnOrdinaryCharacter() {
    assertThat(DeviceSelector.anyOf("a,b", "x,=y,"))
        .isEqualTo(
            DeviceSelector.builder().id(DeviceId.of("a,b")).tag(TagEntry.of("x,", "y,")).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``      | a term or a half of one is empty, at index 0",
        "` t1`   | `white space at the edge of a term must be quoted, at index 0`",
        "`t1 `   | `white space at the edge of a term must be quoted, at index 2`",
        "`*`     | a lone * is no device id, at index 0",
        "`-`     | a lone - is no device id, at index 0",
        "`a=b=c` | unexpected text, at index 3",
        "`\"a\",b` | unexpected text, at index 3",
      })
  void anyOf_badTerm_isRefused(String term, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceSelector.anyOf("t1", term))
        .withMessage(message);
  }

  @Test
  void parse_printedSelector_isThatSelector() {
    qt().withExamples(5_000)
        .forAll(selectors(hostileTexts()))
        .check(selector -> DeviceSelector.parse(selector.toString()).equals(selector));
  }

  @Test
  void toString_termsInAnyOrderAndSpacing_isTheSame() {
    qt().withExamples(5_000)
        .forAll(selectors(hostileTexts()), arbitrary().pick(",", ", ", "  ,"), longs().all())
        .check(
            (selector, separator, seed) -> {
              List<String> terms = terms(selector);
              Collections.shuffle(terms, new Random(seed));
              return DeviceSelector.parse(String.join(separator, terms))
                  .toString()
                  .equals(selector.toString());
            });
  }

  @Test
  void anyOf_printedTerms_isThatSelector() {
    qt().forAll(selectors(hostileTexts()))
        .check(s -> DeviceSelector.anyOf(terms(s).toArray(new String[0])).equals(s));
  }

  @Test
  void parse_anyText_isRefusedWithAnIndexOrPrintedAndReadAgain() {
    qt().withExamples(20_000)
        .forAll(hostileTexts().zip(hostileTexts(), String::concat))
        .check(
            text -> {
              DeviceSelector selector;
              try {
                selector = DeviceSelector.parse(text);
              } catch (IllegalArgumentException e) {
                return e.getMessage().contains("at index ");
              }
              return DeviceSelector.parse(selector.toString()).equals(selector);
            });
  }

  /** The printed terms, each on its own. */
  private static List<String> terms(DeviceSelector selector) {
    List<String> terms = new ArrayList<>();
    selector.ids().forEach(id -> terms.add(DeviceSelector.builder().id(id).build().toString()));
    selector.tags().forEach(entry -> terms.add(entry.toString()));
    return terms;
  }
}
