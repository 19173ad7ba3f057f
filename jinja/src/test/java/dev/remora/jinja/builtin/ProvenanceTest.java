package dev.remora.jinja.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.jinja.JinjaException;
import dev.remora.jinja.JinjaOptions;
import dev.remora.jinja.JinjaTemplate;
import dev.remora.jinja.JinjaText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That each character says where it comes from, whatever a template does with it. */
class ProvenanceTest {
  /** Characters that only the request has; no source below writes one but in a name. */
  private static final String OF_THE_REQUEST = "quwQUW89";

  private static Map<String, Object> request() {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("q", "qu w{}\n QU%swq");
    request.put("ql", List.of("w q", "qu", "w"));
    request.put("qm", List.of(Map.of("t", "qw"), Map.of("t", "uu")));
    request.put("qd", Map.of("q", "w"));
    request.put("q8", 89);
    request.put("qf", 8.9);
    request.put("qt", true);
    request.put("qh", "88");
    return request;
  }

  private static JinjaText print(String source) {
    return JinjaTemplate.parse(source).print(Map.of(), request(), JinjaOptions.DEFAULT);
  }

  /** The runs as text: those of the template in angle brackets, those of the request in square. */
  private static String shown(JinjaText printed) {
    StringBuilder shown = new StringBuilder();
    int from = 0;
    for (JinjaText.Run run : printed.runs()) {
      String text = printed.text().substring(from, run.end());
      shown.append(run.path() == null ? "<" + text + ">" : "[" + text + "]");
      from = run.end();
    }
    return shown.toString().replace("][", "");
  }

  private static final List<String> SUBJECTS =
      List.of("q", "ql", "qm", "qd", "q8", "qf", "[q, 't']", "'t' ~ q");

  private static final List<String> ARGUMENTS =
      List.of(
          "",
          "q",
          "'t'",
          "q8",
          "1",
          "20",
          "ql",
          "qd",
          "q, q",
          "'t', q",
          "q[:1], 't'",
          "q[:1], q[:2]",
          "20, q[:1]",
          "attribute='t'",
          "'t', 'ne', q",
          "1, q",
          "'title'",
          "qm",
          "{113: q, 117: q8}",
          "t=q",
          "**qd",
          "qh, q8",
          "indent=2",
          "width=q, first=true");

  /** Every use of a subject X, by the name that it is of. */
  private static Map<String, List<String>> uses() {
    Map<String, List<String>> uses = new LinkedHashMap<>();
    for (String arguments : ARGUMENTS) {
      String inputs = arguments.isEmpty() ? "" : "(" + arguments + ")";
      String more = arguments.isEmpty() ? "" : ", " + arguments;
      for (String name : Builtins.FILTERS.keySet()) {
        add(uses, "filter " + name, "X|" + name + inputs);
        add(uses, "filter " + name, "'{} %s t'|" + name + "(X" + more + ")");
        add(uses, "filter " + name, "[X, X]|map('" + name + "'" + more + ")");
      }
      Builtins.TESTS.keySet().stream()
          .filter(name -> Character.isLetter(name.charAt(0)))
          .forEach(name -> add(uses, "test " + name, "X is " + name + inputs));
      Stream.of(Methods.OF_STRING, SequenceMethods.OF_LIST, SequenceMethods.ALL, DictMethods.ALL)
          .flatMap(methods -> methods.keySet().stream())
          .forEach(
              name -> {
                add(uses, "method " + name, "X." + name + "(" + arguments + ")");
                add(uses, "method " + name, "'{} t%s t'." + name + "(X" + more + ")");
                add(uses, "method " + name, "'{:{}>7}{!r}'." + name + "(X" + more + ")");
              });
      for (String name : Globals.with(Clock.systemUTC()).keySet()) {
        if (!name.equals("raise_exception")) {
          add(uses, "global " + name, name + "(X" + more + ")");
        }
      }
      for (BinaryOperator operator : BinaryOperator.values()) {
        add(uses, "operator " + operator, "X " + operator.symbol() + " (" + arguments + ")");
        add(uses, "operator " + operator, "(" + arguments + ") " + operator.symbol() + " X");
      }
    }
    for (String format : List.of("%s", "%r", "%7s", "%-7s", "%07d", "%x", "%c", "%.2f", "%(q)s")) {
      add(uses, "operator MODULO", "'" + format + "' % X");
    }
    for (String format :
        List.of("{}", "{!r}", "{:>7}", "{:07}", "{:,}", "{:x}", "{0[0]}", "{:.1f}")) {
      add(uses, "method format", "'" + format + "'.format(X)");
    }
    add(uses, "method format_map", "'{q}{q!r}'.format_map(X)");
    for (String more :
        List.of("X[0]", "X[-1]", "X[1:]", "X[::-1]", "-X", "X ~ X", "[X]", "(X, X)", "X|list")) {
      add(uses, "expression", more);
    }
    return uses;
  }

  private static void add(Map<String, List<String>> uses, String name, String use) {
    uses.computeIfAbsent(name, any -> new ArrayList<>()).add(use);
  }

  @Test
  void everything_onTextOfTheRequest_saysThatItIs() {
    List<String> wrong = new ArrayList<>();
    Set<String> untried = new TreeSet<>();
    uses()
        .forEach(
            (name, uses) -> {
              boolean printed = false;
              for (String use : uses) {
                for (String subject : SUBJECTS) {
                  String expression = use.replace("X", "(" + subject + ")");
                  printed |= check("{{ " + expression + " }}", wrong);
                  printed |= check("{% for t in " + expression + " %}{{ t }}{% endfor %}", wrong);
                }
              }
              if (!printed) {
                untried.add(name);
              }
            });
    assertEquals(List.of(), wrong.stream().limit(20).collect(Collectors.toList()));
    assertEquals(Set.of(), untried, "no use of them printed anything");
  }

  /** Whether it printed something; what is wrong is added. */
  private static boolean check(String source, List<String> wrong) {
    JinjaText printed;
    try {
      printed = print(source);
    } catch (JinjaException e) {
      return false;
    }
    int from = 0;
    for (JinjaText.Run run : printed.runs()) {
      String text = printed.text().substring(from, run.end());
      if (run.path() == null && text.chars().anyMatch(c -> OF_THE_REQUEST.indexOf(c) >= 0)) {
        wrong.add(source + ": " + shown(printed));
      }
      from = run.end();
    }
    assertEquals(from, printed.text().length(), source);
    return from > 0;
  }

  /** The operations of which it is laid down what the origin of their result is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '°',
      value = {
        "{{ '[' ~ 'a' ~ x ~ 'b' }} ¦ <[a>[Uu]<b>",
        "{{ 'a' + x + 'b' }} ¦ <a>[Uu]<b>",
        "{{ [x, 'a', x]|join('-') }} ¦ [Uu]<-a->[Uu]",
        "{{ '-'.join([x, 'a']) }} ¦ [Uu]<-a>",
        "{{ x.join(['a', 'b']) }} ¦ <a>[Uu]<b>",
        "{{ '{}-{}'.format(x, 'a') }} ¦ [Uu]<-a>",
        "{{ '%s-%s' % (x, 'a') }} ¦ [Uu]<-a>",
        "{{ '%s-%s'|format(x, 'a') }} ¦ [Uu]<-a>",
        "{{ 'axb'.replace('x', x) }} ¦ <a>[Uu]<b>",
        "{{ ('a' ~ x)|replace('u', 'c') }} ¦ <a>[U]<c>",
        "{{ ('  a' ~ x ~ ' ')|trim }} ¦ <a>[Uu]",
        "{{ ('a' ~ x ~ 'b')[1:4] }} ¦ [Uu]<b>",
        "{{ ('a' ~ x ~ 'b')[::-1] }} ¦ <b>[uU]<a>",
        "{{ ('a' ~ x)|reverse }} ¦ [uU]<a>",
        "{{ ('a' ~ x)|first }}{{ ('a' ~ x)|last }} ¦ <a>[u]",
        "{{ ('a,' ~ x).split(',')|join('/') }} ¦ <a/>[Uu]",
        "{{ x.partition('u')[1] }} ¦ [u]",
        "{{ ('a' ~ x).partition('a')[1] }} ¦ <a>",
        "{{ x.rpartition('u')[1] }} ¦ [u]",
        "{{ ('a\\n' ~ x).splitlines()[1] }} ¦ [Uu]",
        "{{ ('a' ~ x)|upper }} ¦ <A>[UU]",
        "{{ ('a' ~ x)|title }} ¦ <A>[uu]",
        "{{ ('ß' ~ x)|upper }} ¦ [SSUU]",
        "{{ ('ß' ~ 'a')|upper }} ¦ <SSA>",
        "{{ ('a' ~ x) * 2 }} ¦ <a>[Uu]<a>[Uu]",
        "{{ x|tojson }} ¦ [`Uu`]",
        "{{ {'a': x}|tojson }} ¦ [{`]<a>[`: `Uu`}]",
        "{{ ('<' ~ x)|escape }} ¦ <&lt;>[Uu]",
        "{{ x|string }} ¦ [Uu]",
        "{{ [x] }} ¦ [['Uu']]",
        "{{ n }}-{{ n + 1 }}-{{ 1 + 1 }} ¦ [5]<->[6]<-2>",
        "{{ n|string }}{{ '%d' % n }}{{ '%c' % n }} ¦ [55\u0005]",
        "{{ s|int }}{{ x|length }} ¦ [72]",
        "{% for i in range(n, n + 1) %}{{ i }}{% endfor %} ¦ [5]",
        "{{ 'Uu' if 'u' in x }} ¦ <Uu>",
        "{{ 'a' if x == 'Uu' else 'b' }}{{ m|length }} ¦ <a1>",
        "{% for c in x %}{{ loop.index }}{{ c }}{% endfor %} ¦ <1>[U]<2>[u]",
        "{{ nothing|default(x) }}{{ nothing|default('a') }} ¦ [Uu]<a>",
        "{% macro f(v) %}a{{ v }}{% endmacro %}{{ f(x) }} ¦ <a>[Uu]",
        "{% macro f() %}{{ kwargs.keys()|list|join }}{% endmacro %}{{ f(**m[0]) }} ¦ [k]",
        "{{ dict(**m[0]).keys()|join }} ¦ [k]",
        "{% set v %}a{{ x }}{% endset %}{{ v }} ¦ <a>[Uu]",
        "{% set n = namespace(v=x) %}{{ n.v }}a ¦ [Uu]<a>",
        "{% filter upper %}a{{ x }}{% endfilter %} ¦ <A>[UU]",
        "{{ m[0].items()|list|first|join(':') }} ¦ [k]<:>[v]",
        "{{ x.center(4) }} ¦ < >[Uu]< >",
        "{{ ('a' ~ x)|indent(1, true) }} ¦ < a>[Uu]",
        "{{ own }}{{ x }} ¦ <own>[Uu]",
      })
  void operations_giveTheirResultItsOrigins(String source, String expected) {
    Map<String, Object> request =
        Map.of("x", "Uu", "n", 5, "s", "7", "m", List.of(Map.of("k", "v")));
    JinjaText printed =
        JinjaTemplate.parse(source).print(Map.of("own", "own"), request, JinjaOptions.DEFAULT);
    assertEquals(expected.replace('`', '"'), shown(printed));
  }

  @Test
  void paths_nameThePlaceInTheRequest() {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("content", List.of(Map.of("text", "a")));
    Map<String, Object> request =
        Map.of("messages", List.of(Map.of(), message), "trusted", JinjaTemplate.trusted("b"));
    JinjaText printed =
        JinjaTemplate.parse("{{ messages[1].content[0].text }}{{ trusted }}")
            .print(Map.of(), request, JinjaOptions.DEFAULT);
    assertEquals(
        List.of(
            new JinjaText.Run(1, "messages[1].content[0].text", false, false, null),
            new JinjaText.Run(2, "trusted", true, false, null)),
        printed.runs());
  }

  @Test
  void generation_isKeptThroughMacros() {
    String source =
        "{% macro f(v) %}a{% generation %}b{{ v }}{% endgeneration %}c{% endmacro %}{{ f('d')|trim }}";
    JinjaText printed = JinjaTemplate.parse(source).print(Map.of(), Map.of(), JinjaOptions.DEFAULT);
    assertEquals("abdc", printed.text());
    assertEquals(
        List.of(
            new JinjaText.Run(1, null, true, false, null),
            new JinjaText.Run(3, null, true, true, null),
            new JinjaText.Run(4, null, true, false, null)),
        printed.runs());
    assertTrue(printed.runs().get(1).generated());
  }
}
