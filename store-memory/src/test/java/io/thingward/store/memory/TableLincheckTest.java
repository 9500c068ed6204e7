package io.thingward.store.memory;

import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.store.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every history of a table has a sequential one that explains it, listings included: a row that is
 * there is listed in its group, and nowhere else.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "group", gen = IntGen.class, conf = "1:2")
@Param(name = "version", gen = IntGen.class, conf = "1:2")
public class TableLincheckTest {
  private final Index<Integer, PrincipalId, Row> index =
      new Index<>("rows", row -> row.group, TableLincheckTest::id, PrincipalId::of);
  private final Table<Integer, Row> table = new Table<>(row -> row.key, List.of(index));

  /** One row is there from the start, so that most operations have something to do. */
  public TableLincheckTest() {
    var unused = table.insert(new Row(1, 1, 1));
  }

  @Operation
  public boolean insert(
      @Param(name = "key") int key,
      @Param(name = "group") int group,
      @Param(name = "version") int version) {
    return table.insert(new Row(key, group, version));
  }

  @Operation
  public boolean replace(
      @Param(name = "key") int key,
      @Param(name = "group") int group,
      @Param(name = "version") int version) {
    return table.replace(
        new Row(key, group, version + 1), TableLincheckTest::version, version(version));
  }

  @Operation
  public boolean delete(@Param(name = "key") int key, @Param(name = "version") int version) {
    return table.delete(key, TableLincheckTest::version, version(version));
  }

  @Operation
  public String find(@Param(name = "key") int key) {
    return table.find(key).toString();
  }

  @Operation
  public String list(@Param(name = "group") int group) {
    return table.page(index, group, PageRequest.first(9)).items().toString();
  }

  @Operation
  public String purge() {
    return table.purge(index, 2, 1).toString();
  }

  @Test
  @DisplayName("S1, S2: a table is linearizable under all interleavings that are tried")
  void table_underTheModelChecker_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .sequentialSpecification(Sequential.class)
        .check(TableLincheckTest.class);
  }

  private static PrincipalId id(Row row) {
    return PrincipalId.of("k" + row.key);
  }

  private static Version version(Row row) {
    return version(row.version);
  }

  private static Version version(int sequence) {
    return new Version(sequence, new UUID(0, sequence));
  }

  private record Row(int key, int group, int version) {
    @Override
    public String toString() {
      return key + "/" + group + "/" + version;
    }
  }

  /** What a table is to one thread. */
  public static class Sequential {
    private final TreeMap<Integer, Row> rows = new TreeMap<>(Map.of(1, new Row(1, 1, 1)));

    public boolean insert(int key, int group, int version) {
      return rows.putIfAbsent(key, new Row(key, group, version)) == null;
    }

    public boolean replace(int key, int group, int version) {
      return has(key, version) && rows.put(key, new Row(key, group, version + 1)) != null;
    }

    public boolean delete(int key, int version) {
      return has(key, version) && rows.remove(key) != null;
    }

    public String find(int key) {
      return Optional.ofNullable(rows.get(key)).toString();
    }

    public String list(int group) {
      return rows.values().stream().filter(row -> row.group == group).toList().toString();
    }

    public String purge() {
      List<Integer> first =
          rows.values().stream().filter(row -> row.group == 1).map(Row::key).limit(1).toList();
      rows.keySet().removeAll(first);
      return first.toString();
    }

    private boolean has(int key, int version) {
      return rows.containsKey(key) && rows.get(key).version == version;
    }
  }
}
