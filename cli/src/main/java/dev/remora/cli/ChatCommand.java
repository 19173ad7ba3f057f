package dev.remora.cli;

import dev.remora.Encoding;
import dev.remora.Prompt;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import dev.remora.cli.source.Source;
import dev.remora.cli.text.TextInput;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.cli.view.ColoredSpans;
import dev.remora.cli.view.EncodingFacts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Messages to a prompt and its ids. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = "Render messages by the bundle's chat template and encode the prompt.")
final class ChatCommand extends Verb {
  @Mixin private Source source;

  @Option(
      names = "--messages",
      required = true,
      paramLabel = "FILE",
      description = "A JSON array of messages.")
  private Path messages;

  @Option(names = "--tools", paramLabel = "FILE", description = "A JSON array of tool schemas.")
  private @Nullable Path tools;

  @Option(
      names = "--kwargs",
      paramLabel = "JSON",
      description = "A JSON object of more names for the template.")
  private @Nullable String keywordArguments;

  @Option(names = "--no-generation-prompt", description = "Do not begin the assistant's answer.")
  private boolean noGenerationPrompt;

  @Option(
      names = "--unguarded",
      description = "Recognise added tokens in text of the messages too, as transformers does.")
  private boolean unguarded;

  @Override
  public Integer call() {
    List<Map<String, Object>> conversation = Json.readObjects(text(messages));
    RenderOptions options = options();
    return source.use(
        this,
        tokenizer -> {
          Prompt prompt = ChatTemplate.of(tokenizer.bundle()).prompt(conversation, options);
          print(prompt, tokenizer.encode(unguarded ? prompt.allTrusted() : prompt));
          return 0;
        });
  }

  private RenderOptions options() {
    RenderOptions.Builder options =
        RenderOptions.builder().addGenerationPrompt(!noGenerationPrompt).requestTextInErrors(true);
    if (tools != null) {
      options.tools(Json.readObjects(text(tools)));
    }
    if (keywordArguments != null) {
      Json.readObject(keywordArguments).forEach(options::keywordArgument);
    }
    return options.build();
  }

  private static String text(Path file) {
    try (TextInput input = TextInput.of(file)) {
      return input.all();
    }
  }

  private void print(Prompt prompt, Encoding encoding) {
    int[] ids = encoding.ids();
    if (json()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("prompt", prompt.text());
      facts.put("spans", EncodingFacts.spans(prompt));
      facts.put("ids", ids);
      facts.put("refused", EncodingFacts.refused(encoding));
      out().println(Json.write(facts));
    } else {
      out().println(ColoredSpans.of(prompt, spec().commandLine().getColorScheme().ansi()));
      out()
          .println(Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
      if (!encoding.refused().isEmpty()) {
        err().println(encoding.refused().size() + " added tokens in the request are plain text");
        err().flush();
      }
    }
    out().flush();
  }
}
