package dev.remora.engine.split;

import dev.remora.core.regex.KnownRegex;

/** The scanner of each known regex: a regex that is new to {@link KnownRegex} has its line here. */
final class KnownScanners {
  private KnownScanners() {}

  static Scanner of(KnownRegex regex) {
    return switch (regex) {
      case GPT2 -> new Gpt2Scanner();
      case CL100K -> new Cl100kScanner(3);
      case QWEN -> new Cl100kScanner(1);
      case O200K -> O200kScanner.o200k();
      case MISTRAL -> O200kScanner.mistral();
      case KIMI -> O200kScanner.kimi();
      case DEEPSEEK -> new DeepSeekScanner();
    };
  }
}
