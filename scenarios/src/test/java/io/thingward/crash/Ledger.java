package io.thingward.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one worker knows: what is true, and what may have become of a call without an answer. */
final class Ledger {
  private final Set<String> mentioned = new TreeSet<>();
  private Set<String> known = new TreeSet<>();
  private Optional<Deed> open = Optional.empty();

  void begun(Deed attempted) {
    mention(attempted);
    open = Optional.of(attempted);
  }

  void done(Deed deed) {
    mention(deed);
    known = deed.after(known);
    open = Optional.empty();
  }

  void refused() {
    open = Optional.empty();
  }

  private void mention(Deed deed) {
    mentioned.addAll(deed.makes());
    mentioned.addAll(deed.unmakes());
  }

  /** Every fact that was ever said to be true, or about to be. */
  Set<String> mentioned() {
    return mentioned;
  }

  /** What is true for sure. */
  Set<String> known() {
    return known;
  }

  /** Whether a call has no answer. */
  boolean isOpen() {
    return open.isPresent();
  }

  /**
   * What was acknowledged holds and nothing else, but for the one call without an answer, which
   * happened as a whole or not at all. From now on it is known which.
   *
   * @return whether the call without an answer is seen to have happened
   */
  boolean check(Witness witness) {
    Set<String> found =
        mentioned.stream().filter(witness::sees).collect(Collectors.toCollection(TreeSet::new));
    Set<String> after = open.map(deed -> deed.after(known)).orElse(known);
    boolean happened = found.equals(after) && !after.equals(known);
    assertThat(found)
        .as("what is true after the crash; without an answer: %s", open)
        .containsExactlyInAnyOrderElementsOf(happened ? after : known);
    known = found;
    open = Optional.empty();
    return happened;
  }
}
