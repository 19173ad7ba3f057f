package dev.remora.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.jinja.JinjaException.Kind;
import dev.remora.jinja.PythonValues.JsonStyle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected texts are those of json.loads, json.dumps(ensure_ascii=False) and str in 3.11. */
class PythonValuesTest {
  private static @Nullable Object parsed(String json) {
    return PythonValues.parse(json, JinjaOptions.DEFAULT);
  }

  private static String again(String json, JsonStyle style) {
    return PythonValues.json(parsed(json), style, JinjaOptions.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        " {\"b\" : 1,\"a\":[1.50, 1e5,1E400,-0,-0.0,true,null]} "
            + "| {\"b\": 1, \"a\": [1.5, 100000.0, Infinity, 0, -0.0, true, null]}",
        "{\"a\":1,\"b\":2,\"a\":3}|{\"a\": 3, \"b\": 2}",
        "[NaN,-Infinity]|[NaN, -Infinity]",
        "\"\\u00e9\\ud83d\\ude00\\/\\u0000\"|\"é😀/\\u0000\"",
        "123456789012345678901234567890|123456789012345678901234567890",
        "{}|{}",
        "[ ]|[]",
      })
  void json_readAndWritten_isPythons(String json, String expected) {
    assertEquals(expected.strip(), again(json, JsonStyle.SPACED));
  }

  @Test
  void styles_differInSeparatorsAndOrder() {
    String json = "{\"b\": {\"d\": 1, \"c\": 2}, \"a\": [1, 2]}";
    assertEquals("{\"b\":{\"d\":1,\"c\":2},\"a\":[1,2]}", again(json, JsonStyle.COMPACT));
    assertEquals("{\"a\":[1,2],\"b\":{\"c\":2,\"d\":1}}", again(json, JsonStyle.COMPACT_SORTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "{a: 1}",
        "{'a': 1}",
        "[1,]",
        "{\"a\":1,}",
        "1.",
        "01",
        "+1",
        ".5",
        "1e",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "[1] 2",
        "nul",
        "True",
        "\uFEFF1",
        "-",
        "[1 2]"
      })
  void text_thatIsNoJson_isRefused(String text) {
    JinjaException failure = assertThrows(JinjaException.class, () -> parsed(text));
    assertEquals(Kind.EVALUATION, failure.kind());
  }

  @Test
  void integer_ofTooManyDigits_isRefusedAsByPython() {
    assertEquals("9".repeat(4300), again("9".repeat(4300), JsonStyle.SPACED));
    assertEquals("-" + "9".repeat(4300), again("-" + "9".repeat(4300), JsonStyle.SPACED));
    JinjaException failure = assertThrows(JinjaException.class, () -> parsed("9".repeat(4301)));
    assertEquals(Kind.LIMIT, failure.kind());
  }

  @Test
  void nesting_atTheLimit_passes() {
    JinjaOptions seven = JinjaOptions.builder().maxDepth(7).build();
    PythonValues.parse("[".repeat(7) + "]".repeat(7), seven);
    JinjaException failure =
        assertThrows(
            JinjaException.class, () -> PythonValues.parse("[".repeat(8) + "]".repeat(8), seven));
    assertEquals(Kind.LIMIT, failure.kind());
    assertThrows(JinjaException.class, () -> parsed("[".repeat(1 << 20)));
  }

  @Test
  void null_isNull() {
    assertNull(parsed(" null "));
  }

  @Test
  void str_isPythons() {
    assertEquals("True", PythonValues.str(true, JinjaOptions.DEFAULT));
    assertEquals("None", PythonValues.str(null, JinjaOptions.DEFAULT));
    assertEquals("1e-06", PythonValues.str(0.000001, JinjaOptions.DEFAULT));
    assertEquals("a'b", PythonValues.str("a'b", JinjaOptions.DEFAULT));
    assertEquals("['a', 1]", PythonValues.str(Arrays.asList("a", 1), JinjaOptions.DEFAULT));
  }
}
