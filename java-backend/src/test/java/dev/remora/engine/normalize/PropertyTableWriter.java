package dev.remora.engine.normalize;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.remora.engine.Reference;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the resource {@code properties.table}, the sets of characters that regexes and
 * pre-tokenizers name, from what the reference answers: {@code PropertyTableWriter FOLDER}. Takes
 * about ten minutes.
 */
final class PropertyTableWriter {
  private static final String[] CATEGORIES = {
    "lu uppercaseletter",
    "ll lowercaseletter",
    "lt titlecaseletter",
    "lm modifierletter",
    "lo otherletter",
    "mn nonspacingmark",
    "mc spacingmark",
    "me enclosingmark",
    "nd decimalnumber",
    "nl letternumber",
    "no othernumber",
    "pc connectorpunctuation",
    "pd dashpunctuation",
    "ps openpunctuation",
    "pe closepunctuation",
    "pi initialpunctuation",
    "pf finalpunctuation",
    "po otherpunctuation",
    "sm mathsymbol",
    "sc currencysymbol",
    "sk modifiersymbol",
    "so othersymbol",
    "zs spaceseparator",
    "zl lineseparator",
    "zp paragraphseparator",
    "cc control",
    "cf format",
    "co privateuse",
    "cn unassigned",
    "l letter",
    "lc casedletter",
    "m mark combiningmark",
    "n number",
    "p punctuation punct",
    "s symbol",
    "z separator",
    "c other"
  };

  private static final String[] BINARY = {
    "alphabetic alpha",
    "uppercase upper",
    "lowercase lower",
    "whitespace space",
    "word",
    "alnum",
    "blank",
    "cntrl",
    "digit",
    "graph",
    "print",
    "xdigit",
    "ascii",
    "any",
    "assigned",
    "emoji",
    "emojipresentation",
    "emojimodifier",
    "emojimodifierbase",
    "emojicomponent",
    "extendedpictographic",
    "ideographic ideo",
    "unifiedideograph",
    "hexdigit hex",
    "asciihexdigit ahex",
    "dash",
    "math",
    "idstart",
    "idcontinue",
    "xidstart",
    "xidcontinue",
    "diacritic dia",
    "extender ext",
    "cased",
    "caseignorable ci",
    "quotationmark qmark",
    "terminalpunctuation term",
    "sentenceterminal sterm",
    "radical",
    "variationselector vs",
    "joincontrol",
    "graphemeextend grext",
    "graphemebase grbase"
  };

  private static final String[] POSIX = {
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
    "space", "upper", "xdigit", "word"
  };

  private static final String[] NEWER_SCRIPTS = { // than those of Java 17
    "cyprominoan", "garay", "gurungkhema", "kawi", "kiratrai", "nagmundari", "olonal",
    "olduyghur", "sunuwar", "tangsa", "todhri", "toto", "tulutigalari", "vithkuqi"
  };

  private static final Map<String, String> SCRIPT_CODES =
      Map.ofEntries(
          Map.entry("arabic", "arab"),
          Map.entry("armenian", "armn"),
          Map.entry("bengali", "beng"),
          Map.entry("bopomofo", "bopo"),
          Map.entry("common", "zyyy"),
          Map.entry("cyrillic", "cyrl"),
          Map.entry("devanagari", "deva"),
          Map.entry("ethiopic", "ethi"),
          Map.entry("georgian", "geor"),
          Map.entry("greek", "grek"),
          Map.entry("gujarati", "gujr"),
          Map.entry("gurmukhi", "guru"),
          Map.entry("han", "hani"),
          Map.entry("hangul", "hang"),
          Map.entry("hebrew", "hebr"),
          Map.entry("hiragana", "hira"),
          Map.entry("inherited", "zinh"),
          Map.entry("kannada", "knda"),
          Map.entry("katakana", "kana"),
          Map.entry("khmer", "khmr"),
          Map.entry("lao", "laoo"),
          Map.entry("latin", "latn"),
          Map.entry("malayalam", "mlym"),
          Map.entry("mongolian", "mong"),
          Map.entry("myanmar", "mymr"),
          Map.entry("oriya", "orya"),
          Map.entry("sinhala", "sinh"),
          Map.entry("tamil", "taml"),
          Map.entry("telugu", "telu"),
          Map.entry("thai", "thai"),
          Map.entry("tibetan", "tibt"),
          Map.entry("unknown", "zzzz"));

  private final Map<String, BitSet> sets = new LinkedHashMap<>(); // by names, with spaces between

  private PropertyTableWriter() {}

  public static void main(String[] arguments) throws IOException {
    PropertyTableWriter writer = new PropertyTableWriter();
    writer.probeProperties();
    writer.probePreTokenizers();
    writer.probeScripts();
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                Files.newOutputStream(Path.of(arguments[0], "properties.table"))))) {
      writer.write(out);
    }
  }

  private void probeProperties() {
    sets.put("\\s", UnicodeProbe.matching("\\s"));
    sets.put("\\d", UnicodeProbe.matching("\\d"));
    sets.put("\\w", UnicodeProbe.matching("\\w"));
    sets.put("\\h", UnicodeProbe.matching("\\h"));
    for (String names : CATEGORIES) {
      probe(names);
    }
    for (String names : BINARY) {
      probe(names);
    }
    for (String name : POSIX) {
      add("[:" + name + ":]", UnicodeProbe.matching("[[:" + name + ":]]"));
    }
    List<String> scripts = new ArrayList<>(List.of(NEWER_SCRIPTS));
    for (Character.UnicodeScript script : Character.UnicodeScript.values()) {
      scripts.add(script.name().toLowerCase(Locale.ROOT).replace("_", ""));
    }
    for (String script : scripts) {
      String code = SCRIPT_CODES.get(script);
      probe(code == null || code.equals(script) ? script : script + " " + code);
    }
  }

  /** The names of one set; that the others are the same, one look at a part of Unicode tells. */
  private void probe(String names) {
    List<String> known = new ArrayList<>();
    BitSet set = new BitSet();
    for (String name : names.split(" ", -1)) {
      try {
        BitSet found = UnicodeProbe.matching("\\p{" + name + "}");
        if (!known.isEmpty() && !found.equals(set)) {
          throw new IllegalStateException(name + " is not " + known);
        }
        set = found;
        known.add(name);
      } catch (RuntimeException e) {
        if (e instanceof IllegalStateException) {
          throw e;
        }
        System.out.println("not known to the reference: " + name);
      }
    }
    if (!known.isEmpty()) {
      add(String.join(" ", known), set);
    }
  }

  private void add(String names, BitSet set) {
    System.out.println(names + ": " + set.cardinality());
    sets.put(names, set);
  }

  /** What Rust's own classes hold, and those of the crates that pre-tokenizers are made with. */
  private void probePreTokenizers() {
    add("numbers of Digits", alone("{\"type\":\"Digits\",\"individual_digits\":true}"));
    add("punctuation of Bert", alone("{\"type\":\"Punctuation\",\"behavior\":\"Isolated\"}"));
    add("space of WhitespaceSplit", removed("{\"type\":\"WhitespaceSplit\"}"));
    add("word of Whitespace", UnicodeProbe.beforeToken("single_word"));
  }

  private static String json(String preTokenizer) {
    return """
        {"version":"1.0","added_tokens":[],"normalizer":null,"post_processor":null,"decoder":null,
         "pre_tokenizer":%s,"model":{"type":"WordLevel","vocab":{"?":0},"unk_token":"?"}}
        """
        .formatted(preTokenizer);
  }

  private static final int CHUNK = 4_000;

  /** Code points with a letter before each. */
  private static String between(int[] codePoints, String letter) {
    StringBuilder text = new StringBuilder();
    for (int codePoint : codePoints) {
      text.append(letter).appendCodePoint(codePoint);
    }
    return text.append(letter).toString();
  }

  private static List<int[]> chunks() {
    List<int[]> chunks = new ArrayList<>();
    for (int from = 0; from < UnicodeProbe.END; from += CHUNK) {
      chunks.add(
          IntStream.range(from, Math.min(UnicodeProbe.END, from + CHUNK))
              .filter(UnicodeProbe.scalar())
              .toArray());
    }
    return chunks;
  }

  /** The code points that are a piece of their own between letters. */
  private static BitSet alone(String preTokenizer) {
    BitSet alone = new BitSet(UnicodeProbe.END);
    try (Reference reference = Reference.of(json(preTokenizer))) {
      for (int[] chunk : chunks()) {
        if (chunk.length > 0) {
          for (@Nullable CharSpan span : reference.spans(between(chunk, "a"), false)) {
            if (span.getEnd() - span.getStart() == 1 && span.getStart() % 2 == 1) {
              alone.set(chunk[span.getStart() / 2]);
            }
          }
        }
      }
    }
    return alone;
  }

  /** The code points that are in no piece. */
  private static BitSet removed(String preTokenizer) {
    BitSet removed = new BitSet(UnicodeProbe.END);
    try (Reference reference = Reference.of(json(preTokenizer))) {
      for (int[] chunk : chunks()) {
        BitSet kept = new BitSet();
        if (chunk.length > 0) {
          for (@Nullable CharSpan span : reference.spans(between(chunk, "a"), false)) {
            kept.set(span.getStart(), span.getEnd());
          }
        }
        for (int index = 0; index < chunk.length; index++) {
          removed.set(chunk[index], !kept.get(2 * index + 1));
        }
      }
    }
    return removed;
  }

  /** The scripts of UnicodeScripts, found by whether there is a cut between two characters. */
  private void probeScripts() {
    try (Reference reference = Reference.of(json("{\"type\":\"UnicodeScripts\"}"))) {
      BitSet latin = joined(reference, "a");
      BitSet cyrillic = joined(reference, "\u0436");
      BitSet none = (BitSet) latin.clone();
      none.and(cyrillic);
      add("script 0", none);
      BitSet left = new BitSet(UnicodeProbe.END);
      IntStream.range(0, UnicodeProbe.END).filter(UnicodeProbe.scalar()).forEach(left::set);
      left.andNot(none);
      for (int number = 1; !left.isEmpty(); number++) {
        int first = left.nextSetBit(0);
        BitSet script = joined(reference, Character.toString(first));
        script.and(left);
        script.set(first);
        add("script " + number, script);
        left.andNot(script);
      }
    }
  }

  private static BitSet joined(Reference reference, String letter) {
    BitSet joined = new BitSet(UnicodeProbe.END);
    for (int[] chunk : chunks()) {
      BitSet starts = new BitSet();
      if (chunk.length > 0) {
        for (@Nullable CharSpan span : reference.spans(between(chunk, letter), false)) {
          starts.set(span.getStart());
        }
      }
      for (int index = 0; index < chunk.length; index++) {
        boolean cut = starts.get(2 * index + 1) || starts.get(2 * index + 2);
        joined.set(chunk[index], !cut);
      }
    }
    return joined;
  }

  /** Equal sets are written once. */
  private void write(DataOutputStream out) throws IOException {
    Map<BitSet, List<String>> distinct = new LinkedHashMap<>();
    sets.forEach(
        (names, set) -> {
          List<String> all = distinct.computeIfAbsent(set, key -> new ArrayList<>());
          boolean isOne = names.contains(" of ") || names.startsWith("script ");
          all.addAll(isOne ? List.of(names) : Arrays.asList(names.split(" ", -1)));
        });
    out.writeShort(distinct.size());
    for (Map.Entry<BitSet, List<String>> entry : distinct.entrySet()) {
      out.writeShort(entry.getValue().size());
      for (String name : entry.getValue()) {
        out.writeUTF(name);
      }
      BitSet set = entry.getKey();
      List<Integer> bounds = new ArrayList<>();
      for (int from = set.nextSetBit(0); from >= 0; ) {
        int to = set.nextClearBit(from);
        bounds.add(from);
        bounds.add(to);
        from = set.nextSetBit(to);
      }
      out.writeShort(bounds.size());
      int before = 0;
      for (int bound : bounds) {
        writeCount(out, bound - before);
        before = bound;
      }
    }
  }

  /** Seven bits at a time, the lowest first. */
  private static void writeCount(DataOutputStream out, int count) throws IOException {
    int left = count;
    while (left >= 0x80) {
      out.writeByte(left | 0x80);
      left >>>= 7;
    }
    out.writeByte(left);
  }
}
