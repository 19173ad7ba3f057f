package dev.remora.engine.split;

import dev.remora.core.definition.PrependScheme;
import dev.remora.engine.normalize.ReplaceStep;
import dev.remora.engine.text.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts a sign before a piece that does not begin with it; and, as Metaspace does, in the place of
 * each space. Thread-safe.
 */
final class MarkingRewriter implements Rewriter {
  private final byte[] sign;
  private final PrependScheme scheme;
  private final @Nullable ReplaceStep replacement;

  /**
   * A rewriter.
   *
   * @param sign one character
   * @param scheme before which pieces it is put
   * @param replacement what replaces spaces by it; null for nothing
   */
  MarkingRewriter(String sign, PrependScheme scheme, @Nullable ReplaceStep replacement) {
    this.sign = sign.getBytes(StandardCharsets.UTF_8);
    this.scheme = scheme;
    this.replacement = replacement;
  }

  @Override
  public boolean needsOrigins() {
    return scheme == PrependScheme.FIRST;
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return puts(text, from, to) || (replacement != null && replacement.changes(text, from, to));
  }

  @Override
  public void apply(Utf8Text source, int from, int to, Utf8Text target) {
    if (puts(source, from, to)) {
      target.append(sign, source, from);
    }
    if (replacement != null) {
      replacement.apply(source, from, to, target);
    } else {
      target.append(source, from, to);
    }
  }

  private boolean puts(Utf8Text text, int from, int to) {
    boolean may =
        scheme == PrependScheme.ALWAYS || (scheme == PrependScheme.FIRST && isFirst(text, from));
    boolean becomesSign = replacement != null && text.bytes[from] == ' ';
    return may && !becomesSign && !begins(text, from, to);
  }

  /** Whether the character comes from the first of the user's text. */
  private static boolean isFirst(Utf8Text text, int from) {
    return text.starts == null ? from == 0 : text.starts[from] == 0;
  }

  private boolean begins(Utf8Text text, int from, int to) {
    return to - from >= sign.length
        && Arrays.equals(text.bytes, from, from + sign.length, sign, 0, sign.length);
  }
}
