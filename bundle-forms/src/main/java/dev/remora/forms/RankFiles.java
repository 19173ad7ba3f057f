package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.spi.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns tiktoken's rank files into a tokenizer.json. Thread-safe.
 *
 * <p>A rank file names tokens, not merges. They are recovered as Hugging Face recovers them: every
 * way to cut a token into two tokens is a merge, in the order of the token's rank, then of the
 * ranks of the two parts.
 */
public final class RankFiles {
  private final RankFamily family;
  private final byte[][] tokens; // by rank; a rank without a token is empty
  private final Vocabulary ranks;
  private final StringBuilder json = new StringBuilder(1 << 23);

  private RankFiles(RankFamily family, byte[][] tokens) {
    this.family = family;
    this.tokens = tokens;
    Vocabulary.Builder builder = Vocabulary.builder();
    for (int rank = 0; rank < tokens.length; rank++) {
      if (tokens[rank].length > 0) {
        builder.token(tokens[rank], 0, tokens[rank].length, rank);
      }
    }
    this.ranks = builder.build();
  }

  /**
   * The tokenizer.json of a rank file, in UTF-8.
   *
   * @param family {@code o200k_base} or {@code cl100k_base}
   * @param rankFile lines of a token in base64, a space and its rank
   * @throws IllegalArgumentException if there is no such family
   * @throws BundleException if a line is not as it must be
   */
  public static byte[] toTokenizerJson(String family, byte[] rankFile) {
    return new RankFiles(RankFamily.named(family), parse(rankFile)).write();
  }

  private static byte[][] parse(byte[] rankFile) {
    byte[][] tokens = new byte[1 << 18][];
    int bound = 0;
    int line = 0;
    for (int from = 0; from < rankFile.length; ) {
      int to = indexOf(rankFile, '\n', from);
      line++;
      int space = indexOf(rankFile, ' ', from);
      if (to > from && space < to) {
        int rank = rank(rankFile, space + 1, to, line);
        if (rank >= tokens.length) {
          tokens = Arrays.copyOf(tokens, Math.max(rank + 1, 2 * tokens.length));
        }
        tokens[rank] = token(Arrays.copyOfRange(rankFile, from, space), line);
        bound = Math.max(bound, rank + 1);
      } else if (to > from) {
        throw broken(line, null);
      }
      from = to + 1;
    }
    tokens = Arrays.copyOf(tokens, bound);
    for (int rank = 0; rank < bound; rank++) {
      tokens[rank] = tokens[rank] == null ? new byte[0] : tokens[rank];
    }
    return tokens;
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static int rank(byte[] file, int from, int to, int line) {
    String digits = new String(file, from, to - from, StandardCharsets.US_ASCII).strip();
    try {
      int rank = Integer.parseInt(digits);
      if (rank >= 0 && rank < 1 << 24) {
        return rank;
      }
    } catch (NumberFormatException e) {
      throw broken(line, e);
    }
    throw broken(line, null);
  }

  private static byte[] token(byte[] base64, int line) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw broken(line, e);
    }
  }

  private static BundleException broken(int line, @Nullable Throwable cause) {
    return new BundleException(
        "C8", null, "line " + line + " of the rank file is no token and rank", cause);
  }

  private byte[] write() {
    json.append("{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[");
    writeAddedTokens();
    json.append("],\"normalizer\":null,\"pre_tokenizer\":{\"type\":\"Sequence\",")
        .append("\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":\"")
        .append(family.pattern().replace("\\", "\\\\"))
        .append("\"},\"behavior\":\"Isolated\",\"invert\":false},")
        .append(byteLevel(false, true, false))
        .append("]},\"post_processor\":")
        .append(byteLevel(true, false, true))
        .append(",\"decoder\":")
        .append(byteLevel(true, true, true))
        .append(",\"model\":{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":null,")
        .append("\"continuing_subword_prefix\":null,\"end_of_word_suffix\":null,")
        .append("\"fuse_unk\":false,\"byte_fallback\":false,\"ignore_merges\":true,\"vocab\":{");
    writeVocabulary();
    json.append("},\"merges\":[");
    writeMerges();
    return json.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String byteLevel(boolean prefixSpace, boolean trimOffsets, boolean useRegex) {
    return "{\"type\":\"ByteLevel\",\"add_prefix_space\":%s,\"trim_offsets\":%s,\"use_regex\":%s}"
        .formatted(prefixSpace, trimOffsets, useRegex);
  }

  private List<Map.Entry<String, Integer>> specialTokens() {
    List<Map.Entry<String, Integer>> special = new ArrayList<>(family.specialTokens().entrySet());
    special.sort(Map.Entry.comparingByValue());
    return special;
  }

  private void writeAddedTokens() {
    for (Map.Entry<String, Integer> token : specialTokens()) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
          .append("{\"id\":")
          .append(token.getValue())
          .append(",\"content\":\"")
          .append(token.getKey())
          .append("\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,")
          .append("\"normalized\":false,\"special\":true}");
    }
  }

  /** The special tokens too: only so do they keep ids that leave a gap. */
  private void writeVocabulary() {
    for (int rank = 0; rank < tokens.length; rank++) {
      if (tokens[rank].length > 0) {
        writeToken(tokens[rank], 0, tokens[rank].length, rank);
      }
    }
    specialTokens()
        .forEach(
            token -> {
              byte[] ascii = token.getKey().getBytes(StandardCharsets.US_ASCII);
              writeToken(ascii, 0, ascii.length, token.getValue());
            });
  }

  private void writeToken(byte[] token, int from, int to, int id) {
    json.append(json.charAt(json.length() - 1) == '{' ? "\"" : ",\"");
    ByteAlphabet.append(json, token, from, to);
    json.append("\":").append(id);
  }

  private void writeMerges() {
    List<int[]> cuts = new ArrayList<>();
    for (byte[] token : tokens) {
      cuts.clear();
      for (int cut = 1; cut < token.length; cut++) {
        int left = ranks.modelIdOf(token, 0, cut);
        int right = left < 0 ? -1 : ranks.modelIdOf(token, cut, token.length);
        if (right >= 0) {
          cuts.add(new int[] {left, right, cut});
        }
      }
      cuts.sort(Comparator.<int[]>comparingInt(cut -> cut[0]).thenComparingInt(cut -> cut[1]));
      for (int[] cut : cuts) {
        json.append(json.charAt(json.length() - 1) == '[' ? "\"" : ",\"");
        ByteAlphabet.append(json, token, 0, cut[2]);
        ByteAlphabet.append(json.append(' '), token, cut[2], token.length);
        json.append('"');
      }
    }
  }
}
