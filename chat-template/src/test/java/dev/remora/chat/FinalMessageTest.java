package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.TemplateException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected prompts are those of render_jinja_template in transformers 5.17.0. */
class FinalMessageTest {
  private static final RenderOptions CONTINUE =
      RenderOptions.builder().continueFinalMessage(true).build();
  private static final String PLAIN =
      "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<end>{% endfor %}";
  private static final String TRIMMED =
      "{% for m in messages %}<|{{ m.role }}|>{{ m.content|trim }}<end>{% endfor %}";

  private static String render(String source, String answer) {
    List<Map<String, Object>> messages =
        ChatMessages.builder().user("Hi").assistant(answer).build();
    return ChatTemplate.of("t", source).render(messages, CONTINUE);
  }

  @Test
  void prompt_endsBehindTheText() {
    assertEquals("<|user|>Hi<end><|assistant|>The ", render(PLAIN, "The "));
    assertEquals("<|user|>Hi<end><|assistant|> The \n", render(PLAIN, " The \n"));
    assertEquals("<|user|>Hi<end><|assistant|>", render(PLAIN, ""));
  }

  @Test
  void prompt_ofATemplateThatTrims_endsWithoutSpace() {
    assertEquals("<|user|>Hi<end><|assistant|>The", render(TRIMMED, " The "));
  }

  @Test
  void parts_lastTextIsContinued() {
    String source =
        "{% for m in messages %}<|{{ m.role }}|>{% for p in m.content %}{{ p.text }}{% endfor %}<end>{% endfor %}";
    List<Map<String, Object>> messages =
        List.of(
            Map.of("role", "user", "content", List.of(Map.of("type", "text", "text", "Hi"))),
            Map.of(
                "role",
                "assistant",
                "content",
                List.of(
                    Map.of("type", "text", "text", "a"),
                    Map.of("type", "text", "text", "b "),
                    Map.of("type", "image"))));
    assertEquals(
        "<|user|>Hi<end><|assistant|>ab ", ChatTemplate.of("t", source).render(messages, CONTINUE));
  }

  @Test
  void text_thatTheTemplateDrops_isAnError() {
    String source = "{% for m in messages %}{{ m.content.split('</think>')[-1] }}<end>{% endfor %}";
    TemplateException failure =
        assertThrows(TemplateException.class, () -> render(source, "x</think>y"));
    assertTrue(failure.problem().contains("does not appear in the chat"));
  }

  @Test
  void field_thatIsMissing_isAnError() {
    RenderOptions reasoning = RenderOptions.builder().continueFinalMessage("reasoning").build();
    List<Map<String, Object>> without = ChatMessages.builder().assistant("a").build();
    ChatTemplate template = ChatTemplate.of("t", PLAIN);
    TemplateException missing =
        assertThrows(TemplateException.class, () -> template.render(without, reasoning));
    assertEquals(
        "continue_final_message is set but the final message has no \"reasoning\" to continue!",
        missing.problem());
    List<Map<String, Object>> with =
        List.of(Map.of("role", "assistant", "content", "", "reasoning", "q"));
    TemplateException unknown =
        assertThrows(TemplateException.class, () -> template.render(with, reasoning));
    assertEquals(
        "continue_final_message is set to \"reasoning\" but this is not an accepted field in the"
            + " chat_template",
        unknown.problem());
  }
}
