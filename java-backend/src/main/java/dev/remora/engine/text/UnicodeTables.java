package dev.remora.engine.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What the reference knows of each code point, as its answers told it (a test source, {@code
 * UnicodeTablesWriter}, asks them): the JDK's own tables differ from one JDK to the next, and from
 * the reference's.
 */
public final class UnicodeTables {
  /** For {@link CharacterClasses}: runs of code points of one class. */
  public static final String CLASSES = "classes.table";

  /** For the normalization forms: combining classes, decompositions and compositions. */
  public static final String NORMALIZATION = "normalization.table";

  /** For {@link NormalizerClasses}: runs of code points of one class. */
  public static final String NORMALIZERS = "normalizers.table";

  /** For {@link GraphemeClasses}: runs of code points of one class. */
  public static final String GRAPHEMES = "graphemes.table";

  /** What code points become in lower case. */
  public static final String LOWERCASE = "lowercase.table";

  /** What NFKD makes of the code points that NFD leaves as they are, or otherwise. */
  public static final String COMPATIBILITY = "compatibility.table";

  /** For regexes and pre-tokenizers: the sets of code points that have a name. */
  public static final String PROPERTIES = "properties.table";

  private UnicodeTables() {}

  /** The table of a name. */
  public static ByteBuffer read(String name) {
    try (InputStream resource = UnicodeTables.class.getResourceAsStream(name)) {
      return ByteBuffer.wrap(Objects.requireNonNull(resource, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the Unicode tables are damaged", e);
    }
  }

  /** The classes of all code points, from a table of runs. */
  static CharacterPages pages(String name, int bits) {
    CharacterPages pages = new CharacterPages(bits);
    ByteBuffer in = read(name);
    int from = 0;
    while (in.hasRemaining()) {
      byte value = in.get();
      int to = codePoint(in);
      pages.fill(from, to, value);
      from = to;
    }
    return pages;
  }

  /** Reads a code point of three bytes. */
  public static int codePoint(ByteBuffer in) {
    return Byte.toUnsignedInt(in.get()) << 16 | count(in);
  }

  /** Reads a count of two bytes. */
  public static int count(ByteBuffer in) {
    return Short.toUnsignedInt(in.getShort());
  }

  /** Reads a count of any size: seven bits at a time, the lowest first. */
  public static int packed(ByteBuffer in) {
    int value = 0;
    int shift = 0;
    byte part;
    do {
      part = in.get();
      value |= (part & 0x7F) << shift;
      shift += 7;
    } while (part < 0);
    return value;
  }
}
