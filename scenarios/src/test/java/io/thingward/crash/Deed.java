package io.thingward.crash;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** What one call makes true, and what it makes untrue: {@link Facts}. */
record Deed(Set<String> makes, Set<String> unmakes) {
  static Deed of(Collection<String> makes, Collection<String> unmakes) {
    return new Deed(Set.copyOf(makes), Set.copyOf(unmakes));
  }

  static Deed making(Collection<String> facts) {
    return of(facts, Set.of());
  }

  static Deed unmaking(Collection<String> facts) {
    return of(Set.of(), facts);
  }

  /** What is true after it. */
  Set<String> after(Set<String> before) {
    Set<String> after = new TreeSet<>(before);
    after.removeAll(unmakes);
    after.addAll(makes);
    return after;
  }
}
