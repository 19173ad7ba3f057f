package dev.remora.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.jinja.JinjaException.Kind;
import dev.remora.jinja.JinjaException.Limit;
import dev.remora.jinja.JinjaException.LimitPassed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JinjaTemplateTest {
  private static String render(String source, Map<String, ? extends @Nullable Object> context) {
    return JinjaTemplate.parse(source).render(context, JinjaOptions.DEFAULT);
  }

  private static JinjaException failureOf(String source) {
    return assertThrows(JinjaException.class, () -> render(source, Map.of()));
  }

  @Test
  void source_thatDoesNotParse_isASyntaxProblemWithItsLine() {
    JinjaException e =
        assertThrows(JinjaException.class, () -> JinjaTemplate.parse("a\nb\n{{ 1 + }}"));
    assertEquals(Kind.SYNTAX, e.kind());
    assertEquals(3, e.line());
    assertNull(e.limit());
  }

  @Test
  void expression_withoutValue_isAnEvaluationProblemWithTheLineOfTheCall() {
    JinjaException e =
        failureOf("{% macro m() %}\n{{ 1 }}\n{% endmacro %}\n{{ m() }}\n{{ m() + none }}\n");
    assertEquals(Kind.EVALUATION, e.kind());
    assertEquals(5, e.line());
    assertEquals("can only concatenate str (not \"NoneType\") to str", e.problem());
  }

  @Test
  void raiseException_hasExactlyTheTextOfTheTemplate() {
    JinjaException e = failureOf("\n{{ raise_exception('no: [1]') }}");
    assertEquals(Kind.RAISED, e.kind());
    assertEquals(2, e.line());
    assertEquals("no: [1]", e.problem());
  }

  @Test
  void problem_quotesNothingOfTheRequest_unlessAsked() {
    Map<String, ?> request = Map.of("secret", "my card is 4929", "role", "user", "one", List.of());
    Map<String, String> problems =
        Map.of(
            "{{ raise_exception('Unknown role: ' ~ secret ~ ', sorry about it') }}",
            "Unknown role: …, sorry about it",
            "{{ raise_exception(secret) }}",
            "…",
            "{{ raise_exception('Unknown role: ' ~ role) }}",
            "Unknown role: …",
            "{{ raise_exception('No user') }}",
            "No user",
            "{{ one[secret] + 1 }}",
            "'list object' has no attribute '…'",
            "{{ {'a': 1}[secret] + 1 }}",
            "'dict object' has no attribute '…'",
            "{{ one.index(secret) }}",
            "… is not in list",
            "{{ '%(card)s' % {secret: 1} }}",
            "'card'",
            "{{ ('{' ~ secret ~ '}').format() }}",
            "'…'");
    problems.forEach(
        (source, problem) -> {
          JinjaException e =
              assertThrows(
                  JinjaException.class,
                  () -> JinjaTemplate.parse(source).render(request, JinjaOptions.DEFAULT));
          assertEquals(problem, e.problem());
          assertFalse(String.valueOf(e.getMessage()).contains("4929"));
        });
    JinjaOptions asked = JinjaOptions.builder().requestTextInErrors(true).build();
    JinjaTemplate raising = JinjaTemplate.parse("{{ raise_exception('no ' ~ secret) }}");
    JinjaException e = assertThrows(JinjaException.class, () -> raising.render(request, asked));
    assertEquals("no my card is 4929", e.problem());
  }

  @Test
  void limit_passed_isAFact() {
    JinjaOptions options = JinjaOptions.builder().maxSteps(3).build();
    JinjaTemplate template = JinjaTemplate.parse("\n{% for i in [1, 2] %}{{ i }}{% endfor %}");
    JinjaException e = assertThrows(JinjaException.class, () -> template.render(Map.of(), options));
    assertEquals(Kind.LIMIT, e.kind());
    assertEquals(2, e.line());
    assertEquals(new LimitPassed(Limit.STEPS, "template steps", 3, 4), e.limit());
    assertEquals("line 2: more than 3 template steps (seen: 4)", e.getMessage());
  }

  @Test
  void values_ofJava_areThoseOfPython() {
    Map<String, @Nullable Object> context = new HashMap<>();
    context.put("text", CharBuffer.wrap("a"));
    context.put("whole", List.of((byte) 1, (short) 2, 3, 4L, BigInteger.TEN.pow(20)));
    context.put("real", List.of(1.0f, 2.5, new BigDecimal("1.50"), new BigDecimal("7")));
    context.put("flag", true);
    context.put("nothing", null);
    context.put("array", new Object[] {1, "b", new String[] {"c"}});
    context.put("map", Collections.singletonMap("k", null));
    context.put("constant", Kind.LIMIT);
    assertEquals(
        "a [1, 2, 3, 4, 100000000000000000000] [1.0, 2.5, 1.5, 7] True None [1, 'b', ['c']]"
            + " {'k': None} LIMIT",
        render(
            "{{ text }} {{ whole }} {{ real }} {{ flag }} {{ nothing }} {{ array }} {{ map }}"
                + " {{ constant }}",
            context));
  }

  @Test
  void values_ofNoJsonKind_areRefusedEvenIfNotUsed() {
    assertThrows(IllegalArgumentException.class, () -> render("", Map.of("x", new Object())));
    assertThrows(
        IllegalArgumentException.class, () -> render("", Map.of("x", List.of(Map.of(1, 2)))));
  }

  @Test
  void values_nestedTooDeep_passTheDepthLimit() {
    Object value = "x";
    for (int level = 0; level < 501; level++) {
      value = new ArrayList<>(Arrays.asList(value));
    }
    Map<String, Object> context = Map.of("x", value);
    JinjaException e = assertThrows(JinjaException.class, () -> render("", context));
    assertEquals(new LimitPassed(Limit.DEPTH, "levels of nesting", 500, 501), e.limit());
  }

  @Test
  void context_isNotChangedByTheTemplate() {
    Map<String, Object> context = new LinkedHashMap<>(Map.of("x", 1));
    assertEquals("2", render("{% set x = 2 %}{% set y = 3 %}{{ x }}", context));
    assertEquals(Map.of("x", 1), context);
  }

  @Test
  void context_hidesGlobals() {
    assertEquals("5", render("{{ range }}", Map.of("range", 5)));
  }

  @Test
  void render_fromManyThreads_isTheSame() {
    JinjaTemplate template =
        JinjaTemplate.parse(
            "{% set n = namespace(c=0) %}{% for i in x %}{% set n.c = n.c + i %}{% endfor %}{{ n.c }}");
    assertTrue(
        IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(n -> template.render(Map.of("x", List.of(n, 1)), JinjaOptions.DEFAULT))
                .distinct()
                .count()
            == 2_000);
  }

  @Test
  void options_toBuilder_keepsAll() {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    JinjaOptions options =
        JinjaOptions.builder().maxSteps(1).maxCharacters(2).maxDepth(3).clock(clock).build();
    assertEquals(options.toString(), options.toBuilder().build().toString());
    assertEquals(
        "1970",
        JinjaTemplate.parse("{{ strftime_now('%Y') }}")
            .render(Map.of(), JinjaOptions.builder().clock(clock).build()));
  }

  @Test
  void pythonStrings_areThoseOfPython() {
    assertEquals("a\u200bb", PythonStrings.strip("\u00a0\u001c a\u200bb\u3000\n"));
    assertEquals(" a", PythonStrings.stripEnd(" a\u0085\u2028"));
    assertTrue(PythonStrings.contains("abcabd", "abd"));
    assertTrue(PythonStrings.contains("x".repeat(50) + "y", "x".repeat(20) + "y"));
  }
}
