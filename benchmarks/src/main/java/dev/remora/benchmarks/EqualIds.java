package dev.remora.benchmarks;

import java.util.Arrays;

/** Nothing is timed that does not give the reference's ids. */
final class EqualIds {
  private EqualIds() {}

  /**
   * Compares a contender's ids with those of DJL's public encode.
   *
   * @throws IllegalStateException if they differ
   */
  static void check(Model model, Corpus corpus, Contender contender, Subject subject) {
    try (Subject reference = Contender.DJL_ENCODE.open(model).orElseThrow()) {
      check(reference, model, corpus, contender, subject);
    }
  }

  static void check(
      Subject reference, Model model, Corpus corpus, Contender contender, Subject subject) {
    int[] expected = reference.encode(corpus.text());
    int[] actual = subject.encode(corpus.text());
    int differs = Arrays.mismatch(expected, actual);
    if (differs >= 0) {
      throw new IllegalStateException(
          "%s with %s on %s: other ids than DJL's, first at %d"
              .formatted(contender, model.name(), corpus, differs));
    }
  }
}
