package dev.remora.chat.response.value;

import dev.remora.chat.response.pattern.Outcome;
import dev.remora.chat.response.pattern.PatternSearch;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.pattern.ReplyText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON, or what models write for it.
 *
 * @param quotes pairs of marks that stand around strings
 * @param bareNames whether names of members may stand without quotes
 * @param anyText whether what is not JSON is the text itself
 * @param strip whether white space around such a text goes
 */
record JsonContent(List<Quotes> quotes, boolean bareNames, boolean anyText, boolean strip)
    implements ContentReader.Structured {
  private static final PythonPattern BARE_NAME = PythonPattern.of("(?<=[{,])(?P<name>\\w+):");
  private static final char OPEN = 1;
  private static final char CLOSE = 2;

  /** The marks around a string. */
  record Quotes(String open, String close) {}

  @Override
  public @Nullable Object read(String text) {
    if (!quotes.isEmpty() && (text.indexOf(OPEN) >= 0 || text.indexOf(CLOSE) >= 0)) {
      throw ValueFailure.content("a control character that stands for quotes");
    }
    List<String> strings = new ArrayList<>();
    String json = text;
    for (Quotes marks : quotes) {
      json = withoutStrings(json, marks, strings);
    }
    json = bareNames ? withQuotedNames(json) : json;
    json = strings.isEmpty() ? json : withStrings(json, strings);
    try {
      return PythonJson.parse(json);
    } catch (ValueFailure e) {
      if (anyText && e.isSyntax()) {
        return new Text(strip).read(text);
      }
      throw e;
    }
  }

  /** Puts a number in place of each string between marks. */
  private static String withoutStrings(String text, Quotes marks, List<String> strings) {
    StringBuilder json = new StringBuilder(text.length());
    int from = 0;
    while (true) {
      int open = text.indexOf(marks.open(), from);
      int begin = open + marks.open().length();
      int end = open < 0 ? -1 : text.indexOf(marks.close(), begin);
      if (end < 0) {
        return json.append(text, from, text.length()).toString();
      }
      json.append(text, from, open).append(OPEN).append(strings.size()).append(CLOSE);
      strings.add(text.substring(begin, end));
      from = end + marks.close().length();
    }
  }

  private static String withQuotedNames(String text) {
    ReplyText whole = ReplyText.of(text);
    PatternSearch search = new PatternSearch(BARE_NAME);
    StringBuilder json = new StringBuilder(text.length());
    int from = 0;
    while (search.advance(whole) == Outcome.MATCHED) {
      json.append(text, from, search.start()).append('"');
      json.append(search.group("name", whole)).append("\":");
      from = search.end();
      search.skipTo(from);
    }
    return json.append(text, from, text.length()).toString();
  }

  /** Puts the strings back, as JSON. A number within a string is that of an earlier pair. */
  private static String withStrings(String text, List<String> strings) {
    StringBuilder json = new StringBuilder(text.length());
    int from = 0;
    while (true) {
      int open = text.indexOf(OPEN, from);
      if (open < 0) {
        return json.append(text, from, text.length()).toString();
      }
      int close = text.indexOf(CLOSE, open);
      json.append(text, from, open);
      PythonJson.quote(strings.get(Integer.parseInt(text.substring(open + 1, close))), json);
      from = close + 1;
    }
  }
}
