package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.LimitException;
import dev.remora.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That each limit of the language is the limit of a rule; jinja's own tests have the sources. */
class TemplateLimitsTest {
  private static LimitException limitOf(String source, RenderOptions options) {
    return assertThrows(
        LimitException.class, () -> ChatTemplate.of("t", source).render(List.of(), options));
  }

  @Test
  void steps_tooMany_passT1() {
    RenderOptions options = RenderOptions.builder().maxSteps(100).build();
    LimitException passed = limitOf("{% for i in range(100) %}{{ i }}{% endfor %}", options);
    assertEquals(Optional.of(Rule.T1), passed.rule());
    assertEquals("template steps", passed.limit());
    assertEquals(100, passed.bound());
  }

  @Test
  void prompt_tooLong_passesT2() {
    RenderOptions options = RenderOptions.builder().maxCharacters(5).build();
    ChatTemplate template = ChatTemplate.of("t", "{{ messages[0].content }}");
    assertEquals("12345", template.render(ChatMessages.builder().user("12345").build(), options));
    LimitException passed =
        assertThrows(
            LimitException.class,
            () -> template.render(ChatMessages.builder().user("123456").build(), options));
    assertEquals(Optional.of(Rule.T2), passed.rule());
    assertEquals("characters", passed.limit());
    assertEquals(5, passed.bound());
    assertEquals(6, passed.observed());
  }

  @Test
  void nesting_tooDeep_passesT3() {
    RenderOptions options = RenderOptions.builder().maxDepth(7).build();
    LimitException rendering = limitOf("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", options);
    assertEquals(Optional.of(Rule.T3), rendering.rule());
    assertEquals("levels of nesting", rendering.limit());
    assertEquals(7, rendering.bound());
    LimitException parsing =
        limitOf("{{ " + "(".repeat(501) + "1" + ")".repeat(501) + " }}", RenderOptions.DEFAULT);
    assertEquals(Optional.of(Rule.T3), parsing.rule());
    assertEquals(500, parsing.bound());
  }

  @Test
  void messages_nestedTooDeep_passT3() {
    Object content = "x";
    for (int level = 0; level < 600; level++) {
      content = new ArrayList<>(List.of(content));
    }
    List<Map<String, Object>> messages = List.of(Map.of("content", content));
    LimitException passed =
        assertThrows(LimitException.class, () -> ChatTemplate.of("t", "").render(messages));
    assertEquals(Optional.of(Rule.T3), passed.rule());
  }
}
