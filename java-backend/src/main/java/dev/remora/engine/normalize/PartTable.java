package dev.remora.engine.normalize;

import dev.remora.engine.text.UnicodeTables;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What some code points become: each a row of others. Filled once, then thread-safe. */
final class PartTable {
  private static final int PAGE_BITS = 8;

  private final int[] @Nullable [] @Nullable [] pages =
      new int[(Character.MAX_CODE_POINT + 1) >> PAGE_BITS][][];

  /** A table of a resource's name. */
  static PartTable of(String name) {
    PartTable table = new PartTable();
    table.read(UnicodeTables.read(name));
    return table;
  }

  /** Takes the next list of code points and their parts. */
  void read(ByteBuffer in) {
    for (int left = UnicodeTables.count(in); left > 0; left--) {
      int codePoint = UnicodeTables.codePoint(in);
      int[] parts = new int[in.get()];
      for (int part = 0; part < parts.length; part++) {
        parts[part] = UnicodeTables.codePoint(in);
      }
      int page = codePoint >> PAGE_BITS;
      int[] @Nullable [] rows = pages[page];
      if (rows == null) {
        rows = new int[1 << PAGE_BITS][];
        pages[page] = rows;
      }
      rows[codePoint & ((1 << PAGE_BITS) - 1)] = parts;
    }
  }

  /** What a code point becomes; null if it stays. */
  int @Nullable [] parts(int codePoint) {
    int[] @Nullable [] rows = pages[codePoint >> PAGE_BITS];
    return rows == null ? null : rows[codePoint & ((1 << PAGE_BITS) - 1)];
  }

  /** The code points that become others. */
  IntStream codePoints() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(codePoint -> parts(codePoint) != null);
  }
}
