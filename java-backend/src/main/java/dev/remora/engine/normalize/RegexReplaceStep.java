package dev.remora.engine.normalize;

import dev.remora.engine.regex.CompiledRegex;
import dev.remora.engine.regex.RegexMatcher;
import dev.remora.engine.text.Utf8Text;
import java.nio.charset.StandardCharsets;

/**
 * Replaces each match of a regex that takes a character at least; what replaces it comes from where
 * its last character did. Thread-safe.
 */
final class RegexReplaceStep implements NormalizationStep {
  private final CompiledRegex regex;
  private final byte[] content;

  RegexReplaceStep(CompiledRegex regex, String content) {
    this.regex = regex;
    this.content = content.getBytes(StandardCharsets.UTF_8);
  }

  /** To find out is to look for all. */
  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return true;
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    RegexMatcher matcher = buffers.matcher(regex);
    matcher.begin(source.bytes, from, to);
    int copied = from;
    while (matcher.next()) {
      target.append(source, copied, matcher.start());
      copied = matcher.end();
      target.append(content, source, copied - 1);
    }
    target.append(source, copied, to);
  }
}
