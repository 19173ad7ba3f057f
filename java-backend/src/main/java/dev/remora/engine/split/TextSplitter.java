package dev.remora.engine.split;

import java.util.List;

/**
 * The pre-tokenizer of a definition: stages that cut a stretch of text and rewrite the pieces, then
 * what cuts those. Thread-safe.
 *
 * @param stages the stages, each on the pieces of the one before
 * @param cutters what cuts the pieces of the last stage, each the pieces of the one before
 * @param isByteLevel whether the model spells pre-tokens in the byte-level alphabet
 */
public record TextSplitter(List<Stage> stages, List<Cutter> cutters, boolean isByteLevel) {
  /**
   * Cuts a stretch of text, then rewrites the pieces.
   *
   * @param cutters each cuts the pieces of the one before
   * @param rewriter what rewrites the pieces of the last
   */
  record Stage(List<Cutter> cutters, Rewriter rewriter) {
    /** Keeps a copy of the list. */
    Stage {
      cutters = List.copyOf(cutters);
    }
  }

  /** Keeps copies of the lists. */
  public TextSplitter {
    stages = List.copyOf(stages);
    cutters = List.copyOf(cutters);
  }

  /** Whether what the stages make is not cut any more. */
  public boolean cutsNothing() {
    return cutters.isEmpty();
  }

  /** The same with a scanner that cuts what the stages make. */
  public TextSplitter with(Scanner scanner) {
    return new TextSplitter(stages, List.of(scanner), isByteLevel);
  }

  /**
   * Whether a text must know where its bytes come from even where offsets are not asked for.
   *
   * @param isNormalized whether a normalizer may have changed it
   */
  public boolean needsOrigins(boolean isNormalized) {
    boolean isRewritten = isNormalized;
    for (Stage stage : stages) {
      if (isRewritten && stage.rewriter().needsOrigins()) {
        return true;
      }
      isRewritten = true;
    }
    return false;
  }

  /** Beside which white space a text can be cut and be split apart. */
  public WordBorders borders() {
    return stages.isEmpty() && cutters.size() == 1 ? cutters.get(0).borders() : WordBorders.NONE;
  }

  /** What splits texts, one after the other. */
  public SplitCall newCall() {
    return new SplitCall(this);
  }
}
