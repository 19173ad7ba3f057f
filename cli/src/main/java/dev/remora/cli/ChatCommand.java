package dev.remora.cli;

import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
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

  @Override
  public Integer call() {
    List<Map<String, Object>> conversation = Json.readObjects(text(messages));
    RenderOptions options = options();
    return source.use(
        this,
        tokenizer -> {
          String prompt = ChatTemplate.of(tokenizer.bundle()).render(conversation, options);
          print(prompt, ids(tokenizer, prompt));
          return 0;
        });
  }

  /** Templates write their own special tokens. */
  private static int[] ids(Tokenizer tokenizer, String prompt) {
    return tokenizer.encode(prompt, EncodeOptions.NO_SPECIAL_TOKENS).ids();
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

  private void print(String prompt, int[] ids) {
    if (json()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("prompt", prompt);
      facts.put("ids", ids);
      out().println(Json.write(facts));
    } else {
      out().println(prompt);
      out()
          .println(Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    }
    out().flush();
  }
}
