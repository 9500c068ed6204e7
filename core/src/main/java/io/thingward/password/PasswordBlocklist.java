package io.thingward.password;

/**
 * Passwords that nobody may choose, because attackers try them first. Designed for implementation:
 * a host asks its service of breached passwords here.
 *
 * <p>Implementations are thread-safe, compare whole passwords and never parts of them (NIST SP
 * 800-63B-4, 3.1.1.2), and neither keep nor log nor close what they are given, nor show it in an
 * exception. They are asked only about passwords of valid form and length, and on the thread of the
 * caller, so their time limit is theirs to keep.
 */
@FunctionalInterface
public interface PasswordBlocklist {
  /**
   * Whether the password is on the list.
   *
   * @throws RuntimeException if this cannot be found out: no password is accepted then, and the
   *     caller of {@link PasswordPolicy#check} gets an {@link
   *     io.thingward.error.UnavailableException}
   */
  boolean contains(Password password);

  /** This list and another; the other is asked only about what is not on this one. */
  default PasswordBlocklist or(PasswordBlocklist other) {
    return password -> contains(password) || other.contains(password);
  }

  /**
   * The list that comes with the library: several thousand common passwords of 15 code points and
   * more, and several thousand of 8 to 14 for policies that allow those. Ignores case. What it is
   * made of is said in {@code NOTICE.txt} beside it.
   *
   * <p>Reads the list at each call, some milliseconds; keep the result.
   */
  static PasswordBlocklist bundled() {
    return BundledBlocklist.load();
  }
}
