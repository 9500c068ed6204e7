package io.thingward.store.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.thingward.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a store answers while its engine cannot be reached: for every store whose engine is
 * elsewhere, with the views and the feed that it may have. Designed for extension: a subclass makes
 * the store and is a test.
 *
 * @param <S> {@link io.thingward.store.Stores}, or the store of one aggregate
 */
public abstract class UnreachableContract<S> {
  /** For subclasses. */
  protected UnreachableContract() {}

  /**
   * A store that was opened, and whose engine is out of reach now: stopped, or behind an address
   * where nobody answers. Called once for each test.
   */
  protected abstract S unreachable();

  /** How long a call has until it counts as hanging. */
  Duration patience() {
    return Race.PATIENCE;
  }

  @TestFactory
  @DisplayName("every method of a store out of reach")
  Stream<DynamicTest> methods() {
    return Part.of(unreachable()).stream().flatMap(this::methodsOf);
  }

  private <T> Stream<DynamicTest> methodsOf(Part<T> part) {
    return part.calls().apply(part.from(unreachable())).keySet().stream()
        .flatMap(name -> methodsOf(part, name));
  }

  private <T> Stream<DynamicTest> methodsOf(Part<T> part, String name) {
    String where = " [" + name + ", " + part.name() + "]";
    return Stream.of(
        dynamicTest(
            "S12: what cannot be reached is unavailable, never absent" + where,
            () ->
                assertThat(thrown(part, name))
                    .isExactlyInstanceOf(StoreUnavailableException.class)),
        dynamicTest(
            "S24: the message quotes no value of a record" + where,
            () ->
                assertThat(thrown(part, name))
                    .isInstanceOf(RuntimeException.class)
                    .message()
                    .isNotBlank()
                    .doesNotContain(Samples.NAME)));
  }

  /* What a call throws; fails where it does not come back. */
  private <T> Throwable thrown(Part<T> part, String name) throws Exception {
    Map<String, Callable<?>> calls = part.calls().apply(part.from(unreachable()));
    Callable<?> call = requireNonNull(calls.get(name), name);
    return Race.of(1, patience(), thread -> () -> catchThrowable(call::call)).get(0);
  }

  @TestFactory
  @DisplayName("deadlines of a store out of reach")
  Stream<DynamicTest> deadlines() {
    return Part.of(unreachable()).stream()
        .map(
            part ->
                dynamicTest(
                    "S13: every call comes back [" + part.name() + "]", () -> assertAllEnd(part)));
  }

  /* All at once: together they have a minute, which is long for a deadline. */
  private <T> void assertAllEnd(Part<T> part) throws Exception {
    List<Callable<?>> calls = List.copyOf(part.calls().apply(part.from(unreachable())).values());
    List<Boolean> ended =
        Race.of(
            calls.size(),
            patience(),
            i ->
                () -> {
                  var unused = catchThrowable(calls.get(i)::call);
                  return true;
                });
    assertThat(ended).doesNotContain(false);
  }
}
