package io.thingward.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * The text of a file in UTF-8, exactly: what is malformed, overlong encodings and encoded
 * surrogates included, is an error at its place. Jackson's own decoder lets those through. Gives no
 * more than it was told to, so that nothing that it feeds grows without bound. Not thread-safe.
 */
final class Utf8Text extends Reader {
  /* A pair of surrogates comes in one piece. */
  private static final int LEAST_ROOM = 2;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(8_192).flip();
  private boolean ended;
  private long given;
  private long most;
  private int line = 1;
  private int column = 1;
  private boolean afterReturn;

  Utf8Text(InputStream in) {
    this.in = in;
  }

  /** Something that no JSON parser finds: the place is this text's own. */
  static final class Flaw extends IOException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String what;

    Flaw(int line, int column, String what) {
      super(what);
      this.line = line;
      this.column = column;
      this.what = what;
    }

    RecordFormatException at(String pointer) {
      return new Place(line, column, pointer).wrong(what);
    }
  }

  /** From now on gives at most so many characters. */
  void allow(long characters) {
    most = given + characters;
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    int room = (int) Math.min(length, most - given);
    if (room < LEAST_ROOM) {
      throw new Flaw(line, column, "one record is longer than its limit");
    }
    CharBuffer out = CharBuffer.wrap(into, offset, room);
    while (true) {
      CoderResult result = decoder.decode(bytes, out, ended);
      int decoded = room - out.remaining();
      if (decoded > 0) {
        if (given == 0 && into[offset] == BYTE_ORDER_MARK) {
          throw new Flaw(line, column, "the file begins with a byte order mark");
        }
        given += decoded;
        pass(into, offset, decoded);
        return decoded; // before an error is told, so that the parser is at its place
      }
      if (result.isError()) {
        throw new Flaw(line, column, "this is not UTF-8");
      }
      if (ended) {
        return -1;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = count < 0;
    bytes.position(bytes.position() + Math.max(count, 0)).flip();
  }

  private void pass(char[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      char c = text[i];
      if (c == '\n' && afterReturn) {
        column = 1; // the second half of one line end
      } else if (c == '\n' || c == '\r') {
        line++;
        column = 1;
      } else {
        column++;
      }
      afterReturn = c == '\r';
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
