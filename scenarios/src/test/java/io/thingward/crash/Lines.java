package io.thingward.crash;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A journal as lines of text, for the process that outlives the one that writes them. What a line
 * says has its mark at the end, without which it was cut off.
 */
final class Lines implements Journal {
  private static final String END = ".";

  private final PrintStream out;

  Lines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begun(int worker, Deed attempted) {
    print("begun", worker, attempted);
  }

  @Override
  public void done(int worker, Deed deed) {
    print("done", worker, deed);
  }

  @Override
  public void refused(int worker) {
    print(List.of("refused", String.valueOf(worker)));
  }

  @Override
  public void read(int changes, String place) {
    print(List.of("read", String.valueOf(changes), place));
  }

  @Override
  public boolean goesOn() {
    return true;
  }

  private void print(String what, int worker, Deed deed) {
    List<String> words = new ArrayList<>(List.of(what, String.valueOf(worker)));
    deed.makes().forEach(fact -> words.add("+" + fact));
    deed.unmakes().forEach(fact -> words.add("-" + fact));
    print(words);
  }

  private void print(List<String> words) {
    out.println(String.join("\t", words) + "\t" + END);
    out.flush();
  }

  /** Tells another journal what a line says. */
  static void tell(String line, Journal journal) {
    List<String> words = List.of(line.split("\t", -1));
    if (!words.get(words.size() - 1).equals(END)) {
      return;
    }
    int number = Integer.parseInt(words.get(1));
    switch (words.get(0)) {
      case "begun" -> journal.begun(number, deed(words));
      case "done" -> journal.done(number, deed(words));
      case "refused" -> journal.refused(number);
      case "read" -> journal.read(number, words.get(2));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private static Deed deed(List<String> words) {
    return Deed.of(facts(words, "+"), facts(words, "-"));
  }

  private static Set<String> facts(List<String> words, String sign) {
    return words.stream()
        .filter(word -> word.startsWith(sign))
        .map(word -> word.substring(1))
        .collect(Collectors.toSet());
  }
}
