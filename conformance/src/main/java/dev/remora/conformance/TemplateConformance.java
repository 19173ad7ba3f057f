package dev.remora.conformance;

import dev.remora.TemplateException;
import dev.remora.TokenizerException;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Renders golden cases and compares them with what the reference rendered.
 *
 * <p>The cases are a JSON array of objects: {@code template}, a file's name; {@code conversation},
 * the case's name; {@code context}, every name that the template sees; and either {@code rendered},
 * the prompt, or {@code error} with {@code kind} and {@code message}. An error must be one here
 * too, and for {@code raise_exception} (kind {@code TemplateError}) of the same message. The clock
 * is at 2026-01-02T03:04:05.
 */
public final class TemplateConformance {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private final Path templates;
  private final Tally tally;
  private final Map<String, ChatTemplate> compiled = new HashMap<>();

  private TemplateConformance(Path templates, Consumer<String> out) {
    this.templates = templates;
    this.tally = new Tally(out);
  }

  /**
   * Renders every case; reports the first difference of each failure.
   *
   * @param cases the file of the cases
   * @param templates the directory of the templates
   * @param out receives one line for each difference
   * @throws IOException if a file cannot be read
   * @throws com.google.gson.JsonParseException if the cases are not JSON
   */
  public static ConformanceResult run(Path cases, Path templates, Consumer<String> out)
      throws IOException {
    TemplateConformance conformance = new TemplateConformance(templates, out);
    for (Map<String, @Nullable Object> item : CaseFile.read(cases)) {
      conformance.check(item);
    }
    return conformance.tally.result();
  }

  private void check(Map<String, @Nullable Object> item) throws IOException {
    String file = String.valueOf(item.get("template"));
    ChatTemplate template = compiled.get(file);
    if (template == null) {
      template = ChatTemplate.of(file, Files.readString(templates.resolve(file)));
      compiled.put(file, template);
    }
    tally.count(file + ", " + item.get("conversation"), difference(template, item));
  }

  private static @Nullable String difference(
      ChatTemplate template, Map<String, @Nullable Object> item) {
    Map<String, @Nullable Object> error = CaseFile.members(item.get("error"));
    boolean expectsError = item.get("error") != null;
    try {
      String rendered = render(template, CaseFile.members(item.get("context")));
      return expectsError
          ? "expected the error " + error.get("message")
          : Difference.of(String.valueOf(item.get("rendered")), rendered);
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
            .requestTextInErrors(true)
            .addGenerationPrompt(Boolean.TRUE.equals(context.remove("add_generation_prompt")));
    options.tools((List<?>) context.remove("tools"));
    options.documents((List<?>) context.remove("documents"));
    List<Map<String, Object>> messages = (List<Map<String, Object>>) context.remove("messages");
    context.forEach(options::keywordArgument);
    return template.render(messages == null ? List.of() : messages, options.build());
  }
}
