package dev.remora.chat.response.value;

import dev.remora.ResponseException.Problem;
import dev.remora.chat.response.pattern.Outcome;
import dev.remora.chat.response.pattern.PatternSearch;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.pattern.ReplyText;
import dev.remora.jinja.PythonStrings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tags that each give a key and a value.
 *
 * @param tag the pattern of a tag, with a group for its key and one for its value
 * @param values how a value is read; null for its text
 * @param merge whether the values of a key that comes again make a list
 * @param typed whether a tag says itself that its value is text, which is the group {@code text}
 *     then, and nothing but white space may stand between tags; else what stands there does not
 *     count
 * @param escaped whether a key has XML's entities for ampersands and quotes
 */
record TagContent(
    PythonPattern tag,
    @Nullable ContentReader values,
    boolean merge,
    boolean typed,
    boolean escaped)
    implements ContentReader.Structured {
  @Override
  public Map<String, @Nullable Object> read(String text) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    ReplyText whole = ReplyText.of(text);
    PatternSearch search = new PatternSearch(tag);
    int from = 0;
    while (search.advance(whole) == Outcome.MATCHED) {
      String key = search.group("key", whole);
      if (key == null) {
        throw ValueFailure.of(Problem.PATTERN, "a tag without a key");
      }
      checkBetween(text, from, search.start());
      add(members, escaped ? unescaped(key) : key, value(search, whole));
      from = search.end();
      search.skipTo(from + (search.start() == from ? 1 : 0));
    }
    checkBetween(text, from, text.length());
    return members;
  }

  private static String unescaped(String key) {
    return key.replace("&quot;", "\"").replace("&amp;", "&");
  }

  private void checkBetween(String text, int from, int to) {
    if (typed && !PythonStrings.strip(text.substring(from, to)).isEmpty()) {
      throw ValueFailure.content("text between tags, or a tag that is cut off");
    }
  }

  private @Nullable Object value(PatternSearch search, ReplyText whole) {
    String asIs = typed ? search.group("text", whole) : null;
    if (asIs != null) {
      return asIs;
    }
    String value = tag.groupNames().contains("value") ? search.group("value", whole) : "";
    if (values == null) {
      return value;
    }
    if (value == null) {
      throw ValueFailure.content("a tag without the value that is to be read");
    }
    return values.read(value);
  }

  @SuppressWarnings("unchecked") // the lists are those that were made here or read of JSON
  private void add(Map<String, @Nullable Object> members, String key, @Nullable Object value) {
    if (!merge || !members.containsKey(key)) {
      members.put(key, value);
      return;
    }
    Object before = members.get(key);
    if (before instanceof List<?> list) {
      ((List<@Nullable Object>) list).add(value);
    } else {
      List<@Nullable Object> both = new ArrayList<>();
      both.add(before);
      both.add(value);
      members.put(key, both);
    }
  }
}
