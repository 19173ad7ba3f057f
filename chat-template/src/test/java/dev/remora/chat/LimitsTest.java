package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.remora.LimitException;
import dev.remora.TemplateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10); // two on a machine at rest

  private static LimitException limitOf(String source) {
    ChatTemplate template = ChatTemplate.of("hostile", source);
    return assertTimeoutPreemptively(
        PATIENCE, () -> assertThrows(LimitException.class, () -> template.render(List.of())));
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
    assertEquals(Optional.of(Limits.STEPS), limitOf(source).rule());
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
    assertEquals(Optional.of(Limits.CHARACTERS), limitOf(source).rule());
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
    assertEquals(Optional.of(Limits.DEPTH), limitOf(source).rule());
  }

  @Test
  void source_nestedDeeply_passesDepthLimit() {
    for (String[] part :
        new String[][] {{"(", "1", ")"}, {"[", "", "]"}, {"-", "1", ""}, {"not ", "1", ""}}) {
      String source = "{{ " + part[0].repeat(10_000) + part[1] + part[2].repeat(10_000) + " }}";
      assertEquals(Optional.of(Limits.DEPTH), limitOf(source).rule());
    }
    String links = "{{ x" + "|upper".repeat(10_000) + " }}";
    assertEquals(Optional.of(Limits.DEPTH), limitOf(links).rule());
    String blocks = "{% if 1 %}".repeat(10_000) + "{% endif %}".repeat(10_000);
    assertEquals(Optional.of(Limits.DEPTH), limitOf(blocks).rule());
  }

  @Test
  void source_longChains_doNotNest() {
    assertEquals(
        "10001", ChatTemplate.of("t", "{{ 1" + "+1".repeat(10_000) + " }}").render(List.of()));
    assertEquals(
        "1", ChatTemplate.of("t", "{{ 1" + " and 1".repeat(10_000) + " }}").render(List.of()));
  }

  @Test
  void source_halfMatchesEverywhere_isSearchedInLinearTime() {
    String source = "{% set s = 'a' * 1000000 %}{% set t = 'a' * 500000 ~ 'b' %}{{ t in s }}";
    ChatTemplate template = ChatTemplate.of("t", source);
    assertEquals("False", assertTimeoutPreemptively(PATIENCE, () -> template.render(List.of())));
  }

  @Test
  void range_tooBig_isRefused() {
    ChatTemplate template = ChatTemplate.of("t", "{{ range(10**12) }}");
    TemplateException refused =
        assertThrows(TemplateException.class, () -> template.render(List.of()));
    assertEquals(
        "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).",
        refused.problem());
  }

  @Test
  void prompt_exactlyAtTheBound_isAllowed() {
    RenderOptions options = RenderOptions.builder().maxCharacters(5).build();
    ChatTemplate template = ChatTemplate.of("t", "{{ messages[0].content }}");
    assertEquals("12345", template.render(ChatMessages.builder().user("12345").build(), options));
    LimitException refused =
        assertThrows(
            LimitException.class,
            () -> template.render(ChatMessages.builder().user("123456").build(), options));
    assertEquals(5, refused.bound());
  }

  @Test
  void stack_small_endsInALimit() throws InterruptedException {
    String source = "{{ " + "(".repeat(100) + "1" + ")".repeat(100) + " }}";
    Throwable[] thrown = new Throwable[1];
    Runnable render =
        () -> {
          try {
            ChatTemplate.of("t", source).render(List.of());
          } catch (LimitException e) {
            thrown[0] = e;
          }
        };
    assertEquals("1", ChatTemplate.of("t", source).render(List.of())); // classes are loaded
    Thread thread = new Thread(null, render, "small stack", 32 << 10);
    thread.start();
    thread.join();
    if (thrown[0] != null) { // the system may give a larger stack than asked for
      assertEquals(Optional.of(Limits.DEPTH), ((LimitException) thrown[0]).rule());
    }
  }
}
