package dev.remora.springai;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.ai.transformer.splitter.TextSplitter;

/**
 * Splits documents by the tokens of the worker.
 *
 * <p>Each chunk, encoded alone and without special tokens, has at most the given number of tokens.
 * The chunks are substrings of the text, in order, and together the whole text; each begins with at
 * most the given number of the tokens with which the one before it ended. A text is cut between
 * tokens, and never inside a code point; one of which several tokens are made stays whole, and is a
 * chunk of its own should it have more tokens than a chunk may have.
 *
 * <p>Thread-safe as long as its setters are not called. The tokenizer stays the caller's, and must
 * stay open.
 */
public final class RemoraTextSplitter extends TextSplitter {
  private final Tokenizer tokenizer;
  private final int maxTokens;
  private final int overlap;

  private RemoraTextSplitter(Tokenizer tokenizer, int maxTokens, int overlap) {
    this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
    this.maxTokens = maxTokens;
    this.overlap = overlap;
  }

  /**
   * A splitter.
   *
   * @param maxTokens the most tokens of a chunk, at least 1
   * @param overlap the most tokens that a chunk has in common with the one before it, from 0, and
   *     fewer than those of a chunk
   * @throws IllegalArgumentException if one is out of its range
   */
  public static RemoraTextSplitter of(Tokenizer tokenizer, int maxTokens, int overlap) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
    if (overlap < 0 || overlap >= maxTokens) {
      throw new IllegalArgumentException(
          "overlap must be from 0 to " + (maxTokens - 1) + ", not " + overlap);
    }
    return new RemoraTextSplitter(tokenizer, maxTokens, overlap);
  }

  @Override
  protected List<String> splitText(String text) {
    Cuts cuts = Cuts.of(text, tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS));
    List<String> chunks = new ArrayList<>();
    int from = 0;
    int end = 0; // of the chunk before
    while (end < cuts.last()) {
      int to = fitting(text, cuts, from, end);
      if (to > end) {
        String chunk = text.substring(cuts.at(from), cuts.at(to));
        boolean isCutAlone = to == from + 1 && chunk.length() < text.length() && excess(chunk) > 0;
        chunks.addAll(isCutAlone ? splitText(chunk) : List.of(chunk)); // has other tokens alone
        end = to;
        from = Math.max(from + 1, cuts.firstWithin(overlap, end));
      } else {
        from++; // what both would have in common leaves no room for more
      }
    }
    return chunks;
  }

  private int excess(String chunk) {
    return tokenizer.count(chunk, EncodeOptions.NO_SPECIAL_TOKENS) - maxTokens;
  }

  /**
   * The last cut up to which a chunk may go; that of the chunk before if there is none after it.
   *
   * @param from the cut where it begins
   * @param before the cut where the chunk before it ended
   */
  private int fitting(String text, Cuts cuts, int from, int before) {
    int to = cuts.lastWithin(maxTokens, from);
    while (to > before) {
      int excess = excess(text.substring(cuts.at(from), cuts.at(to)));
      if (excess <= 0 || to == from + 1) {
        return to;
      }
      // Alone it has more tokens than in the text, such as one for a beginning.
      to = Math.min(to - 1, Math.max(from + 1, cuts.lastBack(excess, to)));
    }
    return before;
  }

  /**
   * Where a text may be cut: its beginning, its end, and each place between that is the end of all
   * tokens before it and not within a code point.
   *
   * @param places the UTF-16 index of each cut, ascending
   * @param tokens how many tokens are before each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Cuts(int[] places, int[] tokens) {
    static Cuts of(String text, Encoding encoding) {
      int size = encoding.size();
      int[] places = new int[size + 2];
      int[] tokens = new int[size + 2];
      int count = 1;
      for (int token = 0; token + 1 < size; token++) {
        int end = encoding.end(token);
        if (end > places[count - 1]
            && end < text.length()
            && end <= encoding.start(token + 1)
            && isBetweenCodePoints(text, end)) {
          places[count] = end;
          tokens[count++] = token + 1;
        }
      }
      if (!text.isEmpty()) {
        places[count] = text.length();
        tokens[count++] = size;
      }
      return new Cuts(Arrays.copyOf(places, count), Arrays.copyOf(tokens, count));
    }

    private static boolean isBetweenCodePoints(String text, int index) {
      return !Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    }

    int at(int cut) {
      return places[cut];
    }

    int last() {
      return places.length - 1;
    }

    /** The last cut with at most so many tokens after another cut, and at least the one after. */
    int lastWithin(int most, int from) {
      int to = from + 1;
      while (to < last() && tokens[to + 1] - tokens[from] <= most) {
        to++;
      }
      return to;
    }

    /** The first cut with at most so many tokens before another cut. */
    int firstWithin(int most, int to) {
      int from = to;
      while (from > 0 && tokens[to] - tokens[from - 1] <= most) {
        from--;
      }
      return from;
    }

    /** The last cut with at least so many tokens before another cut, or the first one. */
    int lastBack(int least, int to) {
      int from = to;
      while (from > 0 && tokens[to] - tokens[from] < least) {
        from--;
      }
      return from;
    }
  }
}
