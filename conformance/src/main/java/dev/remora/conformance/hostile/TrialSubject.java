package dev.remora.conformance.hostile;

import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import java.nio.file.Path;

/** What is tried: how an application comes from a directory to a tokenizer that serves. */
public interface TrialSubject {
  /** The files of a bundle. */
  TokenizerBundle read(Path directory);

  /** The tokenizer of a bundle by the engine of this name. */
  Tokenizer load(Path directory, String engine);

  /** What a tokenizer must pass before it serves. */
  void selfCheck(Tokenizer tokenizer);
}
