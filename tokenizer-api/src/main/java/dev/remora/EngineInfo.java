package dev.remora;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which engine serves a tokenizer. Immutable and thread-safe.
 *
 * @param name the engine's name, such as {@code java} or {@code djl}
 * @param declined for each engine that was asked first and declined the bundle, its reason; in the
 *     order of asking
 * @param reference the version of Hugging Face tokenizers whose behavior the tokenizer has
 */
public record EngineInfo(String name, Map<String, String> declined, ReferenceVersion reference) {
  /** Keeps a copy of the map, in its order. */
  public EngineInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(reference, "reference");
    declined = Collections.unmodifiableMap(new LinkedHashMap<>(declined));
  }
}
