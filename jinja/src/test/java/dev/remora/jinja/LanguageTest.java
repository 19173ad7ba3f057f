package dev.remora.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small templates, each of one feature of the language, against what Jinja2 3.1.6 gives for them in
 * the configuration of transformers. language.json holds them: source and result, or null and the
 * kind of the error.
 */
class LanguageTest {
  private static final JinjaOptions OPTIONS =
      JinjaOptions.builder()
          .clock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC))
          .build();

  /** A source, and what it gives; null for an error. */
  record Case(String source, @Nullable String expected) {}

  static Stream<Case> cases() throws IOException {
    try (InputStream stream = LanguageTest.class.getResourceAsStream("language.json")) {
      byte[] content = Objects.requireNonNull(stream).readAllBytes();
      JsonElement all = JsonParser.parseString(new String(content, StandardCharsets.UTF_8));
      List<Case> cases = new ArrayList<>();
      for (JsonElement item : all.getAsJsonArray()) {
        JsonElement expected = item.getAsJsonArray().get(1);
        cases.add(
            new Case(
                item.getAsJsonArray().get(0).getAsString(),
                expected.isJsonNull() ? null : expected.getAsString()));
      }
      return cases.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void template_ofOneFeature_equalsReference(Case item) {
    String expected = item.expected();
    if (expected == null) {
      assertThrows(
          JinjaException.class, () -> JinjaTemplate.parse(item.source()).render(Map.of(), OPTIONS));
    } else {
      assertEquals(expected, JinjaTemplate.parse(item.source()).render(Map.of(), OPTIONS));
    }
  }
}
