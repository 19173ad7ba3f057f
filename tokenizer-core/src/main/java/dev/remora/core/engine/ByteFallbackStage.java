package dev.remora.core.engine;

/**
 * The decoder ByteFallback: a run of tokens such as {@code <0xE2>} becomes the text that its bytes
 * are, or one U+FFFD for each byte if they are not UTF-8 as a whole. So a run is held until it
 * ends, or cannot become UTF-8 any more, or is longer than {@value #MAX_HELD} bytes.
 */
final class ByteFallbackStage extends TokenStage {
  static final int MAX_HELD = 4096;

  private Utf8Decoder decoder = new Utf8Decoder();
  private final StringBuilder text = new StringBuilder();
  private int held;
  private int earlyReleases;

  ByteFallbackStage(TokenStage next) {
    super(next);
  }

  @Override
  void push(String token) {
    int value = byteOf(token);
    if (value < 0) {
      endRun();
      next().push(token);
      return;
    }
    held++;
    decoder.push((byte) value, text);
    if (decoder.isMalformed()) {
      replaceHeld();
    } else if (held > MAX_HELD && !decoder.isUnfinished()) {
      earlyReleases++;
      handOn();
    }
  }

  /** The byte that a token stands for; -1 for none. */
  private static int byteOf(String token) {
    if (token.length() != 6 || !token.startsWith("<0x") || token.charAt(5) != '>') {
      return -1;
    }
    int high = Character.digit(token.charAt(3), 16);
    int low = Character.digit(token.charAt(4), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private void replaceHeld() {
    for (; held > 0; held--) {
      next().push("\uFFFD");
    }
    text.setLength(0);
  }

  private void handOn() {
    next().push(text.toString());
    text.setLength(0);
    held = 0;
  }

  private void endRun() {
    if (decoder.isUnfinished()) {
      replaceHeld();
    } else if (held > 0) {
      handOn();
    }
    decoder = new Utf8Decoder();
  }

  @Override
  void finish() {
    endRun();
    super.finish();
  }

  @Override
  int earlyReleases() {
    return earlyReleases + super.earlyReleases();
  }
}
