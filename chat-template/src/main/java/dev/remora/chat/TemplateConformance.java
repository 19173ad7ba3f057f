package dev.remora.chat;

import dev.remora.TemplateException;
import dev.remora.TokenizerException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders golden cases and compares them with what the reference rendered.
 *
 * <p>The cases are a JSON array of objects: {@code template}, a file's name; {@code conversation},
 * the case's name; {@code context}, every name that the template sees; and either {@code rendered},
 * the prompt, or {@code error} with {@code kind} and {@code message}. An error must be one here
 * too, and for {@code raise_exception} (kind {@code TemplateError}) of the same message. The clock
 * stands at 2026-01-02T03:04:05.
 */
public final class TemplateConformance {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final int SHOWN = 60;

  private final Path templates;
  private final PrintStream out;
  private final Map<String, ChatTemplate> compiled = new HashMap<>();
  private int passed;
  private int failed;

  private TemplateConformance(Path templates, PrintStream out) {
    this.templates = templates;
    this.out = out;
  }

  /**
   * How many cases passed and failed.
   *
   * @param passed those equal to the reference
   * @param failed the others
   */
  public record Result(int passed, int failed) {
    @Override
    public String toString() {
      return passed + " passed, " + failed + " failed";
    }
  }

  /**
   * Renders every case; prints the first difference of each failure, and the result last.
   *
   * @param cases the file of the cases
   * @param templates the folder of the templates
   * @param out where to print
   * @throws IOException if a file cannot be read
   * @throws com.google.gson.JsonParseException if the cases are no JSON
   */
  public static Result run(Path cases, Path templates, PrintStream out) throws IOException {
    TemplateConformance conformance = new TemplateConformance(templates, out);
    if (Json.parse(Files.readString(cases)) instanceof List<?> list) {
      for (Object item : list) {
        conformance.check(Json.members(item));
      }
    }
    Result result = new Result(conformance.passed, conformance.failed);
    out.println(result);
    return result;
  }

  private void check(Map<String, @Nullable Object> item) throws IOException {
    String file = String.valueOf(item.get("template"));
    ChatTemplate template = compiled.get(file);
    if (template == null) {
      template = ChatTemplate.of(file, Files.readString(templates.resolve(file)));
      compiled.put(file, template);
    }
    String difference = difference(template, item);
    if (difference == null) {
      passed++;
    } else {
      failed++;
      out.println(file + ", " + item.get("conversation") + ": " + difference);
    }
  }

  private static @Nullable String difference(
      ChatTemplate template, Map<String, @Nullable Object> item) {
    Map<String, @Nullable Object> error = Json.members(item.get("error"));
    boolean expectsError = item.get("error") != null;
    try {
      String rendered = render(template, Json.members(item.get("context")));
      return expectsError
          ? "expected the error " + error.get("message")
          : difference(String.valueOf(item.get("rendered")), rendered);
    } catch (TemplateException e) {
      boolean sameText = e.problem().equals(error.get("message"));
      boolean raised = "TemplateError".equals(error.get("kind"));
      return expectsError && (!raised || sameText) ? null : e.getMessage();
    } catch (TokenizerException e) {
      return expectsError ? null : e.getMessage();
    }
  }

  @SuppressWarnings("unchecked") // a wrong type of messages shows as an error of the case
  private static String render(ChatTemplate template, Map<String, @Nullable Object> context) {
    RenderOptions.Builder options =
        RenderOptions.builder()
            .clock(CLOCK)
            .addGenerationPrompt(Boolean.TRUE.equals(context.remove("add_generation_prompt")));
    options.tools((List<?>) context.remove("tools"));
    options.documents((List<?>) context.remove("documents"));
    List<Map<String, Object>> messages = (List<Map<String, Object>>) context.remove("messages");
    context.forEach(options::keywordArgument);
    return template.render(messages == null ? List.of() : messages, options.build());
  }

  private static @Nullable String difference(String expected, String actual) {
    if (expected.equals(actual)) {
      return null;
    }
    int at = 0;
    while (at < Math.min(expected.length(), actual.length())
        && expected.charAt(at) == actual.charAt(at)) {
      at++;
    }
    return "at %d expected [%s], got [%s]".formatted(at, part(expected, at), part(actual, at));
  }

  private static String part(String text, int from) {
    return text.substring(from, Math.min(text.length(), from + SHOWN)).replace("\n", "\\n");
  }
}
