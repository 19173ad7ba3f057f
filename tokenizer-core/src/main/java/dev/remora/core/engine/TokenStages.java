package dev.remora.core.engine;

import java.util.function.UnaryOperator;

/** The decoders that change tokens one by one. */
final class TokenStages {
  private TokenStages() {}

  /** Changes each token by itself: Replace, and Strip before the tokens are fused. */
  static final class Each extends TokenStage {
    private final UnaryOperator<String> change;

    Each(TokenStage next, UnaryOperator<String> change) {
      super(next);
      this.change = change;
    }

    @Override
    void push(String token) {
      next().push(change.apply(token));
    }
  }

  /** Changes the first token in one way and the others in another: Metaspace, WordPiece, none. */
  static final class FirstAndRest extends TokenStage {
    private final UnaryOperator<String> first;
    private final UnaryOperator<String> rest;
    private boolean started;

    FirstAndRest(TokenStage next, UnaryOperator<String> first, UnaryOperator<String> rest) {
      super(next);
      this.first = first;
      this.rest = rest;
    }

    @Override
    void push(String token) {
      next().push((started ? rest : first).apply(token));
      started = true;
    }

    @Override
    void skipStart() {
      started = true;
      super.skipStart();
    }
  }

  /** Drops some characters at the start of the fused text: Strip behind Fuse. */
  static final class StripStart extends TokenStage {
    private final int content;
    private long left;

    StripStart(TokenStage next, int content, long most) {
      super(next);
      this.content = content;
      this.left = most;
    }

    @Override
    void push(String part) {
      int from = 0;
      while (left > 0 && from < part.length()) {
        boolean dropped = part.codePointAt(from) == content;
        left = dropped ? left - 1 : 0;
        from += dropped ? Character.charCount(content) : 0;
      }
      next().push(part.substring(from));
    }

    @Override
    void skipStart() {
      left = 0;
      super.skipStart();
    }
  }

  /** The suffix of the last token is dropped, of the others a space: BPEDecoder. */
  static final class Suffix extends TokenStage {
    private final String suffix;
    private String last = "";
    private boolean started;

    Suffix(TokenStage next, String suffix) {
      super(next);
      this.suffix = suffix;
    }

    @Override
    void push(String token) {
      if (started) {
        next().push(last.replace(suffix, " "));
      }
      last = token;
      started = true;
    }

    @Override
    void finish() {
      if (started) {
        next().push(last.replace(suffix, ""));
      }
      super.finish();
    }
  }
}
