package dev.remora.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is timed gives the reference's results; what does not is not timed. */
final class EqualResultsTest {
  private static Model model;
  private static Subject reference;

  @BeforeAll
  static void open() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    model = Model.of("cl100k_base");
    reference = Contender.DJL_ENCODE.open(model).orElseThrow();
  }

  @AfterAll
  static void close() {
    reference.close();
  }

  /** The published ids of cl100k_base. */
  @Test
  void encode_helloWorld_givesThePublishedIds() {
    assertArrayEquals(new int[] {15339, 1917}, reference.encode().apply("hello world"));
  }

  @ParameterizedTest
  @EnumSource
  void check_everyContenderOnEveryCorpus_passes(Contender contender) {
    contender
        .open(model)
        .ifPresent(
            subject -> {
              for (Corpus corpus : Corpus.values()) {
                EqualResults.check(reference, model, corpus, corpus.texts(5), contender, subject);
              }
              subject.close();
            });
  }

  @Test
  void check_otherIds_isRefused() {
    assertRefused(
        new Subject(
            text -> {
              int[] ids = reference.encode().apply(text);
              ids[ids.length - 1]++;
              return ids;
            },
            reference.count(),
            reference.decode(),
            reference.stream(),
            () -> {}));
  }

  @Test
  void check_otherCount_isRefused() {
    assertRefused(
        new Subject(
            reference.encode(), String::length, reference.decode(), reference.stream(), () -> {}));
  }

  @Test
  void check_otherText_isRefused() {
    assertRefused(
        new Subject(
            reference.encode(), reference.count(), ids -> "", reference.stream(), () -> {}));
  }

  private static void assertRefused(Subject wrong) {
    assertThrows(
        IllegalStateException.class,
        () ->
            EqualResults.check(
                reference, model, Corpus.EMOJI, Corpus.EMOJI.texts(), Contender.JTOKKIT, wrong));
  }
}
