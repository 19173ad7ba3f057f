package dev.remora.benchmarks;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.remora.Tokenizer;
import dev.remora.spi.Engines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** From the bytes of a tokenizer.json in memory to a tokenizer that is ready, and its end. */
public enum LocalLoad {
  /** DJL alone. */
  DJL {
    @Override
    void run(Model model) throws IOException {
      HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(model.json()),
              Map.of("truncation", "false", "padding", "false"))
          .close();
    }
  },

  /** Remora over DJL: the bundle is hashed, its definition read, then DJL's engine opened. */
  REMORA_DJL {
    @Override
    void run(Model model) {
      open(model, "djl");
    }
  },

  /** The same over Remora's own engine. */
  REMORA_BPE {
    @Override
    void run(Model model) {
      open(model, "bpe");
    }

    @Override
    boolean isThere() {
      return Engines.installed().stream().anyMatch(engine -> engine.name().equals("bpe"));
    }
  };

  /** Loads and closes. */
  abstract void run(Model model) throws IOException;

  /** Whether what it needs is on the class path. */
  boolean isThere() {
    return true;
  }

  private static void open(Model model, String engine) {
    try (Tokenizer tokenizer = Engines.open(model.definition(), model.info(), engine)) {
      if (tokenizer.vocabularySize() == 0) {
        throw new IllegalStateException("an empty vocabulary");
      }
    }
  }
}
