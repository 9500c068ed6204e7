package io.thingward.security;

import io.thingward.credential.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The secrets of a story, to be looked for where none may be. Kept masked, so that a search of the
 * heap does not find the list itself.
 */
final class Needles {
  private static final byte MASK = (byte) 0xA5;

  private final Map<String, byte[]> masked = new LinkedHashMap<>();

  /** Notes the text of a generated secret, without what tells its kind and id. */
  void add(String name, Secret secret) {
    char[] text = secret.reveal();
    // the last 6 characters are a checksum, the 43 before them are the secret itself
    add(name, Arrays.copyOfRange(text, text.length - 49, text.length - 6));
    Arrays.fill(text, '\0');
  }

  /** Notes an ASCII text; wipes nothing. */
  void add(String name, char[] ascii) {
    byte[] bytes = new byte[ascii.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (ascii[i] ^ MASK);
    }
    if (masked.put(name, bytes) != null) {
      throw new IllegalArgumentException("two secrets are called " + name);
    }
  }

  int size() {
    return masked.size();
  }

  private String reveal(byte[] hidden) {
    byte[] bytes = hidden.clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= MASK;
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** The names of the secrets that a text holds, as they are, in hexadecimal or in Base64. */
  Set<String> in(String text) {
    Set<String> found = new TreeSet<>();
    masked.forEach(
        (name, hidden) -> {
          String needle = reveal(hidden);
          byte[] bytes = needle.getBytes(StandardCharsets.US_ASCII);
          String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
          if (text.contains(needle)
              || text.contains(HexFormat.of().formatHex(bytes))
              || text.contains(base64.substring(0, base64.length() - 2))) {
            found.add(name);
          }
        });
    return found;
  }

  /** The names of the secrets that a file holds, as bytes, or as 16-bit characters. */
  Set<String> in(Path file) {
    Map<Integer, List<Form>> forms = new HashMap<>();
    masked.forEach(
        (name, hidden) -> {
          String needle = reveal(hidden);
          for (byte[] form :
              List.of(
                  needle.getBytes(StandardCharsets.ISO_8859_1),
                  needle.getBytes(StandardCharsets.UTF_16BE),
                  needle.getBytes(StandardCharsets.UTF_16LE))) {
            int head = ByteBuffer.wrap(form).order(ByteOrder.BIG_ENDIAN).getInt();
            forms
                .computeIfAbsent(head, h -> new ArrayList<>())
                .add(new Form(name, ByteBuffer.wrap(form)));
          }
        });
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return search(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), forms);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /* One spelling of a secret. */
  private record Form(String name, ByteBuffer bytes) {}

  private static Set<String> search(ByteBuffer in, Map<Integer, List<Form>> forms) {
    Set<String> found = new TreeSet<>();
    boolean[] heads = new boolean[1 << 16]; // a small filter before the map
    forms.keySet().forEach(head -> heads[(head ^ (head >>> 16)) & 0xFFFF] = true);
    int window = 0;
    for (int i = 0; i < in.limit(); i++) {
      window = (window << 8) | (in.get(i) & 0xFF);
      if (i >= 3 && heads[(window ^ (window >>> 16)) & 0xFFFF]) {
        for (Form form : forms.getOrDefault(window, List.of())) {
          if (matches(in, i - 3, form.bytes())) {
            found.add(form.name());
          }
        }
      }
    }
    return found;
  }

  private static boolean matches(ByteBuffer in, int at, ByteBuffer form) {
    if (at + form.limit() > in.limit()) {
      return false;
    }
    for (int i = 0; i < form.limit(); i++) {
      if (in.get(at + i) != form.get(i)) {
        return false;
      }
    }
    return true;
  }
}
