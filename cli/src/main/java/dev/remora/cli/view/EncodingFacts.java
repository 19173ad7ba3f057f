package dev.remora.cli.view;

import dev.remora.Encoding;
import dev.remora.Prompt;
import dev.remora.RefusedToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encodings and prompts as JSON has them. */
public final class EncodingFacts {
  private EncodingFacts() {}

  /** Ids, tokens and offsets. */
  public static Map<String, Object> of(Encoding encoding) {
    List<int[]> offsets = new ArrayList<>();
    for (int i = 0; i < encoding.size(); i++) {
      offsets.add(new int[] {encoding.start(i), encoding.end(i)});
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("ids", encoding.ids());
    facts.put("tokens", encoding.tokens());
    facts.put("offsets", offsets);
    return facts;
  }

  /** The same, with the text before it. */
  public static Map<String, Object> of(String text, Encoding encoding) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("text", text);
    facts.putAll(of(encoding));
    return facts;
  }

  /** Where each part of a prompt comes from. */
  public static List<Map<String, Object>> spans(Prompt prompt) {
    return prompt.spans().stream().map(EncodingFacts::of).toList();
  }

  private static Map<String, Object> of(Prompt.Span span) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("start", span.start());
    facts.put("end", span.end());
    facts.put("trusted", span.origin().trusted());
    if (span.origin() instanceof Prompt.Request request) {
      facts.put("path", request.path());
    }
    return facts;
  }

  /** The added tokens of a request that are plain text. */
  public static List<Map<String, Object>> refused(Encoding encoding) {
    return encoding.refused().stream().map(EncodingFacts::of).toList();
  }

  private static Map<String, Object> of(RefusedToken token) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("start", token.start());
    facts.put("end", token.end());
    facts.put("id", token.id());
    return facts;
  }
}
