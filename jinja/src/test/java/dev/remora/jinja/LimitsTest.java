package dev.remora.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.remora.jinja.JinjaException.Kind;
import dev.remora.jinja.JinjaException.Limit;
import dev.remora.jinja.JinjaException.LimitPassed;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10); // two on a machine at rest

  private static String render(String source) {
    return render(source, Map.of(), JinjaOptions.DEFAULT);
  }

  private static String render(String source, Map<String, ?> context, JinjaOptions options) {
    return JinjaTemplate.parse(source).render(context, options);
  }

  private static LimitPassed limitOf(String source) {
    JinjaException passed =
        assertTimeoutPreemptively(
            PATIENCE, () -> assertThrows(JinjaException.class, () -> render(source)));
    assertEquals(Kind.LIMIT, passed.kind());
    return Objects.requireNonNull(passed.limit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{% for i in range(100000) %}{{ range(100000)|sum }}{% endfor %}",
        "{% for i in range(100000) %}{{ ('a' * 100000)|upper|length }}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[]) %}{% for i in range(9999) %}"
            + "{% set n.x = n.x + ['a' * 9999999] %}{% endfor %}",
        "{{ [1] * 10**9 }}",
        "{{ [1] * 10**30 }}",
        "{{ [1]|batch(10**9, 0)|list }}",
        "{{ 'ab'|slice(10**30)|list }}",
        "{% set n = namespace(x=(1,)) %}{% for i in range(60) %}{% set n.x = (n.x, n.x) %}{% endfor %}"
            + "{{ {n.x: 1} }}"
      })
  void work_withoutEnd_passesStepLimit(String source) {
    assertEquals(Limit.STEPS, limitOf(source).limit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for i in range(100000) %}{{ 'x' * 1000000 }}{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{{ 'a' * 10**30 }}",
        "{% set n = namespace(x='a') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{{ 'a'.center(10**12) }}",
        "{{ 'a'|indent(10**9, true) }}",
        "{{ [1]|tojson(indent=10**9) }}",
        "{{ ('a' * 10000000)|replace('a', 'a' * 10000) }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ 10 ** (10 ** 10) }}",
        "{{ 2 ** 65536 }}",
        "{% set n = namespace(x=10) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}"
      })
  void text_withoutEnd_passesCharacterLimit(String source) {
    assertEquals(Limit.CHARACTERS, limitOf(source).limit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(f) %}{{ f(f) }}{% endmacro %}{{ m(m) }}",
        "{% for a in 'abc' recursive %}{{ loop('abc') }}{% endfor %}",
        "{% set n = namespace(x=[]) %}{% for i in range(9999) %}{% set n.x = [n.x] %}{% endfor %}"
            + "{{ n.x }}",
        "{% set n = namespace(x=[]) %}{% for i in range(9999) %}{% set n.x = [n.x] %}{% endfor %}"
            + "{{ n.x|tojson }}",
        "{% set n = namespace(x=[]) %}{% for i in range(9999) %}{% set n.x = [n.x] %}{% endfor %}"
            + "{{ n.x == [n.x] }}",
        "{% set n = namespace() %}{% set n.x = n %}{{ n }}"
      })
  void nesting_withoutEnd_passesDepthLimit(String source) {
    assertEquals(Limit.DEPTH, limitOf(source).limit());
  }

  @Test
  void source_nestedDeeply_passesDepthLimit() {
    for (String[] part :
        new String[][] {{"(", "1", ")"}, {"[", "", "]"}, {"-", "1", ""}, {"not ", "1", ""}}) {
      String source = "{{ " + part[0].repeat(10_000) + part[1] + part[2].repeat(10_000) + " }}";
      assertEquals(Limit.DEPTH, limitOf(source).limit());
    }
    String links = "{{ x" + "|upper".repeat(10_000) + " }}";
    assertEquals(Limit.DEPTH, limitOf(links).limit());
    String blocks = "{% if 1 %}".repeat(10_000) + "{% endif %}".repeat(10_000);
    assertEquals(Limit.DEPTH, limitOf(blocks).limit());
  }

  @Test
  void source_longChains_doNotNest() {
    assertEquals("10001", render("{{ 1" + "+1".repeat(10_000) + " }}"));
    assertEquals("1", render("{{ 1" + " and 1".repeat(10_000) + " }}"));
  }

  @Test
  void source_halfMatchesEverywhere_isSearchedInLinearTime() {
    String source = "{% set s = 'a' * 1000000 %}{% set t = 'a' * 500000 ~ 'b' %}{{ t in s }}";
    assertEquals("False", assertTimeoutPreemptively(PATIENCE, () -> render(source)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ digits|int }}",
        "{{ digits|float }}",
        "{% for c in text %}{% set z = text[-1] ~ text[loop.index0] ~ text|length %}{% endfor %}",
        "{{ text.rsplit('ab' * 20)|length }}",
        "{{ (text ~ 'x').strip(text)|length }}",
        "{{ (('ab' * 20) * 2000).rsplit('ab' * 20)|length }}"
      })
  void userText_long_isReadInLinearTime(String source) {
    Map<String, Object> context =
        Map.of("digits", "1".repeat(80_000) + "x", "text", "ab\uD83D\uDE00".repeat(20_000));
    assertTimeoutPreemptively(PATIENCE, () -> render(source, context, JinjaOptions.DEFAULT));
  }

  @Test
  void source_ofManyMacros_isParsedInLinearTime() {
    StringBuilder source = new StringBuilder();
    for (int index = 0; index < 20_000; index++) {
      source.append("{% macro m").append(index).append("(a) %}{{ a }}{% endmacro %}");
    }
    assertEquals("", assertTimeoutPreemptively(PATIENCE, () -> render(source.toString())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% set n = 3 ** 20000 %}{% for i in range(99999) %}{% set z = n * n %}{% endfor %}",
        "{% set t = 'a' * 80000 %}{% set u = t ~ '' %}"
            + "{% for i in range(99999) %}{% set z = [t == u, t < u, t is eq u] %}{% endfor %}",
        "{% set d = dict(range(50000)|batch(2)) %}"
            + "{% for i in range(99999) %}{% set z = d.items() %}{% endfor %}",
        "{{ range(0, 10**5 * (2**32 + 1), 2**32 + 1)|unique|list|length }}"
            + "{% for i in range(9999) %}{{ range(9999)|sum }}{% endfor %}"
      })
  void work_onLargeValues_passesStepLimit(String source) {
    assertEquals(Limit.STEPS, limitOf(source).limit());
  }

  @Test
  void range_tooBig_isRefused() {
    JinjaException refused =
        assertThrows(JinjaException.class, () -> render("{{ range(10**12) }}"));
    assertEquals(Kind.EVALUATION, refused.kind());
    assertEquals(
        "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).",
        refused.problem());
  }

  @Test
  void output_exactlyAtTheBound_isAllowed() {
    JinjaOptions options = JinjaOptions.builder().maxCharacters(5).build();
    assertEquals("12345", render("{{ x }}", Map.of("x", "12345"), options));
    JinjaException refused =
        assertThrows(JinjaException.class, () -> render("{{ x }}", Map.of("x", "123456"), options));
    assertEquals(new LimitPassed(Limit.CHARACTERS, "characters", 5, 6), refused.limit());
  }

  @Test
  void options_limitBelowOne_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> JinjaOptions.builder().maxSteps(0).build());
    assertThrows(
        IllegalArgumentException.class, () -> JinjaOptions.builder().maxCharacters(0).build());
    assertThrows(IllegalArgumentException.class, () -> JinjaOptions.builder().maxDepth(0).build());
  }

  @Test
  void stack_small_endsInALimit() throws InterruptedException {
    String source = "{{ " + "(".repeat(100) + "1" + ")".repeat(100) + " }}";
    Throwable[] thrown = new Throwable[1];
    Runnable render =
        () -> {
          try {
            render(source);
          } catch (JinjaException e) {
            thrown[0] = e;
          }
        };
    assertEquals("1", render(source)); // classes are loaded
    Thread thread = new Thread(null, render, "small stack", 32 << 10);
    thread.start();
    thread.join();
    if (thrown[0]
        instanceof JinjaException e) { // the system may give a larger stack than asked for
      assertEquals(Kind.LIMIT, e.kind());
      assertEquals(Limit.DEPTH, Objects.requireNonNull(e.limit()).limit());
    }
  }
}
