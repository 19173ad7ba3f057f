package dev.remora.engine.reading;

import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import java.util.Locale;

/** What a tokenizer.json calls a component, for the reasons that a user reads. */
public final class ComponentName {
  private ComponentName() {}

  /** The type of a normalizer. */
  public static String of(Normalizer normalizer) {
    String name = normalizer.getClass().getSimpleName();
    boolean isForm = name.startsWith("Nf"); // NFC, NFD, NFKC, NFKD
    return isForm ? name.toUpperCase(Locale.ROOT) : name.equals("Bert") ? "BertNormalizer" : name;
  }

  /** The type of a pre-tokenizer. */
  public static String of(PreTokenizer preTokenizer) {
    if (preTokenizer instanceof PreTokenizer.MetaspaceSplit) {
      return "Metaspace";
    }
    return preTokenizer instanceof PreTokenizer.Bert
        ? "BertPreTokenizer"
        : preTokenizer.getClass().getSimpleName();
  }
}
