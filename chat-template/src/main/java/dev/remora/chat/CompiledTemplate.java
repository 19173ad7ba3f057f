package dev.remora.chat;

import dev.remora.LimitException;
import dev.remora.TemplateException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One template: its source, parsed when it is first rendered. Thread-safe. */
final class CompiledTemplate {
  /** The levels that a source may nest. */
  static final int MAX_DEPTH = 500;

  private final String name;
  private final String source;
  private volatile Statement.@Nullable Body body;

  CompiledTemplate(String name, String source) {
    this.name = name;
    this.source = source;
  }

  /** The name, for errors. */
  String name() {
    return name;
  }

  /** The text of the template. */
  String source() {
    return source;
  }

  /**
   * What the template prints.
   *
   * @param context the names that it sees
   * @throws TemplateException if it does not parse, fails, or raises an error of its own
   * @throws LimitException if it passes a limit
   */
  String render(Map<String, Object> context, RenderOptions options) {
    Rendering rendering = new Rendering(options.limits(), options.clock());
    try {
      Scope scope = Scope.outermost(rendering, context);
      return parsed().captured(scope);
    } catch (SyntaxFailure failure) {
      throw new TemplateException(name, failure.line(), failure.problem(), failure);
    } catch (Failure failure) {
      throw new TemplateException(name, rendering.line(), failure.problem(), failure);
    } catch (StackOverflowError e) { // a thread of small stack: the limit would have come later
      throw Rendering.tooDeep(options.limits().depth(), options.limits().depth());
    }
  }

  private Statement.Body parsed() {
    Statement.Body known = body;
    if (known == null) {
      known = TemplateParser.parse(source, MAX_DEPTH);
      body = known;
    }
    return known;
  }
}
