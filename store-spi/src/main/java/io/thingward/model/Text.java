package io.thingward.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/* What may stand in an id, a tag or a name: no controls, which break logs and terminals, and no
 * unpaired surrogates, which several databases replace by '?' so that two different values meet. */
final class Text {
  private Text() {}

  @CanIgnoreReturnValue
  static String check(String what, String text, int limit) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    return checkOptional(what, text, limit);
  }

  @CanIgnoreReturnValue
  static String checkOptional(String what, String text, int limit) {
    if (text.length() > limit) {
      throw new IllegalArgumentException(
          what + " has " + text.length() + " characters, the limit is " + limit);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(what + " has a control character at index " + i);
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new IllegalArgumentException(what + " has an unpaired surrogate at index " + i);
        }
        i++;
      }
    }
    return text;
  }
}
