package dev.remora.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.memory.chat.TokenWindowChatMemory;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import dev.remora.conformance.PageExamples;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.Tokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's own memory and splitters over the tokenizer of a worker. */
@Timeout(60)
class ChatTokenCountEstimatorTest {
  /** One line a message; refuses two of a user in a row, as many templates do. */
  private static final String TEMPLATE =
      "{% if tools %}{{ tools|tojson }}\n"
          + "{% endif %}{% for m in messages %}{% if not loop.first and m.role == 'user' and"
          + " messages[loop.index0 - 1].role == 'user' %}{{ raise_exception('alternate') }}{% endif"
          + " %}<s>{{ m.role }}{% if m.name %} {{ m.name }}{% endif %}: {{ m.content }}{% for c in"
          + " m.tool_calls or [] %}[{{ c.function.name }} {{ c.function.arguments.city }} {{"
          + " c.function.arguments.days }}]{% endfor %}{% if m.tool_call_id %} ({{ m.tool_call_id"
          + " }}){% endif %}</s>\n"
          + "{% endfor %}{% if add_generation_prompt %}<s>assistant: {% endif %}";

  private static final ToolSpecification WEATHER =
      ToolSpecification.builder()
          .name("weather")
          .description("Tells the weather")
          .parameters(
              JsonObjectSchema.builder()
                  .addStringProperty("city", "The city")
                  .addIntegerProperty("days")
                  .required("city")
                  .build())
          .build();

  private static TokenizerServer server;
  private static ManagedChannel channel;
  private static Tokenizer tokenizer;
  private static ChatTokenCountEstimator estimator;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    Map<String, byte[]> files =
        Map.of(
            "tokenizer.json",
            TinyTokenizers.byteLevel(),
            "chat_template.jinja",
            TEMPLATE.getBytes(StandardCharsets.UTF_8));
    server = TokenizerServer.builder(TokenizerFiles.of(files)).start();
    channel = Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
    tokenizer = Tokenizers.fromBackend(channel);
    estimator = ChatTokenCountEstimator.of(tokenizer);
  }

  @AfterAll
  static void stop() {
    tokenizer.close();
    channel.shutdownNow();
    server.close();
  }

  private static int tokens(String text) {
    return tokenizer.count(text, EncodeOptions.NO_SPECIAL_TOKENS);
  }

  @Test
  void text_hasItsTokensAlone() {
    assertEquals(3, estimator.estimateTokenCountInText("hello world"));
    assertEquals(0, estimator.estimateTokenCountInText(""));
  }

  @Test
  void messages_haveTheTokensOfTheirPrompt() {
    List<ChatMessage> messages =
        List.of(
            SystemMessage.from("Be short"),
            UserMessage.from("Ann", "Weather?"),
            AiMessage.from(
                ToolExecutionRequest.builder()
                    .id("c1")
                    .name("weather")
                    .arguments("{\"city\": \"Kiel\", \"days\": 2}")
                    .build()),
            ToolExecutionResultMessage.from("c1", "weather", "rain"),
            AiMessage.from("Rain"));
    assertEquals(
        tokens(
            """
            <s>system: Be short</s>
            <s>user Ann: Weather?</s>
            <s>assistant: [weather Kiel 2]</s>
            <s>tool: rain (c1)</s>
            <s>assistant: Rain</s>
            <s>assistant: \
            """),
        estimator.estimateTokenCountInMessages(messages));
  }

  @Test
  void tools_countAsTheSchemaThatIsSent() {
    String tools =
        "[{\"type\": \"function\", \"function\": {\"name\": \"weather\", \"description\": "
            + "\"Tells the weather\", \"parameters\": {\"type\": \"object\", \"properties\": "
            + "{\"city\": {\"type\": \"string\", \"description\": \"The city\"}, "
            + "\"days\": {\"type\": \"integer\"}}, \"required\": [\"city\"]}}}, "
            + "{\"type\": \"function\", \"function\": {\"name\": \"now\", \"parameters\": "
            + "{\"type\": \"object\", \"properties\": {}, \"required\": []}}}]\n";
    List<ChatMessage> messages = List.of(UserMessage.from("Hi"));
    List<ToolSpecification> specifications =
        List.of(WEATHER, ToolSpecification.builder().name("now").build());
    assertEquals(
        tokens(tools + "<s>user: Hi</s>\n<s>assistant: "),
        estimator.withTools(specifications).estimateTokenCountInMessages(messages));
    assertEquals(
        tokens("<s>user: Hi</s>\n<s>assistant: "),
        estimator
            .withTools(specifications)
            .withTools(List.of())
            .estimateTokenCountInMessages(messages));
  }

  @Test
  void message_hasWhatItAddsToAConversation() {
    assertEquals(
        tokens("<s>user: Hi</s>\n"), estimator.estimateTokenCountInMessage(UserMessage.from("Hi")));
    assertEquals(
        tokens("<s>assistant: Hi</s>\n"),
        estimator.estimateTokenCountInMessage(AiMessage.from("Hi")));
    assertEquals(
        tokens("<s>system: Hi</s>\n"),
        estimator
            .withTools(List.of(WEATHER))
            .estimateTokenCountInMessage(SystemMessage.from("Hi")));
    assertEquals(
        tokens("<s>tool: rain (c1)</s>\n"),
        estimator.estimateTokenCountInMessage(
            ToolExecutionResultMessage.from("c1", "weather", "rain")));
  }

  @Test
  void argumentsThatAreNoObject_areCountedAsText() {
    ChatMessage message =
        AiMessage.from(ToolExecutionRequest.builder().id("c").name("f").arguments("{oops").build());
    assertTrue(estimator.estimateTokenCountInMessage(message) > tokens("[f  ]"));
  }

  @Test
  void partsOfText_areJoinedWhereTheTemplateWantsText() {
    ChatMessage parts = UserMessage.from(TextContent.from("a"), TextContent.from("b"));
    assertEquals(
        tokens("<s>user: a\nb</s>\n<s>assistant: "),
        estimator.estimateTokenCountInMessages(List.of(parts)));
    ChatTokenCountEstimator ofParts =
        ChatTokenCountEstimator.of(
            tokenizer,
            ChatTemplate.of(
                "parts",
                "{% for m in messages %}{% for p in m.content %}{{ p.text }}|{% endfor %}"
                    + "{% endfor %}"));
    assertEquals(tokens("a|b|"), ofParts.estimateTokenCountInMessages(List.of(parts)));
  }

  @Test
  void options_reachTheTemplate() {
    ChatTokenCountEstimator thinking =
        ChatTokenCountEstimator.of(tokenizer, ChatTemplate.of("t", "{{ enable_thinking }}"))
            .withOptions(RenderOptions.builder().keywordArgument("enable_thinking", 12345).build());
    assertEquals(
        tokens("12345"), thinking.estimateTokenCountInMessages(List.of(UserMessage.from("Hi"))));
  }

  @Test
  void whatATokenizerCannotCount_isRefused() {
    ChatMessage image =
        UserMessage.from(TextContent.from("a"), ImageContent.from("AAAA", "image/png"));
    assertThrows(
        UnsupportedFeatureException.class,
        () -> estimator.estimateTokenCountInMessages(List.of(image)));
    assertThrows(
        UnsupportedFeatureException.class,
        () -> estimator.estimateTokenCountInMessage(CustomMessage.from(Map.of("a", 1))));
  }

  @Test
  void memory_keepsWhatFits() {
    int turn = tokens("<s>user: hello</s>\n") + tokens("<s>assistant: hello</s>\n");
    int max = 3 * turn + tokens("<s>assistant: ");
    TokenWindowChatMemory memory = TokenWindowChatMemory.withMaxTokens(max, estimator);
    for (int i = 0; i < 10; i++) {
      memory.add(UserMessage.from("hello"));
      memory.add(AiMessage.from("hello"));
    }
    assertEquals(6, memory.messages().size());
    assertEquals(max, estimator.estimateTokenCountInMessages(memory.messages()));
  }

  @Test
  void exampleOfTheReadme_splitsAndRemembers() throws Exception {
    String source =
        """
        import dev.langchain4j.data.document.*;
        import dev.langchain4j.data.document.splitter.*;
        import dev.langchain4j.memory.*;
        import dev.langchain4j.memory.chat.*;
        import dev.remora.*;
        import dev.remora.langchain4j.*;
        import dev.remora.remote.*;
        public class Example {
          public static Object[] run(io.grpc.Channel channel) throws Exception {
            %s
            return new Object[] {memory, splitter};
          }
        }
        """;
    List<String> examples = PageExamples.of(Path.of("../../README.md"), "java langchain4j");
    assertEquals(1, examples.size());
    Object[] made =
        (Object[])
            PageExamples.compile(folder, "Example", source.formatted(examples.get(0)))
                .getMethod("run", Channel.class)
                .invoke(null, channel);
    ((TokenWindowChatMemory) made[0]).add(UserMessage.from("hello"));
    assertEquals(1, ((TokenWindowChatMemory) made[0]).messages().size());
    List<TextSegment> segments =
        ((dev.langchain4j.data.document.DocumentSplitter) made[1])
            .split(Document.from("hello world. ".repeat(500)));
    assertTrue(segments.size() > 1);
    for (TextSegment segment : segments) {
      assertTrue(tokens(segment.text()) <= 512);
    }
    assertEquals(
        segments,
        DocumentSplitters.recursive(512, 64, estimator)
            .split(Document.from("hello world. ".repeat(500))));
  }
}
