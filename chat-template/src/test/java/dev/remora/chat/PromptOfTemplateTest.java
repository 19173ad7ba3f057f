package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.Prompt;
import dev.remora.Prompt.Request;
import dev.remora.Prompt.Span;
import dev.remora.Prompt.Template;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptOfTemplateTest {
  private static final ChatTemplate TEMPLATE =
      ChatTemplate.of(
          "t",
          "{% for m in messages %}{{ bos_token }}{{ m.role }}:{{ m.content|trim }};{% endfor %}",
          Map.of("bos_token", "<s>"));

  @Test
  void spans_nameWhereTextIsFrom_andCoverWhatIsRendered() {
    List<Map<String, Object>> messages = ChatMessages.builder().user(" Hi ").build();
    Prompt prompt = TEMPLATE.prompt(messages, RenderOptions.DEFAULT);
    assertEquals(TEMPLATE.render(messages), prompt.text());
    assertEquals(
        List.of(
            new Span(0, 3, new Template(), false),
            new Span(3, 7, new Request("messages[0].role", false), false),
            new Span(7, 8, new Template(), false),
            new Span(8, 10, new Request("messages[0].content", false), false),
            new Span(10, 11, new Template(), false)),
        prompt.spans());
  }

  @Test
  void keywordArguments_areOfTheRequest_alsoInPlaceOfASpecialToken() {
    RenderOptions options = RenderOptions.builder().keywordArgument("bos_token", "B").build();
    Prompt prompt = TEMPLATE.prompt(ChatMessages.builder().user("Hi").build(), options);
    assertEquals(new Span(0, 1, new Request("bos_token", false), false), prompt.spans().get(0));
  }

  @Test
  void trustedMessage_isTrustedInAllItsFields_andNoOtherIs() {
    List<Map<String, Object>> messages = ChatMessages.builder().user("a").assistant("b").build();
    RenderOptions options = RenderOptions.builder().trustMessage(1).build();
    List<Prompt.Origin> origins =
        TEMPLATE.prompt(messages, options).spans().stream().map(Span::origin).toList();
    assertEquals(new Request("messages[0].content", false), origins.get(3));
    assertEquals(new Request("messages[1].role", true), origins.get(5));
    assertEquals(new Request("messages[1].content", true), origins.get(7));
    assertThrows(IllegalArgumentException.class, () -> RenderOptions.builder().trustMessage(-1));
  }

  @Test
  void finalMessage_thatIsContinued_endsThePrompt() {
    RenderOptions options = RenderOptions.builder().continueFinalMessage(true).build();
    Prompt prompt =
        TEMPLATE.prompt(ChatMessages.builder().user("a").assistant("Well, ").build(), options);
    assertEquals("<s>user:a;<s>assistant:Well,", prompt.text().stripTrailing());
    assertEquals(
        new Request("messages[1].content", false),
        prompt.spans().get(prompt.spans().size() - 1).origin());
  }
}
