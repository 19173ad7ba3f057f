package dev.remora.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Nothing is timed that does not give the reference's ids and text. */
final class EqualResults {
  private static final int CHECKED = 5; // of a thousand texts

  private EqualResults() {}

  /**
   * Compares a contender's ids, counts and decoded texts of the first few texts with those of DJL's
   * public API.
   *
   * @throws IllegalStateException if they differ
   */
  static void check(
      Model model, Corpus corpus, List<String> texts, Contender contender, Subject subject) {
    try (Subject reference = Contender.DJL_ENCODE.open(model).orElseThrow()) {
      check(reference, model, corpus, texts, contender, subject);
    }
  }

  static void check(
      Subject reference,
      Model model,
      Corpus corpus,
      List<String> texts,
      Contender contender,
      Subject subject) {
    for (String text : texts.subList(0, Math.min(CHECKED, texts.size()))) {
      check(reference, model, corpus, contender, subject, text);
    }
  }

  private static void check(
      Subject reference,
      Model model,
      Corpus corpus,
      Contender contender,
      Subject subject,
      String text) {
    int[] expected = reference.encode().apply(text);
    int[] actual = subject.encode().apply(text);
    int differs = Arrays.mismatch(expected, actual);
    if (differs >= 0) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s with %s on %s: other ids than DJL's, first at %d",
              contender,
              model.name(),
              corpus,
              differs));
    }
    boolean counts = subject.count().applyAsInt(text) == expected.length;
    String decoded = reference.decode().apply(expected);
    boolean decodes =
        subject.decode().apply(actual).equals(decoded)
            && subject.stream().map(stream -> isEqual(stream, actual, decoded)).orElse(true);
    if (!counts || !decodes) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s with %s on %s: another %s than DJL's",
              contender,
              model.name(),
              corpus,
              counts ? "text" : "count"));
    }
  }

  private static boolean isEqual(Subject.Streaming stream, int[] ids, String decoded) {
    return stream.text().apply(ids).equals(decoded)
        && stream.push().applyAsInt(ids) == decoded.length()
        && stream.pushWithStops().applyAsInt(ids) == decoded.length();
  }
}
