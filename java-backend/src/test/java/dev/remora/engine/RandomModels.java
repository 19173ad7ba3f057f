package dev.remora.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.remora.core.text.ByteAlphabet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes tokenizers of every model out of a seed: small vocabularies in which much is unknown. */
final class RandomModels {
  private static final String LETTERS = "abcdefghij \u2581.'1\u00E9\u0430\u0431\u4E2D\u56FD\u4E00";

  private final SplittableRandom random;

  RandomModels(long seed) {
    this.random = new SplittableRandom(seed);
  }

  private String letter() {
    int[] all = LETTERS.codePoints().toArray();
    return Character.toString(all[random.nextInt(all.length)]);
  }

  private String word(int most) {
    StringBuilder word = new StringBuilder();
    for (int left = 1 + random.nextInt(most); left > 0; left--) {
      word.append(letter());
    }
    return word.toString();
  }

  private static String json(JsonObject model, String preTokenizer) {
    JsonObject json = new JsonObject();
    json.addProperty("version", "1.0");
    json.add("added_tokens", new JsonArray());
    json.add("normalizer", null);
    json.add("pre_tokenizer", JsonParser.parseString(preTokenizer));
    json.add("post_processor", null);
    json.add("decoder", null);
    json.add("model", model);
    return json.toString();
  }

  private String preTokenizer() {
    return switch (random.nextInt(4)) {
      case 0 -> "null";
      case 1 -> metaspace("never");
      case 2 -> metaspace("first");
      default -> metaspace("always");
    };
  }

  private static String metaspace(String scheme) {
    return """
    {"type":"Metaspace","replacement":"\u2581","prepend_scheme":"%s","split":true}
    """
        .formatted(scheme);
  }

  private static JsonObject ids(Iterable<String> tokens) {
    JsonObject ids = new JsonObject();
    for (String token : tokens) {
      ids.addProperty(token, ids.size());
    }
    return ids;
  }

  String wordPiece() {
    String prefix = random.nextInt(4) == 0 ? "" : "##";
    Set<String> tokens = new LinkedHashSet<>(List.of("[UNK]"));
    for (int count = 0; count < 150; count++) {
      tokens.add((random.nextBoolean() ? prefix : "") + word(random.nextBoolean() ? 1 : 4));
    }
    JsonObject model = new JsonObject();
    model.addProperty("type", "WordPiece");
    model.addProperty("unk_token", "[UNK]");
    model.addProperty("continuing_subword_prefix", prefix);
    model.addProperty("max_input_chars_per_word", random.nextBoolean() ? 100 : 6);
    model.add("vocab", ids(tokens));
    return json(model, preTokenizer());
  }

  String wordLevel() {
    Set<String> tokens = new LinkedHashSet<>(List.of("<unk>"));
    for (int count = 0; count < 200; count++) {
      tokens.add((random.nextBoolean() ? "\u2581" : "") + word(3));
    }
    JsonObject model = new JsonObject();
    model.addProperty("type", "WordLevel");
    model.addProperty("unk_token", "<unk>");
    model.add("vocab", ids(tokens));
    return json(model, preTokenizer());
  }

  String unigram() {
    JsonArray vocabulary = new JsonArray();
    Set<String> tokens = new LinkedHashSet<>(List.of("<unk>", "<s>"));
    int bytes = random.nextInt(3);
    for (int value = 0; bytes > 0 && value < 256; value++) {
      if (bytes == 2 || random.nextInt(50) > 0) {
        tokens.add("<0x%02X>".formatted(value));
      }
    }
    for (int count = 0; count < 150; count++) {
      tokens.add(count < 6 ? letter() : letter() + word(3)); // few letters are known alone
    }
    int highest = random.nextInt(3) == 0 ? 40 : 0; // unknown characters are then likely
    for (String token : tokens) {
      JsonArray entry = new JsonArray();
      entry.add(token);
      boolean ties = random.nextBoolean();
      entry.add(highest - (ties ? random.nextInt(5) : 30 * random.nextDouble()));
      vocabulary.add(entry);
    }
    JsonObject model = new JsonObject();
    model.addProperty("type", "Unigram");
    model.addProperty("unk_id", random.nextInt(8) == 0 ? 5 : 0);
    model.addProperty("byte_fallback", bytes > 0);
    model.add("vocab", vocabulary);
    return json(model, preTokenizer());
  }

  /** BPE with what tokens inside or at the end of words have more, and unknown characters. */
  String bytePairs() {
    boolean byteLevel = random.nextInt(3) == 0;
    String prefix = random.nextInt(3) == 0 ? "##" : "";
    String suffix = random.nextInt(3) == 0 ? "</w>" : "";
    boolean fallback = prefix.isEmpty() && suffix.isEmpty() && random.nextBoolean();
    List<String> tokens = new ArrayList<>(List.of("<unk>", ""));
    for (int value = 0; fallback && value < 256; value++) {
      if (random.nextInt(20) > 0) {
        tokens.add("<0x%02X>".formatted(value));
      }
    }
    List<String> symbols = new ArrayList<>();
    for (int value = 0; byteLevel && value < 256; value++) {
      symbols.add(String.valueOf(ByteAlphabet.charOf(value)));
    }
    for (int count = 0; !byteLevel && count < 60; count++) {
      symbols.add(letter());
    }
    Set<String> parts = new LinkedHashSet<>();
    for (String symbol : symbols) {
      if (random.nextInt(8) > 0) {
        parts.add(symbol);
        parts.add(prefix + symbol);
        parts.add(symbol + suffix);
        parts.add(prefix + symbol + suffix);
      }
    }
    List<String> pool = new ArrayList<>(parts);
    JsonArray merges = new JsonArray();
    Set<String> all = new LinkedHashSet<>(tokens);
    all.addAll(parts);
    for (int count = 0; count < 150; count++) {
      String left = pool.get(random.nextInt(pool.size()));
      String right = pool.get(random.nextInt(pool.size()));
      boolean fits =
          right.startsWith(prefix)
              && (suffix.isEmpty() || !left.endsWith(suffix))
              && left.length() + right.length() < 12;
      String product = fits ? left + right.substring(prefix.length()) : "";
      if (fits && !left.contains(" ") && !right.contains(" ")) {
        merges.add(left + " " + right);
        if (all.add(product)) {
          pool.add(product);
        }
      }
    }
    JsonObject model = new JsonObject();
    model.addProperty("type", "BPE");
    model.add("dropout", null);
    model.addProperty("unk_token", random.nextInt(3) > 0 ? "<unk>" : null);
    model.addProperty("continuing_subword_prefix", prefix.isEmpty() ? null : prefix);
    model.addProperty("end_of_word_suffix", suffix.isEmpty() ? null : suffix);
    model.addProperty("fuse_unk", random.nextBoolean());
    model.addProperty("byte_fallback", fallback);
    model.addProperty("ignore_merges", random.nextInt(3) == 0);
    model.add("vocab", ids(all));
    model.add("merges", merges);
    return json(
        model,
        byteLevel
            ? "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"use_regex\":true,\"trim_offsets\":true}"
            : preTokenizer());
  }

  /** Text of the letters that vocabularies are made of, and some others. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      text.append(random.nextInt(6) == 0 ? Character.toString(random.nextInt(0x3000)) : word(4));
    }
    return text.toString();
  }
}
