package dev.remora.engine.normalize;

import dev.remora.engine.regex.CompiledRegex;
import dev.remora.engine.regex.RegexMatcher;
import dev.remora.engine.text.Utf8Text;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** What normalizing works in, used again and again. Of one thread at a time. */
public final class NormalizationBuffers {
  /** What steps write to, in turn. */
  final Utf8Text normalized = new Utf8Text();

  final Utf8Text spare = new Utf8Text();

  final FormComposer composer = new FormComposer();

  final ChangedText changed = new ChangedText();

  private final IdentityHashMap<CompiledRegex, RegexMatcher> matchers = new IdentityHashMap<>();

  private @Nullable NormalizationBuffers inner;

  /** The matcher of a regex. */
  RegexMatcher matcher(CompiledRegex regex) {
    return matchers.computeIfAbsent(regex, CompiledRegex::newMatcher);
  }

  /** Buffers for a step that has steps of its own. */
  NormalizationBuffers inner() {
    NormalizationBuffers made = inner;
    if (made == null) {
      made = new NormalizationBuffers();
      inner = made;
    }
    return made;
  }
}
