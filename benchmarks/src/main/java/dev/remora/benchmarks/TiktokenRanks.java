package dev.remora.benchmarks;

import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tiktoken vocabulary as a tokenizer.json, its merges recovered as Hugging Face does. */
final class TiktokenRanks {
  private final Map<String, Integer> ranks = new LinkedHashMap<>(); // bytes as Latin-1

  private TiktokenRanks() {}

  static TiktokenRanks read(byte[] file) {
    TiktokenRanks ranks = new TiktokenRanks();
    new String(file, StandardCharsets.US_ASCII).lines().forEach(ranks::add);
    return ranks;
  }

  private void add(String line) {
    int space = line.indexOf(' ');
    if (space > 0) {
      byte[] token = Base64.getDecoder().decode(line.substring(0, space));
      ranks.put(
          new String(token, StandardCharsets.ISO_8859_1),
          Integer.valueOf(line.substring(space + 1)));
    }
  }

  byte[] tokenizerJson(String pattern) {
    char[] letters = byteLetters();
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    ranks.forEach((token, rank) -> vocabulary.put(spelled(token, letters), rank));
    Map<String, Object> split = new LinkedHashMap<>();
    split.put("type", "Split");
    split.put("pattern", Map.of("Regex", pattern));
    split.put("behavior", "Isolated");
    split.put("invert", false);
    Map<String, Object> byteLevel = new LinkedHashMap<>();
    byteLevel.put("type", "ByteLevel");
    byteLevel.put("add_prefix_space", false);
    byteLevel.put("trim_offsets", true);
    byteLevel.put("use_regex", false);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("ignore_merges", true);
    model.put("vocab", vocabulary);
    model.put("merges", merges(letters));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", "1.0");
    root.put("added_tokens", List.of());
    root.put(
        "pre_tokenizer", Map.of("type", "Sequence", "pretokenizers", List.of(split, byteLevel)));
    root.put("decoder", byteLevel);
    root.put("model", model);
    return new Gson().toJson(root).getBytes(StandardCharsets.UTF_8);
  }

  private List<List<String>> merges(char[] letters) {
    List<List<String>> merges = new ArrayList<>();
    ranks.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> splits(entry.getKey(), letters, merges));
    return merges;
  }

  private void splits(String token, char[] letters, List<List<String>> merges) {
    List<Integer> cuts = new ArrayList<>();
    for (int cut = 1; cut < token.length(); cut++) {
      if (ranks.containsKey(token.substring(0, cut)) && ranks.containsKey(token.substring(cut))) {
        cuts.add(cut);
      }
    }
    Map<Integer, Integer> lefts = new HashMap<>();
    cuts.forEach(cut -> lefts.put(cut, ranks.getOrDefault(token.substring(0, cut), 0)));
    cuts.sort(Comparator.comparing(lefts::get));
    for (int cut : cuts) {
      merges.add(
          List.of(
              spelled(token.substring(0, cut), letters), spelled(token.substring(cut), letters)));
    }
  }

  private static String spelled(String latin1, char[] letters) {
    StringBuilder text = new StringBuilder(latin1.length());
    for (int at = 0; at < latin1.length(); at++) {
      text.append(letters[latin1.charAt(at)]);
    }
    return text.toString();
  }

  /** The letter of each byte in byte-level vocabularies: printable ones stand for themselves. */
  private static char[] byteLetters() {
    char[] letters = new char[256];
    char next = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value > 32 && value < 127) || (value > 160 && value < 173) || value > 173;
      letters[value] = printable ? (char) value : next++;
    }
    return letters;
  }
}
