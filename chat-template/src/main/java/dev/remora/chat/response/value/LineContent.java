package dev.remora.chat.response.value;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines that each give a key and a value; lines without a separator do not count.
 *
 * @param lineEnd what ends a line
 * @param separator what stands between a key and its value
 * @param strip whether white space around keys and values goes
 * @param values how a value is read; null for its text
 */
record LineContent(String lineEnd, String separator, boolean strip, @Nullable ContentReader values)
    implements ContentReader.Structured {
  @Override
  public Map<String, @Nullable Object> read(String text) {
    if (lineEnd.isEmpty()) {
      throw ValueFailure.content("no separator of lines");
    }
    Text part = new Text(strip);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int from = 0, end; from <= text.length(); from = end + lineEnd.length()) {
      end = text.indexOf(lineEnd, from);
      end = end < 0 ? text.length() : end;
      add(part.read(text.substring(from, end)), part, members);
    }
    return members;
  }

  private void add(String line, Text part, Map<String, @Nullable Object> members) {
    int at = line.indexOf(separator);
    if (line.isEmpty() || at < 0) {
      return;
    }
    if (separator.isEmpty()) {
      throw ValueFailure.content("no separator of keys and values");
    }
    String value = part.read(line.substring(at + separator.length()));
    members.put(part.read(line.substring(0, at)), values == null ? value : values.read(value));
  }
}
