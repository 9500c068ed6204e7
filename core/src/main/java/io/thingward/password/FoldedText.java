package io.thingward.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/* Passwords and names without case, in normalization form C, as UTF-8: what lists compare. Upper case
 * comes first, because it joins what lower case alone leaves apart (both sigmas, sharp s and "ss", the
 * dotless i). Joining too much only rejects a password more, so the strict rule for names (see
 * Username) is not needed here. */
final class FoldedText {
  private FoldedText() {}

  /* The caller wipes the result. Of ASCII no other copy remains. */
  static byte[] of(Password password) {
    byte[] utf8 = password.reveal();
    for (byte b : utf8) {
      if (b < 0) {
        byte[] folded = of(new String(utf8, StandardCharsets.UTF_8));
        Arrays.fill(utf8, (byte) 0);
        return folded;
      }
    }
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] >= 'A' && utf8[i] <= 'Z') {
        utf8[i] = (byte) (utf8[i] + ('a' - 'A'));
      }
    }
    return utf8;
  }

  static byte[] of(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
  }
}
