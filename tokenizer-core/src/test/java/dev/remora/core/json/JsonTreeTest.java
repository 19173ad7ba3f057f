package dev.remora.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON in the strict sense. */
class JsonTreeTest {
  private static @Nullable Object tree(String json) {
    return JsonTree.read(new JsonCursor("a.json", json.getBytes(UTF_8), 0));
  }

  @Test
  void read_numbersAndStrings_areWhatTheySay() {
    assertEquals(
        List.of(1L, -2L, 0.5, 1e3, 1.2345678901234567E19, 0L),
        tree("[1,-2,0.5,1e3,12345678901234567890,-0]"));
    assertEquals(
        List.of("é\uD83E\uDD88\n\"\\/ 🦈", List.of(List.of(List.of(0L)))),
        tree("[\"\\u00e9\\ud83e\\udd88\\n\\\"\\\\\\/ 🦈\",[[[0]]]]"));
    assertEquals(Map.of(), tree(" { } "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"a\":null,\"b\":null}",
        "{\"a\":null,\"a\":[]}",
        "{\"x\":{\"\\u0061\":1,\"a\":1}}"
      })
  void read_duplicateMember_isRefused(String json) {
    BundleException refused = assertThrows(BundleException.class, () -> tree(json));
    assertTrue(String.valueOf(refused.getMessage()).contains("duplicate member 'a'"));
  }

  @Test
  void read_values_areOfTheTypesThatEnginesExpect() {
    assertEquals(
        Map.of("a", List.of(1L, 0.5, true, "x"), "b", Map.of()),
        tree("{\"a\":[1,0.5,true,\"x\"],\"b\":{},\"c\":null}"));
  }

  /** Who looks up what another member holds may hold nothing. */
  @Test
  void read_emptyContainers_mayBeAskedForNull() {
    assertFalse(((Map<?, ?>) Objects.requireNonNull(tree("{}"))).containsKey(null));
    assertFalse(((List<?>) Objects.requireNonNull(tree("[]"))).contains(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\" 1}", "[1 2]", "tru", "nul", "01x", "{a:1}", "'a'"})
  void read_lenientJson_isRefused(String json) {
    assertThrows(BundleException.class, () -> tree("[" + json + "]"));
  }
}
