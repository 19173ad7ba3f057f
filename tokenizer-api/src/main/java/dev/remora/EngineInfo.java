package dev.remora;

import java.util.Map;

/**
 * Which engine serves a tokenizer.
 *
 * @param name the engine's name, such as {@code djl} or {@code bpe}
 * @param declined for each engine of higher priority that declined the bundle, its reason
 */
public record EngineInfo(String name, Map<String, String> declined) {
  /** Keeps a copy of the map. */
  public EngineInfo {
    declined = Map.copyOf(declined);
  }
}
