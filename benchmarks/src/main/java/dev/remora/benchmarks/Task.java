package dev.remora.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/** What a contender does with a text. */
public enum Task {
  /** Text to ids. */
  ENCODE {
    @Override
    Optional<IntSupplier> of(Subject subject, List<String> texts) {
      return Optional.of(inTurn(texts, text -> subject.encode().apply(text).length));
    }
  },

  /** How many ids a text has. */
  COUNT {
    @Override
    Optional<IntSupplier> of(Subject subject, List<String> texts) {
      return Optional.of(inTurn(texts, subject.count()));
    }
  },

  /** The ids of a text back to the text. */
  DECODE {
    @Override
    Optional<IntSupplier> of(Subject subject, List<String> texts) {
      return Optional.of(inTurn(ids(subject, texts), ids -> subject.decode().apply(ids).length()));
    }
  },

  /** The same, id by id as they arrive; only Remora has it. */
  STREAM {
    @Override
    Optional<IntSupplier> of(Subject subject, List<String> texts) {
      return subject.stream().map(stream -> inTurn(ids(subject, texts), stream.push()));
    }
  },

  /** The same with stop strings. */
  STREAM_WITH_STOPS {
    @Override
    Optional<IntSupplier> of(Subject subject, List<String> texts) {
      return subject.stream().map(stream -> inTurn(ids(subject, texts), stream.pushWithStops()));
    }
  };

  private static List<int[]> ids(Subject subject, List<String> texts) {
    List<int[]> ids = new ArrayList<>();
    texts.forEach(text -> ids.add(subject.encode().apply(text)));
    return ids;
  }

  /** Each call takes the next one, and begins again after the last. */
  private static <T> IntSupplier inTurn(List<T> inputs, ToIntFunction<T> work) {
    int[] next = new int[1];
    return () -> work.applyAsInt(inputs.get(next[0]++ % inputs.size()));
  }

  /** The texts that a quick run has for it. */
  List<Corpus> corpora() {
    return switch (this) {
      case ENCODE -> Arrays.asList(Corpus.values());
      case COUNT -> List.of(Corpus.ENGLISH, Corpus.FRESH_ENGLISH);
      case DECODE -> List.of(Corpus.ENGLISH, Corpus.JAVA, Corpus.CHINESE);
      case STREAM, STREAM_WITH_STOPS -> List.of(Corpus.ENGLISH, Corpus.CHINESE);
    };
  }

  /**
   * The task as something that can be repeated; its number is to be used, so that it is done. Empty
   * where the contender cannot do it.
   */
  abstract Optional<IntSupplier> of(Subject subject, List<String> texts);
}
