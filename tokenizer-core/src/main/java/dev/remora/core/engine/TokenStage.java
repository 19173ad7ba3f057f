package dev.remora.core.engine;

/**
 * One step of a decoder, run on tokens as they come. It hands tokens, or parts of one token once
 * the tokens are fused, to the next step. Holds the state of one stream.
 */
abstract class TokenStage {
  private final TokenStage next;

  /** A step before another. */
  TokenStage(TokenStage next) {
    this.next = next;
  }

  /** The last step. */
  private TokenStage() {
    this.next = this;
  }

  TokenStage next() {
    return next;
  }

  /** Takes a token. */
  abstract void push(String token);

  /** Ends the tokens: hands on what was held back. */
  void finish() {
    next.finish();
  }

  /** Makes the next token one that does not begin the text. */
  void skipStart() {
    next.skipStart();
  }

  /** How often text was handed on that a later token could still have changed. */
  int earlyReleases() {
    return next.earlyReleases();
  }

  /** The end of the steps: collects their text. */
  static final class Collector extends TokenStage {
    private final StringBuilder text = new StringBuilder();

    @Override
    void push(String token) {
      text.append(token);
    }

    @Override
    void finish() {}

    @Override
    void skipStart() {}

    @Override
    int earlyReleases() {
      return 0;
    }

    /** What came since the last call. */
    String take() {
      if (text.length() == 0) {
        return "";
      }
      String taken = text.toString();
      text.setLength(0);
      return taken;
    }
  }
}
