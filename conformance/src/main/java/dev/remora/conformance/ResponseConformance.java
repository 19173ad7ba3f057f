package dev.remora.conformance;

import dev.remora.ResponseException;
import dev.remora.chat.response.ResponseEvent;
import dev.remora.chat.response.ResponseMessage;
import dev.remora.chat.response.ResponseParser;
import dev.remora.chat.response.ResponseTemplate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parses golden replies and compares messages, errors and events with what the reference made of
 * them: whole, in the chunks of the case, cut in two at every place, and character by character.
 *
 * <p>The cases are an object of {@code tools}, tools by their name; {@code load}, templates with
 * what is wrong with them; and {@code cases}: {@code template}, a file's name without {@code
 * .json}; {@code prefix}, {@code tools} and {@code output}; {@code message} or {@code error}; the
 * events in {@code initial_events} and {@code whole}; and {@code chunked}, each with its {@code
 * cuts}.
 */
public final class ResponseConformance {
  private final Path templates;
  private final Map<String, @Nullable Object> tools;
  private final Map<String, ResponseTemplate> read = new HashMap<>();

  private ResponseConformance(Path templates, Map<String, @Nullable Object> tools) {
    this.templates = templates;
    this.tools = tools;
  }

  /**
   * Parses every case; reports the first difference of each failure.
   *
   * @param cases the file of the cases
   * @param templates the directory of the templates
   * @param out receives one line for each difference
   * @throws IOException if a file cannot be read
   * @throws com.google.gson.JsonParseException if the cases are not JSON
   */
  public static ConformanceResult run(Path cases, Path templates, Consumer<String> out)
      throws IOException {
    Map<String, @Nullable Object> file = CaseFile.readObject(cases);
    ResponseConformance conformance =
        new ResponseConformance(templates, CaseFile.members(file.get("tools")));
    Tally tally = new Tally(out);
    for (Map<String, @Nullable Object> item : CaseFile.items(file.get("load"))) {
      tally.count(item.get("name"), loadDifference(item));
    }
    for (Map<String, @Nullable Object> item : CaseFile.items(file.get("cases"))) {
      tally.count(item.get("name"), conformance.difference(item));
    }
    return tally.result();
  }

  private static @Nullable String loadDifference(Map<String, @Nullable Object> item) {
    Object error = CaseFile.members(item.get("error")).get("kind");
    String kind = "none";
    try {
      ResponseTemplate.parse(CaseFile.write(item.get("template_inline")));
    } catch (ResponseException e) {
      kind = e.problem().name();
    }
    return kind.equals(error == null ? "none" : error) ? null : "error " + kind;
  }

  private @Nullable String difference(Map<String, @Nullable Object> item) throws IOException {
    String output = String.valueOf(item.get("output"));
    Reply expected = Reply.expected(item);
    for (List<String> chunks : cuttings(item, output)) {
      Reply actual = parse(item, chunks);
      if (!actual.equals(expected)) {
        return "in " + chunks.size() + " chunks expected " + expected + ", got " + actual;
      }
    }
    return null;
  }

  /** The reply in every way in which it is cut. */
  private static List<List<String>> cuttings(Map<String, @Nullable Object> item, String output) {
    List<List<String>> cuttings = new ArrayList<>();
    cuttings.add(List.of(output));
    for (Map<String, @Nullable Object> chunked : CaseFile.items(item.get("chunked"))) {
      if (chunked.get("cuts") instanceof List<?> cuts) {
        cuttings.add(cut(output, cuts.stream().mapToInt(cut -> ((Number) cut).intValue())));
      }
    }
    IntStream.range(1, output.length()).forEach(at -> cuttings.add(cut(output, IntStream.of(at))));
    cuttings.add(cut(output, IntStream.range(1, output.length())));
    return cuttings;
  }

  private static List<String> cut(String output, IntStream cuts) {
    List<String> chunks = new ArrayList<>();
    int from = 0;
    for (int to : IntStream.concat(cuts, IntStream.of(output.length())).toArray()) {
      chunks.add(output.substring(from, to));
      from = to;
    }
    return chunks;
  }

  private Reply parse(Map<String, @Nullable Object> item, List<String> chunks) throws IOException {
    List<ResponseEvent> events = new ArrayList<>();
    ResponseTemplate template = template(String.valueOf(item.get("template")));
    try {
      ResponseParser parser = template.parser(String.valueOf(item.get("prefix")), tools(item));
      events.addAll(parser.initialEvents());
      chunks.forEach(chunk -> parser.feed(chunk, events::add));
      ResponseMessage message = parser.finish(events::add);
      return new Reply(plain(message.fields()), null, merged(events));
    } catch (ResponseException e) {
      return Reply.failed(e.problem().name());
    }
  }

  private List<?> tools(Map<String, @Nullable Object> item) {
    return tools.get(String.valueOf(item.get("tools"))) instanceof List<?> list ? list : List.of();
  }

  private ResponseTemplate template(String name) throws IOException {
    ResponseTemplate known = read.get(name);
    if (known == null) {
      known = ResponseTemplate.parse(Files.readString(templates.resolve(name + ".json")));
      read.put(name, known);
    }
    return known;
  }

  /**
   * What a reply came to.
   *
   * @param message the message; null if there is an error
   * @param error the kind of the error; null if there is none
   * @param events the events as the cases have them, texts joined; none if there is an error
   */
  private record Reply(
      @Nullable Object message, @Nullable String error, List<List<@Nullable Object>> events) {
    static Reply failed(String kind) {
      return new Reply(null, kind.equals("INTERNAL") ? "CONTENT" : kind, List.of());
    }

    static Reply expected(Map<String, @Nullable Object> item) {
      if (item.get("error") != null) {
        return failed(String.valueOf(CaseFile.members(item.get("error")).get("kind")));
      }
      Map<String, @Nullable Object> whole = CaseFile.members(item.get("whole"));
      List<Object> events = new ArrayList<>();
      addEvents(item.get("initial_events"), events);
      if (whole.get("feeds") instanceof List<?> feeds) {
        feeds.forEach(feed -> addEvents(feed, events));
      }
      addEvents(whole.get("final"), events);
      List<List<@Nullable Object>> merged = new ArrayList<>();
      events.forEach(event -> addMerged((List<?>) event, merged));
      return new Reply(plain(item.get("message")), null, merged);
    }

    private static void addEvents(@Nullable Object events, List<Object> all) {
      if (events instanceof List<?> list) {
        all.addAll(list);
      }
    }
  }

  private static List<List<@Nullable Object>> merged(List<ResponseEvent> events) {
    List<List<@Nullable Object>> merged = new ArrayList<>();
    for (ResponseEvent event : events) {
      List<@Nullable Object> facts = new ArrayList<>();
      if (event instanceof ResponseEvent.Opened) {
        facts.addAll(List.of("open", event.field()));
      } else if (event instanceof ResponseEvent.Text text) {
        facts.addAll(List.of("chunk", event.field(), text.text(), text.raw()));
      } else if (event instanceof ResponseEvent.Closed closed) {
        facts.addAll(List.of("close", event.field()));
        facts.add(closed.value());
      }
      addMerged(facts, merged);
    }
    return merged;
  }

  /** Adds an event, a text to that of the same field before it. */
  private static void addMerged(List<?> event, List<List<@Nullable Object>> merged) {
    List<@Nullable Object> last = merged.isEmpty() ? List.of() : merged.get(merged.size() - 1);
    if (event.get(0).equals("chunk")
        && !last.isEmpty()
        && "chunk".equals(last.get(0))
        && event.get(1).equals(last.get(1))) {
      last.set(2, String.valueOf(last.get(2)) + event.get(2));
    } else {
      List<@Nullable Object> facts = new ArrayList<>();
      event.forEach(fact -> facts.add(plain(fact)));
      merged.add(facts);
    }
  }

  /** A value in which equal numbers are of equal types, and ints are no floats. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      if (map.get("$float") instanceof String name) {
        return Double.valueOf(name);
      }
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put(String.valueOf(name), plain(member)));
      return members;
    }
    return value instanceof Long integer ? BigInteger.valueOf(integer) : value;
  }
}
