package io.thingward.password;

/**
 * A chosen password does not meet the {@link PasswordPolicy}. The reason is for the person who
 * chose it (NIST SP 800-63B-4, 3.1.1.2); the message never shows the password.
 */
public final class PasswordRejectedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why a password was rejected. */
  public enum Reason {
    /** It has fewer code points than the policy asks for. */
    TOO_SHORT,
    /**
     * It has more than {@value Password#CODE_POINTS} code points or {@value Password#BYTES} bytes.
     */
    TOO_LONG,
    /** It has an unpaired surrogate. */
    MALFORMED,
    /** It is on a list of common or breached passwords. */
    COMMON,
    /**
     * It is a name that an attacker would try first: the user's, the workspace's, the product's.
     */
    CONTEXT
  }

  PasswordRejectedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it was rejected. */
  public Reason reason() {
    return reason;
  }
}
