package dev.remora.cli.source;

import dev.remora.EncodeOptions;
import dev.remora.EncodingSeams;
import dev.remora.Tokenizer;
import dev.remora.cli.text.Texts;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Texts that need not fit into memory, where a tokenizer states seams. */
public final class LongTexts {
  private static final int TEXT = -1; // in place of the ids of a text

  private final Tokenizer tokenizer;
  private final EncodeOptions options;
  private final Optional<EncodingSeams> seams;
  private final int[] before; // special tokens that are added before a text
  private final int[] after;

  /**
   * The texts of a tokenizer.
   *
   * @param addsSpecialTokens whether special tokens are added
   */
  public LongTexts(Tokenizer tokenizer, boolean addsSpecialTokens) {
    this.tokenizer = tokenizer;
    this.options = addsSpecialTokens ? EncodeOptions.DEFAULT : EncodeOptions.NO_SPECIAL_TOKENS;
    this.seams = tokenizer.seams();
    int[] text = {TEXT};
    int[] framed =
        addsSpecialTokens ? seams.map(all -> all.withSpecialTokens(text)).orElse(text) : text;
    int at = 0;
    while (framed[at] != TEXT) {
      at++;
    }
    this.before = Arrays.copyOf(framed, at);
    this.after = Arrays.copyOfRange(framed, at + 1, framed.length);
  }

  /** How many ids a text has. */
  public long count(Texts.Text text) {
    long[] count = new long[1];
    text.take(
        new Taker() {
          @Override
          public void whole(String all) {
            count[0] = tokenizer.count(all, options);
          }

          @Override
          public void part(String part, int known, boolean isFirst, boolean isLast) {
            count[0] += isFirst ? before.length + after.length : 0;
            count[0] += tokenizer.count(part, EncodeOptions.NO_SPECIAL_TOKENS) - known;
          }
        });
    return count[0];
  }

  /** Hands the ids of a text on, in order. */
  public void encode(Texts.Text text, IntConsumer use) {
    text.take(
        new Taker() {
          @Override
          public void whole(String all) {
            Arrays.stream(tokenizer.encode(all, options).ids()).forEach(use);
          }

          @Override
          public void part(String part, int known, boolean isFirst, boolean isLast) {
            int[] ids = tokenizer.encode(part, EncodeOptions.NO_SPECIAL_TOKENS).ids();
            Arrays.stream(before, 0, isFirst ? before.length : 0).forEach(use);
            Arrays.stream(ids, known, ids.length).forEach(use);
            Arrays.stream(after, 0, isLast ? after.length : 0).forEach(use);
          }
        });
  }

  /** Knows where the texts of this tokenizer may be cut. */
  private abstract class Taker implements Texts.Taker {
    @Override
    public final Optional<EncodingSeams> seams() {
      return seams;
    }
  }
}
