package dev.remora.bpe;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
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

  final byte[] classes = new byte[Character.MAX_CODE_POINT + 1];
  final Map<Integer, Integer> combining = new HashMap<>();
  final Map<Integer, int[]> decompositions = new HashMap<>();
  final Map<Long, Integer> compositions = new HashMap<>();

  private UnicodeTables() {}

  private static UnicodeTables read() {
    try (InputStream resource = UnicodeTables.class.getResourceAsStream("unicode.tables")) {
      byte[] bytes = Objects.requireNonNull(resource, "unicode.tables").readAllBytes();
      UnicodeTables tables = new UnicodeTables();
      tables.read(new DataInputStream(new ByteArrayInputStream(bytes)));
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException("the Unicode tables are damaged", e);
    }
  }

  private void read(DataInputStream in) throws IOException {
    readClasses(in);
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      combining.put(codePoint(in), in.readUnsignedByte());
    }
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      int codePoint = codePoint(in);
      int[] parts = new int[in.readUnsignedByte()];
      for (int part = 0; part < parts.length; part++) {
        parts[part] = codePoint(in);
      }
      decompositions.put(codePoint, parts);
    }
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      compositions.put(pair(codePoint(in), codePoint(in)), codePoint(in));
    }
  }

  private void readClasses(DataInputStream in) throws IOException {
    int runs = in.readUnsignedShort();
    int start = codePoint(in);
    for (int run = 0; run < runs; run++) {
      byte value = in.readByte();
      int end = run + 1 < runs ? codePoint(in) : classes.length;
      Arrays.fill(classes, start, end, value);
      start = end;
    }
  }

  private static int codePoint(DataInputStream in) throws IOException {
    return in.readUnsignedByte() << 16 | in.readUnsignedShort();
  }

  /** The key of a composition. */
  static long pair(int first, int second) {
    return (long) first << 32 | second;
  }
}
