package io.thingward.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import io.thingward.model.CredentialId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An index against a sorted list, in sizes at which its blocks are split and joined. */
class IndexTest {
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::group).thenComparing(Row::id);

  @Test
  void rows_anyHistory_areThoseOfASortedList() {
    qt().withExamples(60)
        .forAll(longs().all(), integers().between(1, 1_000), integers().between(1, 40))
        .checkAssert(IndexTest::check);
  }

  @Test
  void rows_thousandsInOneGroup_areThoseOfASortedList() {
    check(1, 5_000, 1);
  }

  @Test
  void firstBefore_firstBlockEmptiedBesideAFullOne_isTheFirstOfThat() {
    Index<Integer, CredentialId, Row> index = index();
    List<Row> rows = IntStream.range(0, 192).mapToObj(key -> new Row(key, 1, key)).toList();
    rows.forEach(row -> index.update(null, row)); // one block of 64, one of 128

    rows.subList(0, 64).forEach(row -> index.update(row, null));

    assertThat(index.firstBefore(2)).isSameAs(rows.get(64));
    assertThat(index.rows(1, null, 192)).isEqualTo(rows.subList(64, 192));
  }

  private static Index<Integer, CredentialId, Row> index() {
    return new Index<>("rows", Row::indexed, Row::id, CredentialId::parse);
  }

  /** Grows and shrinks an index three times, by random changes of random rows. */
  private static void check(long seed, int keys, int groups) {
    SplittableRandom random = new SplittableRandom(seed);
    Index<Integer, CredentialId, Row> index = index();
    Map<Integer, Row> model = new TreeMap<>();
    for (int phase = 0; phase < 6; phase++) {
      boolean grows = phase % 2 == 0;
      for (int i = 0; i < 2 * keys; i++) {
        int key = random.nextInt(keys);
        boolean keep = random.nextInt(10) < (grows ? 9 : 1);
        Row before = model.get(key);
        // group 0 is not indexed
        Row after = keep ? new Row(key, random.nextInt(groups + 1), i) : null;
        index.update(before, after);
        if (after == null) {
          model.remove(key);
        } else {
          model.put(key, after);
        }
      }
      assertSame(index, model, groups, random);
    }
    model.values().forEach(row -> index.update(row, null));
    assertSame(index, Map.of(), groups, random);
  }

  private static void assertSame(
      Index<Integer, CredentialId, Row> index,
      Map<Integer, Row> model,
      int groups,
      SplittableRandom random) {
    List<Row> sorted = model.values().stream().filter(row -> row.group > 0).sorted(ORDER).toList();
    for (int group = 0; group <= groups + 1; group++) {
      int wanted = group;
      List<Row> rows = sorted.stream().filter(row -> row.group == wanted).toList();
      int limit = 1 + random.nextInt(rows.size() + 1);
      assertThat(pages(index, group, limit)).isEqualTo(rows);
    }
    Row first = sorted.isEmpty() ? null : sorted.get(0);
    assertThat(index.firstBefore(Integer.MAX_VALUE)).isSameAs(first);
    assertThat(index.firstBefore(first == null ? 1 : first.group)).isNull();
  }

  private static List<Row> pages(Index<Integer, CredentialId, Row> index, int group, int limit) {
    List<Row> rows = new ArrayList<>();
    List<Row> page = index.rows(group, null, limit);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      rows.addAll(page);
      String cursor = index.cursorAfter(page.get(page.size() - 1));
      page = index.rows(group, index.parseCursor(cursor), limit);
    }
    return rows;
  }

  private record Row(int key, int group, int content) {
    CredentialId id() {
      return new CredentialId(key, key);
    }

    @Nullable Integer indexed() {
      return group == 0 ? null : group;
    }
  }
}
