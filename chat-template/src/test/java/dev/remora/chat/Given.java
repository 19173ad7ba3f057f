package dev.remora.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Values of requests, spelled as JSON. */
final class Given {
  private Given() {}

  @SuppressWarnings("unchecked") // the tests spell lists of objects
  static List<Map<String, Object>> list(String json) {
    return (List<Map<String, Object>>) Objects.requireNonNull(PlainJson.parse(json));
  }

  static RenderOptions.Builder options(String json) {
    RenderOptions.Builder options = RenderOptions.builder().requestTextInErrors(true);
    PlainJson.members(PlainJson.parse(json)).forEach(options::keywordArgument);
    return options;
  }
}
