package dev.remora.engine.normalize;

import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.UnicodeTables;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the tables of {@link UnicodeTables} from what the reference answers: {@code
 * UnicodeTablesWriter FOLDER}. Takes about half a minute.
 */
final class UnicodeTablesWriter {
  private static final String[] CATEGORIES = {
    "\\p{Lu}", "\\p{Ll}", "\\p{Lt}", "\\p{Lm}", "\\p{Lo}", "\\p{M}", "\\p{N}", "\\s"
  };

  private final byte[] classes = new byte[UnicodeProbe.END];
  private final Map<Integer, int[]> decompositions = new TreeMap<>();
  private final Map<Integer, Integer> combining = new TreeMap<>();
  private final List<int[]> compositions = new ArrayList<>();

  private UnicodeTablesWriter() {}

  public static void main(String[] arguments) throws IOException {
    UnicodeTablesWriter writer = new UnicodeTablesWriter();
    writer.probeCategories();
    writer.probeDecompositions();
    writer.probeCombiningClasses();
    writer.probeCompositions();
    writer.flagWhatMayChange();
    try (DataOutputStream out = open(arguments[0], UnicodeTables.CLASSES)) {
      writeClasses(writer.classes, out);
    }
    try (DataOutputStream out = open(arguments[0], UnicodeTables.NORMALIZATION)) {
      writer.writeNormalization(out);
    }
  }

  static DataOutputStream open(String folder, String name) throws IOException {
    return new DataOutputStream(
        new BufferedOutputStream(Files.newOutputStream(Path.of(folder, name))));
  }

  private void probeCategories() {
    for (int category = 0; category < CATEGORIES.length; category++) {
      BitSet matching = UnicodeProbe.matching(CATEGORIES[category]);
      int value = category + 1;
      matching.stream().forEach(codePoint -> classes[codePoint] = (byte) value);
    }
    UnicodeProbe.matching("\\p{Han}").stream()
        .forEach(codePoint -> classes[codePoint] |= CharacterClasses.HAN);
    UnicodeProbe.matching("[\\p{P}\\p{S}]").stream()
        .forEach(codePoint -> classes[codePoint] |= (byte) CharacterClasses.SIGN);
    UnicodeProbe.beforeToken("single_word").stream()
        .forEach(codePoint -> classes[codePoint] |= CharacterClasses.WORD);
    BitSet strippable = UnicodeProbe.beforeToken("lstrip");
    if (!strippable.equals(UnicodeProbe.matching("\\s"))) {
      throw new IllegalStateException("white space of the regex is not that of lstrip");
    }
  }

  private static List<String> everyCodePoint(String before) {
    List<String> texts = new ArrayList<>(UnicodeProbe.END);
    for (int codePoint = 0; codePoint < UnicodeProbe.END; codePoint++) {
      boolean sound = UnicodeProbe.scalar().test(codePoint) && codePoint != '\n';
      texts.add(sound ? before + Character.toString(codePoint) : "");
    }
    return texts;
  }

  private void probeDecompositions() {
    List<String> texts = everyCodePoint("");
    List<String> decomposed = UnicodeProbe.normalized("NFD", texts);
    for (int codePoint = 0; codePoint < UnicodeProbe.END; codePoint++) {
      if (!decomposed.get(codePoint).equals(texts.get(codePoint)) && !isHangul(codePoint)) {
        decompositions.put(codePoint, decomposed.get(codePoint).codePoints().toArray());
      }
    }
  }

  private static boolean isHangul(int codePoint) {
    return codePoint >= 0xAC00 && codePoint < 0xAC00 + 11_172;
  }

  /** Classes are numbered by their order, which is all that counts. */
  private void probeCombiningClasses() {
    TreeSet<Integer> marks = new TreeSet<>();
    collectReordered(marks, "\u3099", ""); // class 8: finds those below
    collectReordered(marks, "", "\u0334"); // class 1: finds those above
    List<String> pairs = new ArrayList<>();
    for (int first : marks) {
      for (int second : marks) {
        pairs.add("x" + Character.toString(first) + Character.toString(second));
      }
    }
    List<String> normalized = UnicodeProbe.normalized("NFD", pairs);
    Map<Integer, Integer> lower = new LinkedHashMap<>();
    int at = 0;
    for (int first : marks) {
      int count = 0;
      for (int second = 0; second < marks.size(); second++, at++) {
        count += normalized.get(at).equals(pairs.get(at)) ? 0 : 1;
      }
      lower.put(first, count);
    }
    List<Integer> order = new ArrayList<>(new TreeSet<>(lower.values()));
    lower.forEach((mark, count) -> combining.put(mark, order.indexOf(count) + 1));
  }

  private void collectReordered(Set<Integer> marks, String before, String after) {
    List<String> texts = new ArrayList<>();
    everyCodePoint("x" + before).forEach(text -> texts.add(text.isEmpty() ? "" : text + after));
    List<String> normalized = UnicodeProbe.normalized("NFD", texts);
    for (int codePoint = 0; codePoint < UnicodeProbe.END; codePoint++) {
      String reordered =
          "x"
              + (before.isEmpty() ? after : "")
              + Character.toString(codePoint)
              + (before.isEmpty() ? "" : before);
      if (!decompositions.containsKey(codePoint)
          && !texts.get(codePoint).equals(normalized.get(codePoint))
          && normalized.get(codePoint).equals(reordered)) {
        marks.add(codePoint);
      }
    }
  }

  private void probeCompositions() {
    List<int[]> candidates = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    decompositions.forEach(
        (codePoint, parts) -> {
          if (parts.length > 1) {
            candidates.add(new int[] {0, parts[parts.length - 1], codePoint});
            prefixes.add(new String(parts, 0, parts.length - 1));
          }
        });
    List<String> firsts = UnicodeProbe.normalized("NFC", prefixes);
    List<String> pairs = new ArrayList<>();
    for (int index = 0; index < candidates.size(); index++) {
      candidates.get(index)[0] = firsts.get(index).codePointAt(0);
      pairs.add(firsts.get(index) + Character.toString(candidates.get(index)[1]));
    }
    List<String> composed = UnicodeProbe.normalized("NFC", pairs);
    for (int index = 0; index < candidates.size(); index++) {
      int[] pair = candidates.get(index);
      if (firsts.get(index).codePointCount(0, firsts.get(index).length()) == 1
          && composed.get(index).equals(Character.toString(pair[2]))) {
        compositions.add(pair);
      }
    }
  }

  /** What NFC may replace, reorder, or compose with what is before. */
  private void flagWhatMayChange() {
    Set<Integer> composed = new TreeSet<>();
    Set<Integer> flagged = new TreeSet<>(combining.keySet());
    for (int[] pair : compositions) {
      flagged.add(pair[1]);
      composed.add(pair[2]);
    }
    for (int codePoint : decompositions.keySet()) {
      if (!composed.contains(codePoint)) {
        flagged.add(codePoint);
      }
    }
    for (int jamo = 0; jamo < FormComposer.VOWEL_COUNT; jamo++) {
      flagged.add(FormComposer.VOWELS + jamo);
    }
    for (int jamo = 1; jamo < FormComposer.TAIL_COUNT; jamo++) {
      flagged.add(FormComposer.TAILS + jamo);
    }
    flagged.forEach(codePoint -> classes[codePoint] |= CharacterClasses.MAY_CHANGE);
  }

  static void writeClasses(byte[] classes, DataOutputStream out) throws IOException {
    for (int codePoint = 1; codePoint <= classes.length; codePoint++) {
      if (codePoint == classes.length || classes[codePoint] != classes[codePoint - 1]) {
        out.writeByte(classes[codePoint - 1]);
        writeCodePoint(out, codePoint);
      }
    }
  }

  private void writeNormalization(DataOutputStream out) throws IOException {
    out.writeShort(combining.size());
    for (Map.Entry<Integer, Integer> mark : combining.entrySet()) {
      writeCodePoint(out, mark.getKey());
      out.writeByte(mark.getValue());
    }
    out.writeShort(decompositions.size());
    for (Map.Entry<Integer, int[]> entry : decompositions.entrySet()) {
      writeCodePoint(out, entry.getKey());
      out.writeByte(entry.getValue().length);
      for (int part : entry.getValue()) {
        writeCodePoint(out, part);
      }
    }
    out.writeShort(compositions.size());
    for (int[] pair : compositions) {
      for (int part : pair) {
        writeCodePoint(out, part);
      }
    }
    System.out.printf(
        "%d marks, %d decompositions, %d compositions%n",
        combining.size(), decompositions.size(), compositions.size());
  }

  static void writeCodePoint(DataOutputStream out, int codePoint) throws IOException {
    out.writeByte(codePoint >> 16);
    out.writeShort(codePoint);
  }
}
