package dev.remora.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} gives: the one value that a template can change. */
final class Namespace {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Map<String, Object> values() {
    return values;
  }
}
