package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small templates, each of one feature of the language, against what Jinja2 3.1.6 gives for them in
 * the configuration of transformers. language.json holds them: source and result, or null and the
 * kind of the error.
 */
class LanguageTest {
  private static final RenderOptions OPTIONS =
      RenderOptions.builder()
          .clock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC))
          .build();

  static Stream<List<?>> cases() throws IOException {
    try (InputStream stream = LanguageTest.class.getResourceAsStream("language.json")) {
      byte[] content = Objects.requireNonNull(stream).readAllBytes();
      List<?> cases = (List<?>) Json.parse(new String(content, StandardCharsets.UTF_8));
      return Objects.requireNonNull(cases).stream().map(item -> (List<?>) item);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void template_ofOneFeature_equalsReference(List<?> item) {
    ChatTemplate template = ChatTemplate.of("test", (String) item.get(0));
    if (item.get(1) == null) {
      assertThrows(TemplateException.class, () -> template.render(List.of(), OPTIONS));
    } else {
      assertEquals(item.get(1), template.render(List.of(), OPTIONS));
    }
  }
}
