package dev.remora.engine.normalize;

import dev.remora.engine.text.GraphemeClasses;
import dev.remora.engine.text.NormalizerClasses;
import dev.remora.engine.text.UnicodeTables;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Writes the tables that only normalizers need, from what the reference answers: {@code
 * NormalizerTablesWriter FOLDER}. The tables of {@link UnicodeTablesWriter} come first.
 */
final class NormalizerTablesWriter {
  private static final String SEPARATOR = "|";

  private NormalizerTablesWriter() {}

  public static void main(String[] arguments) throws IOException {
    try (DataOutputStream out = UnicodeTablesWriter.open(arguments[0], UnicodeTables.NORMALIZERS)) {
      UnicodeTablesWriter.writeClasses(normalizerClasses(), out);
    }
    try (DataOutputStream out = UnicodeTablesWriter.open(arguments[0], UnicodeTables.LOWERCASE)) {
      writeMap(mapped("Lowercase"), out);
    }
    try (DataOutputStream out =
        UnicodeTablesWriter.open(arguments[0], UnicodeTables.COMPATIBILITY)) {
      writeMap(compatibility(), out);
    }
    try (DataOutputStream out = UnicodeTablesWriter.open(arguments[0], UnicodeTables.GRAPHEMES)) {
      UnicodeTablesWriter.writeClasses(graphemeClasses(), out);
    }
  }

  private static List<String> ask(String normalizer, String separator, IntFunction<String> text) {
    List<String> texts = new ArrayList<>(UnicodeProbe.END);
    for (int codePoint = 0; codePoint < UnicodeProbe.END; codePoint++) {
      boolean isSound =
          UnicodeProbe.scalar().test(codePoint) && codePoint != separator.codePointAt(0);
      texts.add(isSound ? text.apply(codePoint) : "");
    }
    return UnicodeProbe.normalized(normalizer, texts, separator);
  }

  /** The code points that, between x and y, become this. */
  private static BitSet becoming(String normalizer, IntFunction<String> between) {
    List<String> results =
        ask(normalizer, SEPARATOR, codePoint -> "x" + Character.toString(codePoint) + "y");
    BitSet found = new BitSet();
    for (int codePoint = 0; codePoint < UnicodeProbe.END; codePoint++) {
      if (results.get(codePoint).equals("x" + between.apply(codePoint) + "y")) {
        found.set(codePoint);
      }
    }
    return found;
  }

  private static String bert(boolean clean, boolean pad, boolean strip) {
    return """
    {"type":"BertNormalizer","clean_text":%b,"handle_chinese_chars":%b,"strip_accents":%b,
    "lowercase":false}
    """
        .formatted(clean, pad, strip);
  }

  private static byte[] normalizerClasses() {
    byte[] classes = new byte[UnicodeProbe.END];
    flag(
        classes,
        NormalizerClasses.ACCENT,
        becoming("{\"type\":\"StripAccents\"}", codePoint -> ""));
    flag(
        classes, NormalizerClasses.NONSPACING, becoming(bert(false, false, true), codePoint -> ""));
    flag(classes, NormalizerClasses.CONTROL, becoming(bert(true, false, false), codePoint -> ""));
    BitSet blank = becoming(bert(true, false, false), codePoint -> " ");
    blank.clear(' ');
    flag(classes, NormalizerClasses.BLANK, blank);
    flag(
        classes,
        NormalizerClasses.IDEOGRAPH,
        becoming(bert(false, true, false), codePoint -> " " + Character.toString(codePoint) + " "));
    flag(classes, NormalizerClasses.NMT_DROPPED, becoming("{\"type\":\"Nmt\"}", codePoint -> ""));
    BitSet nmtBlank = becoming("{\"type\":\"Nmt\"}", codePoint -> " ");
    nmtBlank.clear(' ');
    flag(classes, NormalizerClasses.NMT_BLANK, nmtBlank);
    return classes;
  }

  private static void flag(byte[] classes, int flag, BitSet set) {
    set.stream().forEach(codePoint -> classes[codePoint] |= (byte) flag);
  }

  private static Map<Integer, int[]> mapped(String type) {
    List<String> results = ask("{\"type\":\"%s\"}".formatted(type), "\n", Character::toString);
    Map<Integer, int[]> mapped = new TreeMap<>();
    for (int codePoint = 0; codePoint < UnicodeProbe.END; codePoint++) {
      if (UnicodeProbe.scalar().test(codePoint)
          && codePoint != '\n'
          && !results.get(codePoint).equals(Character.toString(codePoint))) {
        mapped.put(codePoint, results.get(codePoint).codePoints().toArray());
      }
    }
    return mapped;
  }

  /** What NFKD takes apart and NFD does not, or otherwise. */
  private static Map<Integer, int[]> compatibility() {
    Map<Integer, int[]> all = mapped("NFKD");
    Map<Integer, int[]> canonical = mapped("NFD");
    all.entrySet()
        .removeIf(entry -> Arrays.equals(canonical.get(entry.getKey()), entry.getValue()));
    return all;
  }

  private static void writeMap(Map<Integer, int[]> map, DataOutputStream out) throws IOException {
    out.writeShort(map.size());
    for (Map.Entry<Integer, int[]> entry : map.entrySet()) {
      UnicodeTablesWriter.writeCodePoint(out, entry.getKey());
      out.writeByte(entry.getValue().length);
      for (int part : entry.getValue()) {
        UnicodeTablesWriter.writeCodePoint(out, part);
      }
    }
    System.out.printf("%d mapped%n", map.size());
  }

  /**
   * A normalizer that makes one z of each cluster of less than six bytes, which it takes whole, and
   * one of each character of a longer one: so clusters can be counted. Line feeds stay.
   */
  private static String counting() {
    ByteBuffer map = ByteBuffer.allocate(4 + 4 * 768 + 2).order(ByteOrder.LITTLE_ENDIAN);
    map.putInt(4 * 768);
    map.putInt(256 << 10);
    for (int label = 1; label < 256; label++) {
      int at = 256 ^ label;
      int unit = label == '\n' ? 0 : label | 1 << 8 | (at ^ 512) << 10;
      map.putInt(4 + 4 * at, unit);
    }
    map.position(4 + 4 * 768);
    map.put("z\0".getBytes(StandardCharsets.UTF_8));
    return "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"%s\"}"
        .formatted(Base64.getEncoder().encodeToString(map.array()));
  }

  /** The code points with which such a text has so many clusters, as {@link #counting} counts. */
  private static BitSet with(int clusters, String before, String after) {
    List<String> results =
        ask(
            counting(),
            "\n",
            codePoint ->
                codePoint == '\r' || codePoint == 0
                    ? ""
                    : before + Character.toString(codePoint) + after);
    BitSet found = new BitSet();
    for (int codePoint = 0; codePoint < UnicodeProbe.END; codePoint++) {
      if (results.get(codePoint).length() == clusters) {
        found.set(codePoint);
      }
    }
    return found;
  }

  private static byte[] graphemeClasses() {
    BitSet joining = with(1, "a", "");
    BitSet prepended = with(1, "", "a");
    BitSet controls = with(2, "", "\u0300\u0300");
    BitSet extending = with(5, "\u00A9", "\u200D\u00A9\u0300");
    BitSet pictographs = with(3, "\u00A9\u200D", "");
    BitSet consonants = with(4, "\u0915\u094D", "\u0300");
    BitSet linkers = with(4, "\u0915", "\u0915\u0300");
    BitSet conjoining = with(5, "\u0915", "\u094D\u0915\u0300");
    byte[] classes = new byte[UnicodeProbe.END];
    for (int codePoint = 0; codePoint < UnicodeProbe.END; codePoint++) {
      if (!UnicodeProbe.scalar().test(codePoint)) {
        continue;
      }
      int value = GraphemeClasses.OTHER;
      if (codePoint == '\r') {
        value = GraphemeClasses.CR;
      } else if (codePoint == '\n') {
        value = GraphemeClasses.LF;
      } else if (codePoint == 0x200D) {
        value = GraphemeClasses.ZWJ | (conjoining.get(codePoint) ? GraphemeClasses.CONJOINING : 0);
      } else if (joining.get(codePoint)) {
        value = extending.get(codePoint) ? GraphemeClasses.EXTEND : GraphemeClasses.SPACING;
        if (linkers.get(codePoint)) {
          value |= GraphemeClasses.LINKER;
        } else if (conjoining.get(codePoint)) {
          value |= GraphemeClasses.CONJOINING;
        }
      } else if (codePoint == 0 || controls.get(codePoint)) {
        value = GraphemeClasses.CONTROL;
      } else if (prepended.get(codePoint)) {
        value = GraphemeClasses.PREPEND;
      } else if (pictographs.get(codePoint)) {
        value = GraphemeClasses.PICTOGRAPH;
      } else if (codePoint < 0x10000 && consonants.get(codePoint)) {
        value = GraphemeClasses.CONSONANT;
      } else {
        value = hangul(codePoint);
      }
      classes[codePoint] = (byte) value;
    }
    return classes;
  }

  /** Clusters of Hangul have six bytes at least; which character is of which kind is settled. */
  private static int hangul(int codePoint) {
    if ((codePoint >= 0x1100 && codePoint < 0x1160)
        || (codePoint >= 0xA960 && codePoint < 0xA97D)) {
      return GraphemeClasses.LEAD;
    }
    if ((codePoint >= 0x1160 && codePoint < 0x11A8)
        || (codePoint >= 0xD7B0 && codePoint < 0xD7C7)) {
      return GraphemeClasses.VOWEL;
    }
    if ((codePoint >= 0x11A8 && codePoint < 0x1200)
        || (codePoint >= 0xD7CB && codePoint < 0xD7FC)) {
      return GraphemeClasses.TAIL;
    }
    if (codePoint >= 0xAC00 && codePoint < 0xAC00 + 11_172) {
      return (codePoint - 0xAC00) % 28 == 0
          ? GraphemeClasses.OPEN_SYLLABLE
          : GraphemeClasses.CLOSED_SYLLABLE;
    }
    return GraphemeClasses.OTHER;
  }
}
