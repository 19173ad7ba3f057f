package dev.remora.chat;

/**
 * Text that is safe in HTML: what {@code safe} and {@code escape} give. Prompts are not escaped,
 * but text that is added to such text is, as in Python.
 */
record Markup(String text) {
  /** Escapes a text for HTML. */
  static String escape(Rendering rendering, String text) {
    Text escaped = new Text(rendering);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&#34;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
