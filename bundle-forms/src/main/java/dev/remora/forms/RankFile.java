package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.core.guard.BuildGuard;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads tiktoken's rank files: lines of a token in base64, a space and its rank. */
final class RankFile {
  private static final int MAX_TOKEN_BYTES = RankedTokens.MAX_TOKEN_BYTES;

  /** Ranks without a token cost memory: a few hundred are real. */
  private static final int MAX_GAP = 1 << 16;

  private final String name;
  private final byte[] file;
  private final BuildGuard guard;

  private RankFile(String name, byte[] file, BuildGuard guard) {
    this.name = name;
    this.file = file;
    this.guard = guard;
  }

  /** Whether the first line looks like one of a rank file. */
  static boolean isOne(byte[] file) {
    int end = 0;
    while (end < file.length && end < 2 * MAX_TOKEN_BYTES && file[end] != '\n') {
      end++;
    }
    return new String(file, 0, end, StandardCharsets.ISO_8859_1)
        .matches("[A-Za-z0-9+/]+=* [0-9]+\\r?");
  }

  /**
   * The tokens by rank; a rank without a token is empty.
   *
   * @param guard ends it early
   * @throws BundleException if a line is not as it must be
   */
  static byte[][] read(String name, byte[] file, BuildGuard guard) {
    return new RankFile(name, file, guard).read();
  }

  private byte[][] read() {
    byte[][] tokens = new byte[1 << 12][];
    int bound = 0;
    int line = 0;
    for (int from = 0; from < file.length; ) {
      int to = indexOf('\n', from, file.length);
      guard.check(line++);
      int space = indexOf(' ', from, to);
      if (space < to) {
        int rank = rank(space + 1, to, line);
        if (rank >= tokens.length) {
          tokens = Arrays.copyOf(tokens, Math.max(rank + 1, 2 * tokens.length));
        }
        tokens[rank] = token(Arrays.copyOfRange(file, from, space), line);
        bound = Math.max(bound, rank + 1);
      } else if (to > from) {
        throw broken(line, null);
      }
      from = to + 1;
    }
    tokens = Arrays.copyOf(tokens, bound);
    byte[] none = {};
    for (int rank = 0; rank < bound; rank++) {
      tokens[rank] = tokens[rank] == null ? none : tokens[rank];
    }
    return tokens;
  }

  private int indexOf(char wanted, int from, int to) {
    int at = from;
    while (at < to && file[at] != wanted) {
      at++;
    }
    return at;
  }

  private int rank(int from, int to, int line) {
    String digits = new String(file, from, to - from, StandardCharsets.US_ASCII).strip();
    try {
      int rank = Integer.parseInt(digits);
      if (rank >= 0 && rank < file.length + MAX_GAP) {
        return rank;
      }
    } catch (NumberFormatException e) {
      throw broken(line, e);
    }
    throw broken(line, null);
  }

  private byte[] token(byte[] base64, int line) {
    try {
      byte[] token = Base64.getDecoder().decode(base64);
      if (token.length > 0 && token.length <= MAX_TOKEN_BYTES) {
        return token;
      }
    } catch (IllegalArgumentException e) {
      throw broken(line, e);
    }
    throw broken(line, null);
  }

  private BundleException broken(int line, @Nullable Throwable cause) {
    return new BundleException(
        Rule.C8,
        name,
        String.format(
            Locale.ROOT,
            "line %,d is not a token of at most %,d bytes and its rank",
            line,
            MAX_TOKEN_BYTES),
        cause);
  }
}
