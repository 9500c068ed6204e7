package io.thingward.password;

import io.thingward.error.UnavailableException;
import io.thingward.password.PasswordRejectedException.Reason;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which passwords may be chosen (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5.0, 6.2): long enough, not
 * common, and not the name of something near by. Nothing else: there are no rules about kinds of
 * characters, and no password gets too old. It is asked where a password is set, never at a login.
 *
 * <p>Immutable, and thread-safe as far as its blocklist is.
 *
 * @param minimumLength in Unicode code points after normalization; {@value #LEAST} to {@value
 *     Password#CODE_POINTS}. Fewer than {@value #DEFAULT} are meant for hosts that ask for a second
 *     factor
 * @param blocklist asked last, and only about what passed the other rules
 * @param contextWords names that belong to the whole installation: the product's, the company's
 */
public record PasswordPolicy(
    int minimumLength, PasswordBlocklist blocklist, Set<String> contextWords) {
  /** The default length: what NIST asks for where the password is the only factor. */
  public static final int DEFAULT = 15;

  /** The least length that can be chosen: what NIST asks for beside a second factor. */
  public static final int LEAST = 8;

  /** Validates the length; copies the words. */
  public PasswordPolicy {
    if (minimumLength < LEAST || minimumLength > Password.CODE_POINTS) {
      throw new IllegalArgumentException(
          "minimumLength is "
              + minimumLength
              + ", it must be "
              + LEAST
              + " to "
              + Password.CODE_POINTS);
    }
    Objects.requireNonNull(blocklist, "blocklist");
    contextWords = Set.copyOf(contextWords);
  }

  /** 15 code points and the bundled blocklist, which is read at each call. */
  public static PasswordPolicy ofDefaults() {
    return new PasswordPolicy(DEFAULT, PasswordBlocklist.bundled(), Set.of());
  }

  /**
   * Refuses a password that may not be chosen.
   *
   * <p>It is a context word if, without regard to case and normalization, the whole of it is such a
   * word, the part of one before {@code @}, either of them backwards, or one of these over and over
   * (the last time perhaps cut short). Names are mostly shorter than passwords have to be, so
   * writing them again is how they get there; that they merely occur in a password is no reason to
   * refuse it.
   *
   * @param words names that belong to this user: the username, the names of the workspaces; blank
   *     ones are ignored
   * @throws PasswordRejectedException with the reason
   * @throws UnavailableException if the blocklist could not answer
   */
  public void check(Password password, Collection<String> words) {
    switch (password.form()) {
      case TOO_LONG ->
          throw rejected(
              Reason.TOO_LONG,
              "has more than "
                  + Password.CODE_POINTS
                  + " characters or "
                  + Password.BYTES
                  + " bytes");
      case MALFORMED -> throw rejected(Reason.MALFORMED, "has half a character");
      case VALID -> {}
    }
    if (password.codePoints() < minimumLength) {
      throw rejected(Reason.TOO_SHORT, "has fewer than " + minimumLength + " characters");
    }
    if (isMadeOfOneOf(Stream.concat(contextWords.stream(), words.stream()), password)) {
      throw rejected(Reason.CONTEXT, "is a name that is easily guessed");
    }
    if (isBlocked(password)) {
      throw rejected(Reason.COMMON, "is too common");
    }
  }

  private boolean isBlocked(Password password) {
    try {
      return blocklist.contains(password);
    } catch (UnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnavailableException("the password blocklist did not answer", e);
    }
  }

  private static boolean isMadeOfOneOf(Stream<String> words, Password password) {
    byte[] folded = FoldedText.of(password);
    try {
      return words
          .flatMap(word -> Stream.of(word, beforeAt(word)))
          .map(word -> Normalizer.normalize(word.strip(), Normalizer.Form.NFC))
          .filter(word -> !word.isEmpty())
          .flatMap(word -> Stream.of(word, new StringBuilder(word).reverse().toString()))
          .anyMatch(word -> repeats(folded, FoldedText.of(word)));
    } finally {
      Arrays.fill(folded, (byte) 0);
    }
  }

  private static String beforeAt(String word) {
    int at = word.indexOf('@');
    return at < 0 ? word : word.substring(0, at);
  }

  private static boolean repeats(byte[] text, byte[] word) {
    if (text.length < word.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (text[i] != word[i % word.length]) {
        return false;
      }
    }
    return true;
  }

  private static PasswordRejectedException rejected(Reason reason, String what) {
    return new PasswordRejectedException(reason, "the password " + what);
  }
}
