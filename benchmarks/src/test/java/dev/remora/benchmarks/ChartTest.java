package dev.remora.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart that the README and the site show is of the numbers that the README's table has. */
class ChartTest {
  private static final double ROUNDING = 0.06; // two digits there, one here

  private static final Map<String, Corpus> TEXTS =
      Map.ofEntries(
          Map.entry("English, again and again", Corpus.ENGLISH),
          Map.entry("Java source, again and again", Corpus.JAVA),
          Map.entry("Chinese, again and again", Corpus.CHINESE),
          Map.entry("Russian, again and again", Corpus.RUSSIAN),
          Map.entry("English, first time", Corpus.FRESH_ENGLISH),
          Map.entry("Java, first time", Corpus.FRESH_JAVA),
          Map.entry("Chinese, first time", Corpus.FRESH_CHINESE),
          Map.entry("Russian, first time", Corpus.FRESH_RUSSIAN),
          Map.entry("one long word", Corpus.LONG_WORD),
          Map.entry("tiny prompt, again and again", Corpus.TINY_PROMPT));

  private static String chart() throws Exception {
    Matcher image =
        Pattern.compile("!\\[[^]]*\\]\\(([^)]*\\.svg)\\)")
            .matcher(Files.readString(Path.of("../README.md")));
    assertTrue(image.find());
    return Files.readString(Path.of("..").resolve(image.group(1)));
  }

  /** The figures behind the bars of a group, in the order of the contenders. */
  private static List<Double> bars(String chart, String group) {
    int start = chart.indexOf(">" + group + "<");
    assertTrue(start > 0, group);
    Matcher figure = Pattern.compile("text-anchor=\"(start|end)\">([0-9.]+)<").matcher(chart);
    List<Double> figures = new ArrayList<>();
    while (figures.size() < Contender.values().length && figure.find(start)) {
      figures.add(Double.valueOf(figure.group(2)));
      start = figure.end();
    }
    return figures;
  }

  @Test
  void chart_hasTheNumbersOfTheReadme() throws Exception {
    String chart = chart();
    int compared = 0;
    List<String> rows =
        Files.readAllLines(Path.of("../README.md")).stream()
            .dropWhile(line -> !line.startsWith("| o200k_base | DJL `encode` |"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    for (String row : rows) {
      List<String> cells = Stream.of(row.split("\\|")).map(String::strip).skip(1).toList();
      Corpus text = TEXTS.get(cells.get(0));
      if (text != null) {
        List<Double> bars = bars(chart, "o200k_base " + text);
        for (int contender = 0; contender < bars.size(); contender++) {
          double figure = Double.parseDouble(cells.get(1 + contender));
          assertEquals(figure, bars.get(contender), ROUNDING, row);
        }
        compared++;
      }
    }
    assertEquals(TEXTS.size(), compared);
  }
}
