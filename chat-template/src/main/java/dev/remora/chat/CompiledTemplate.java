package dev.remora.chat;

import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.TemplateException;
import dev.remora.TokenizerException;
import dev.remora.jinja.JinjaException;
import dev.remora.jinja.JinjaException.Limit;
import dev.remora.jinja.JinjaException.LimitPassed;
import dev.remora.jinja.JinjaOptions;
import dev.remora.jinja.JinjaTemplate;
import dev.remora.jinja.JinjaText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One template of a bundle: its source, parsed when it is first rendered. Thread-safe. */
final class CompiledTemplate {
  private final String name;
  private final String source;
  private volatile @Nullable JinjaTemplate parsed;

  CompiledTemplate(String name, String source) {
    this.name = name;
    this.source = source;
  }

  /** The text of the template. */
  String source() {
    return source;
  }

  /**
   * What the template prints, and where it comes from.
   *
   * @param own the names that it sees whose values are as good as its own text
   * @param given the other names that it sees
   * @throws TemplateException if it does not parse, fails, or raises an error of its own
   * @throws LimitException if it passes a limit
   * @throws IllegalArgumentException if a value is none that JSON knows
   */
  JinjaText print(Map<String, ?> own, Map<String, ?> given, JinjaOptions options) {
    try {
      return parsed().print(own, given, options);
    } catch (JinjaException e) {
      throw failure(name, e);
    }
  }

  private JinjaTemplate parsed() {
    JinjaTemplate known = parsed;
    if (known == null) {
      known = JinjaTemplate.parse(source);
      parsed = known;
    }
    return known;
  }

  /** What a failure of the language is to the users of a template or an encoding. */
  static TokenizerException failure(String name, JinjaException e) {
    LimitPassed passed = e.limit();
    return passed == null
        ? new TemplateException(name, e.line(), e.problem(), e)
        : new LimitException(
            rule(passed.limit()), passed.unit(), passed.bound(), passed.observed());
  }

  private static Rule rule(Limit limit) {
    return switch (limit) {
      case STEPS -> Rule.T1;
      case CHARACTERS -> Rule.T2;
      case DEPTH -> Rule.T3;
    };
  }

  /** A problem that is not in a line of the template. */
  TemplateException failure(String problem) {
    return new TemplateException(name, 0, problem, null);
  }
}
