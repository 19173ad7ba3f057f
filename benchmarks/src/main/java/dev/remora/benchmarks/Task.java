package dev.remora.benchmarks;

import java.util.List;
import java.util.function.IntSupplier;

/** What a contender does with a text. */
public enum Task {
  /** Text to ids. */
  ENCODE {
    @Override
    IntSupplier of(Subject subject, String text) {
      return () -> subject.encode().apply(text).length;
    }
  },

  /** How many ids a text has. */
  COUNT {
    @Override
    IntSupplier of(Subject subject, String text) {
      return () -> subject.count().applyAsInt(text);
    }
  },

  /** The ids of a text back to the text. */
  DECODE {
    @Override
    IntSupplier of(Subject subject, String text) {
      int[] ids = subject.encode().apply(text);
      return () -> subject.decode().apply(ids).length();
    }
  };

  /** The texts that a quick run has for it. */
  List<Corpus> corpora() {
    return this == ENCODE
        ? List.of(Corpus.values())
        : List.of(Corpus.ENGLISH, Corpus.JAVA, Corpus.CHINESE);
  }

  /** The task as something that can be repeated; its number is to be used, so that it is done. */
  abstract IntSupplier of(Subject subject, String text);
}
