package dev.remora.chat.response.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonJsonTest {
  @Test
  void values_areThoseOfJsonLoads() {
    assertEquals(
        Arrays.asList(1L, 1.0, -0.0, 0L, 1e300, Double.POSITIVE_INFINITY, true, null, "a\"é\n"),
        PythonJson.parse(" [1, 1.0,-0.0,-0 ,1E300,1e999,true,null,\"a\\\"\\u00e9\\n\"]\r\n"));
    assertEquals(new BigInteger("9223372036854775808"), PythonJson.parse("9223372036854775808"));
    assertEquals(Double.NaN, PythonJson.parse("NaN"));
    assertEquals(Double.NEGATIVE_INFINITY, PythonJson.parse("-Infinity"));
    assertEquals("\uD800", PythonJson.parse("\"\\ud800\""));
    assertEquals("😀", PythonJson.parse("\"\\ud83d\\ude00\""));
  }

  @Test
  void member_twice_hasTheLastValueInTheFirstPlace() {
    Map<?, ?> object = assertInstanceOf(Map.class, PythonJson.parse("{\"b\":1,\"a\":2,\"b\":3}"));
    assertEquals(new LinkedHashMap<>(Map.of("b", 3L, "a", 2L)), object);
    assertEquals(List.of("b", "a"), List.copyOf(object.keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nul",
        "01",
        "1.",
        ".5",
        "1e",
        "+1",
        "-",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "[1 2]",
        "'x'",
        "\"\t\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"a",
        "\u00A01",
        "\uFEFF1",
        "{} {}",
        "[",
        "{\"a\"}"
      })
  void text_thatIsNoJson_isRefused(String text) {
    ValueFailure failure = assertThrows(ValueFailure.class, () -> PythonJson.parse(text));
    assertEquals(true, failure.isSyntax());
  }

  @Test
  void json_tooDeepOrOfTooManyDigits_isRefusedAlsoWhereAnyTextMayBe() {
    ContentReader lenient = ContentReaders.of("json", Map.of("allow_non_json", true));
    String deep = "[".repeat(100_000);
    assertThrows(ValueFailure.class, () -> lenient.read(deep));
    assertThrows(ValueFailure.class, () -> lenient.read("1".repeat(4301)));
    assertEquals("x [", lenient.read(" x [ "));
  }

  @Test
  void quotesAndBareNames_asModelsWriteThem_becomeJson() {
    ContentReader reader =
        ContentReaders.of(
            "json",
            Map.of("unquoted_keys", true, "string_delims", List.of(List.of("<|\"|>", "<|\"|>"))));
    assertEquals(
        Map.of("city", "a\"b,c:d\\", "days", 3L),
        reader.read("{city:<|\"|>a\"b,c:d\\<|\"|>,days:3}"));
    assertThrows(ValueFailure.class, () -> reader.read("{a:1, b:2}")); // as in the reference
    assertThrows(ValueFailure.class, () -> reader.read("{a:\u0001}"));
  }
}
