package dev.remora.bpe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the reference knows of each code point, as its answers told it (a test source, {@code
 * UnicodeTablesWriter}, asks them): the JDK's own tables differ from one JDK to the next, and from
 * the reference's.
 */
final class UnicodeTables {
  static final UnicodeTables INSTANCE = read();

  /** Where each run of code points of one class begins; one more, the end. */
  final int[] runs;

  /** The class of each run. */
  final byte[] classes;

  final Map<Integer, Integer> combining = new HashMap<>();
  final Map<Integer, int[]> decompositions = new HashMap<>();
  final Map<Long, Integer> compositions = new HashMap<>();

  private UnicodeTables(ByteBuffer in) {
    int count = Short.toUnsignedInt(in.getShort());
    this.runs = new int[count + 1];
    this.classes = new byte[count];
    for (int run = 0; run < count; run++) {
      runs[run] = codePoint(in);
      classes[run] = in.get();
    }
    runs[count] = Character.MAX_CODE_POINT + 1;
    for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
      combining.put(codePoint(in), Byte.toUnsignedInt(in.get()));
    }
    for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
      int codePoint = codePoint(in);
      int[] parts = new int[in.get()];
      for (int part = 0; part < parts.length; part++) {
        parts[part] = codePoint(in);
      }
      decompositions.put(codePoint, parts);
    }
    for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
      compositions.put(pair(codePoint(in), codePoint(in)), codePoint(in));
    }
  }

  private static UnicodeTables read() {
    try (InputStream resource = UnicodeTables.class.getResourceAsStream("unicode.tables")) {
      return new UnicodeTables(
          ByteBuffer.wrap(Objects.requireNonNull(resource, "unicode.tables").readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("the Unicode tables are damaged", e);
    }
  }

  private static int codePoint(ByteBuffer in) {
    return Byte.toUnsignedInt(in.get()) << 16 | Short.toUnsignedInt(in.getShort());
  }

  /** The key of a composition. */
  static long pair(int first, int second) {
    return (long) first << 32 | second;
  }
}
