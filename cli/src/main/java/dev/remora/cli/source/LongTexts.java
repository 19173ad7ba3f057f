package dev.remora.cli.source;

import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.cli.text.EncodingCuts;
import dev.remora.cli.text.Texts;
import dev.remora.forms.BundleForms;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Texts that need not fit into memory, where a tokenizer allows to encode them part by part. */
public final class LongTexts {
  private static final String PROBE = "a";

  private final Tokenizer tokenizer;
  private final Supplier<TokenizerBundle> bundle;
  private final EncodeOptions options;
  private Optional<EncodingCuts> cuts = Optional.empty();
  private boolean areKnown;

  /**
   * The texts of a tokenizer.
   *
   * @param bundle what it was built from; asked for only where a text is long
   */
  public LongTexts(Tokenizer tokenizer, Supplier<TokenizerBundle> bundle, EncodeOptions options) {
    this.tokenizer = tokenizer;
    this.bundle = bundle;
    this.options = options;
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
          public void part(String part, boolean isFirst, boolean isLast) {
            count[0] += isFirst ? around().length : 0;
            count[0] += tokenizer.count(part, EncodeOptions.NO_SPECIAL_TOKENS);
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
          public void part(String part, boolean isFirst, boolean isLast) {
            int[] around = around();
            int before = before(around);
            Arrays.stream(around, 0, isFirst ? before : 0).forEach(use);
            Arrays.stream(tokenizer.encode(part, EncodeOptions.NO_SPECIAL_TOKENS).ids())
                .forEach(use);
            Arrays.stream(around, isLast ? before : around.length, around.length).forEach(use);
          }
        });
  }

  /** Knows where the texts of this tokenizer may be cut. */
  private abstract class Taker implements Texts.Taker {
    @Override
    public final Optional<EncodingCuts> cuts() {
      if (!areKnown) {
        areKnown = true;
        TokenizerBundle read = bundle.get();
        boolean isTheSame = read.digest().equals(tokenizer.bundle().digest()); // no file changed
        cuts = isTheSame ? EncodingCuts.of(BundleForms.define(read)) : Optional.empty();
      }
      return cuts;
    }
  }

  /** The special tokens that are added to a text, those before it first. */
  private int[] around() {
    return tokenizer.encode("", options).ids();
  }

  /** How many of them stand before the text. */
  private int before(int[] around) {
    int[] plain = tokenizer.encode(PROBE, EncodeOptions.NO_SPECIAL_TOKENS).ids();
    int[] framed = tokenizer.encode(PROBE, options).ids();
    int before = 0;
    while (before < around.length
        && !Arrays.equals(plain, 0, plain.length, framed, before, before + plain.length)) {
      before++;
    }
    return before;
  }
}
