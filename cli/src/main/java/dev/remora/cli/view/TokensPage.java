package dev.remora.cli.view;

import dev.remora.Tokenizer;
import dev.remora.cli.verb.Json;
import dev.remora.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One page that shows the tokens of texts and needs nothing else. */
final class TokensPage {
  private TokensPage() {}

  /** The page of encodings as {@link EncodingFacts#of(String, dev.remora.Encoding)} has them. */
  static String of(Tokenizer tokenizer, List<Map<String, Object>> encodings) {
    String model = tokenizer.bundle().modelIdentifier().orElse("");
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("title", model.isEmpty() ? "Tokens" : "Tokens of " + Printable.of(model));
    page.put("about", tokenizer.bundle().form() + ", content " + tokenizer.bundle().digest());
    page.put("texts", encodings);
    return PageFiles.read("tokens.html")
        .replace("/*{styles}*/", PageFiles.read("tokens.css"))
        .replace("/*{script}*/", PageFiles.read("tokens.js"))
        .replace("/*{data}*/", Json.write(page).replace("<", "\\u003c")); // no end of the element
  }
}
