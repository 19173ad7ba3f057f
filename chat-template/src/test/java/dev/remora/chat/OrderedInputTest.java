package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.LimitException;
import dev.remora.chat.other.HiddenRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderedInputTest {
  private static final ChatTemplate JSON = ChatTemplate.of("t", "{{ messages | tojson }}");
  private static final ChatTemplate TOOLS = ChatTemplate.of("t", "{{ tools | tojson }}");

  /** A message of a caller's own. */
  public record Message(String role, @Nullable Content content) {}

  /** Its content. */
  public record Content(String type, List<Integer> numbers) {}

  @Test
  void mapOfSeveralEntries_isRefusedByItsPlace() {
    ChatMessages builder = ChatMessages.builder().user("Hi");
    UnorderedInputException message =
        assertThrows(
            UnorderedInputException.class,
            () -> builder.message(Map.of("role", "user", "content", "Hi")));
    assertEquals("messages[1]", message.path());
    assertTrue(String.valueOf(message.getMessage()).contains("take a LinkedHashMap"));
    UnorderedInputException arguments =
        assertThrows(
            UnorderedInputException.class,
            () -> builder.toolCall("c", "f", Map.of("a", 1, "b", 2)));
    assertEquals("messages[1].tool_calls[0].function.arguments", arguments.path());
    RenderOptions.Builder options = RenderOptions.builder();
    UnorderedInputException tool =
        assertThrows(
            UnorderedInputException.class,
            () -> options.tool("f", "d", Map.of("properties", Map.of("a", 1, "b", 2))));
    assertEquals("tools[0].function.parameters.properties", tool.path());
    assertThrows(
        UnorderedInputException.class, () -> options.documents(List.of(Map.of("a", 1, "b", 2))));
    UnorderedInputException set =
        assertThrows(
            UnorderedInputException.class,
            () -> options.keywordArgument("names", List.of(Set.of("a", "b"))));
    assertEquals("names[0]", set.path());
    assertEquals("[]", TOOLS.render(List.of(), options.tools(List.of()).build()));
  }

  @Test
  void mapsOfOneEntryOrNone_areTaken() {
    List<Map<String, Object>> call = ChatMessages.builder().toolCall("c", "f", Map.of()).build();
    assertTrue(JSON.render(call).contains("\"arguments\": {}"));
    assertEquals(
        "[{\"role\": \"user\"}]",
        JSON.render(ChatMessages.builder().message(Map.of("role", "user")).build()));
  }

  @Test
  void order_ofLinkedMaps_isKept() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("z", 1);
    parameters.put("a", Map.of("b", 2));
    assertEquals(
        "[{\"type\": \"function\", \"function\": {\"name\": \"f\", \"description\": \"d\","
            + " \"parameters\": {\"z\": 1, \"a\": {\"b\": 2}}}}]",
        TOOLS.render(List.of(), RenderOptions.builder().tool("f", "d", parameters).build()));
  }

  @Test
  void records_areMapsOfTheirComponents() {
    Message message = new Message("user", new Content("n", List.of(2, 1)));
    assertEquals(
        "[{\"role\": \"user\", \"content\": {\"type\": \"n\", \"numbers\": [2, 1]}}]",
        JSON.render(ChatMessages.builder().message(message).build()));
    assertEquals(
        "[{\"role\": \"user\", \"content\": null}]",
        TOOLS.render(
            List.of(), RenderOptions.builder().tools(List.of(new Message("user", null))).build()));
  }

  @Test
  void record_thatIsHidden_isRefused() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> ChatMessages.builder().message(HiddenRecords.message()));
    assertTrue(String.valueOf(failure.getMessage()).contains("must be public"));
  }

  @Test
  void input_isCopied() {
    Map<String, Object> message = new LinkedHashMap<>(Map.of("role", "user"));
    ChatMessages builder = ChatMessages.builder().message(message);
    message.put("role", "system");
    assertEquals("[{\"role\": \"user\"}]", JSON.render(builder.build()));
  }

  @Test
  void input_thatIsTooDeep_isLeftForRenderingToRefuse() {
    Object deep = "x";
    for (int level = 0; level < 100_000; level++) {
      deep = List.of(deep);
    }
    RenderOptions options = RenderOptions.builder().tools(List.of(deep)).build();
    assertThrows(LimitException.class, () -> TOOLS.render(List.of(), options));
  }
}
