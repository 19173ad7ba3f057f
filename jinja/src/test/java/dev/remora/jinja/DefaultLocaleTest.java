package dev.remora.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a template prints depends on the locale of the machine. */
class DefaultLocaleTest {
  private static final JinjaOptions OPTIONS =
      JinjaOptions.builder()
          .clock(Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC))
          .build();

  /** Whatever writes digits or changes case. */
  private static final String SOURCE =
      "{{ 12345678 }}|{{ 1.5 }}|{{ 1e-07 }}|{{ 1e+22 }}|{{ [1, 2.5, 1e16] }}|{{ '\\x01\\u200b' }}|"
          + "{{ ['\\x01\\u200b\\U000e0001'] }}|"
          + "{{ {'a': 1e-07, 'b': [12], 'c': '\\x01'}|tojson }}|"
          + "{{ 'é'|tojson(ensure_ascii=true) }}|"
          + "{{ '%d %5.2f %e %g %x %05d' % (12, 3.5, 12345.678, 1e-07, 255, 7) }}|"
          + "{{ '{:d} {:,} {:.3e} {:%} {:x} {:05}'.format(12, 1234567, 12345.678, 0.25, 255, 7) }}|"
          + "{{ strftime_now('%Y %y %C %m %d %e %j %B %b %A %a %u %w %G %V %U %W') }}|"
          + "{{ strftime_now('%H %I %k %l %M %S %f %p %P %s %D %F %T %R %r %c %-d %x %X') }}|"
          + "{{ 'TITLE iI'.lower() }}{{ 'title iI'.upper() }}{{ 'ii'|title }}{{ 'iI'.swapcase() }}|"
          + "{{ '12'|int + 1 }}|{{ '1.5'|float }}|{{ 3.14159|round(2) }}|{{ range(10)|length }}";

  private static final String EXPECTED =
      "12345678|1.5|1e-07|1e+22|[1, 2.5, 1e+16]|\u0001\u200b|['\\x01\\u200b\\U000e0001']|"
          + "{\"a\": 1e-07, \"b\": [12], \"c\": \"\\u0001\"}|\"\\u00e9\"|"
          + "12  3.50 1.234568e+04 1e-07 ff 00007|12 1,234,567 1.235e+04 25.000000% ff 00007|"
          + "2026 26 20 01 02  2 002 January Jan Friday Fri 5 5 2026 01 00 00|"
          + "03 03  3  3 04 05 006000 AM am 1767323045 01/02/26 2026-01-02 03:04:05 03:04"
          + " 03:04:05 AM Fri Jan  2 03:04:05 2026 2 01/02/26 03:04:05|"
          + "title iiTITLE IIIiIi|13|1.5|3.14|10";

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN", "bn-BD", "tr-TR", "en-US"})
  void output_underAnyDefaultLocale_isTheSame(String tag) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertEquals(EXPECTED, JinjaTemplate.parse(SOURCE).render(Map.of(), OPTIONS));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void problem_underAnyDefaultLocale_isTheSame() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      JinjaTemplate template = JinjaTemplate.parse("{% set a, b = [1, 2, 3] %}");
      JinjaException e =
          assertThrows(JinjaException.class, () -> template.render(Map.of(), OPTIONS));
      assertEquals("too many values to unpack (expected 2)", e.problem());
      assertEquals("line 1: too many values to unpack (expected 2)", e.getMessage());
    } finally {
      Locale.setDefault(before);
    }
  }
}
