package dev.remora.benchmarks;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.chat.response.ResponseEvent;
import dev.remora.chat.response.ResponseMessage;
import dev.remora.chat.response.ResponseParser;
import dev.remora.chat.response.ResponseTemplate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What it costs to parse a reply beside decoding it: reasoning, an answer and two calls of tools,
 * as models of several families write them, token by token and as a whole. All works are timed in
 * turn, and the least processor time counts, as what else the machine does only adds to it.
 */
final class Replies {
  private static final int REASONING = 4_000; // UTF-16 units
  private static final int ANSWER = 2_000;

  private static final String ARGUMENTS =
      "{\"query\": \"trains from Tbilisi to Batumi\", \"limit\": 20, \"open\": true}";

  private Replies() {}

  /**
   * One family, in nanoseconds of processor time for a token.
   *
   * @param decode decodes token by token
   * @param both the same, and parses what each token settles
   * @param tokens parses the texts of the tokens, one by one
   * @param whole parses the whole text at once
   */
  record Row(String family, double decode, double both, double tokens, double whole) {}

  /** The replies, by their family. */
  static Map<String, String> replies() {
    String story = Corpus.ENGLISH.text();
    String reasoning = story.substring(0, REASONING);
    String answer = story.substring(REASONING, REASONING + ANSWER);
    Map<String, String> replies = new LinkedHashMap<>();
    replies.put("qwen3", qwen(reasoning, answer));
    replies.put("gpt-oss", harmony(reasoning, answer));
    replies.put("deepseek-v3", deepSeek(reasoning, answer));
    replies.put("minimax-m2", miniMax(reasoning, answer));
    return replies;
  }

  private static String qwen(String reasoning, String answer) {
    String call =
        "<tool_call>\n{\"name\": \"find\", \"arguments\": " + ARGUMENTS + "}\n</tool_call>\n";
    return "<think>\n" + reasoning + "</think>\n\n" + answer + call + call + "<|im_end|>";
  }

  private static String harmony(String reasoning, String answer) {
    String call =
        "<|start|>assistant<|channel|>commentary to=functions.find <|constrain|>json<|message|>"
            + ARGUMENTS
            + "<|call|>";
    return "<|channel|>analysis<|message|>"
        + reasoning
        + "<|end|><|start|>assistant<|channel|>final<|message|>"
        + answer
        + "<|end|>"
        + call
        + call;
  }

  private static String deepSeek(String reasoning, String answer) {
    String call = "<｜tool▁call▁begin｜>find<｜tool▁sep｜>" + ARGUMENTS + "<｜tool▁call▁end｜>";
    return "<think>"
        + reasoning
        + "</think>"
        + answer
        + "<｜tool▁calls▁begin｜>"
        + call
        + call
        + "<｜tool▁calls▁end｜><｜end▁of▁sentence｜>";
  }

  private static String miniMax(String reasoning, String answer) {
    String call =
        "<invoke name=\"find\">\n<parameter name=\"query\">trains from Tbilisi to Batumi</parameter>"
            + "\n<parameter name=\"limit\">20</parameter>\n</invoke>\n";
    return "<think>\n"
        + reasoning
        + "</think>\n\n"
        + answer
        + "<minimax:tool_call>\n"
        + call
        + call
        + "</minimax:tool_call>[e~[";
  }

  /** Measures every family with a model's tokenizer. */
  static List<Row> of(Tokenizer tokenizer) {
    Interleaved clock = new Interleaved();
    List<Row> rows = new ArrayList<>();
    replies().forEach((family, reply) -> rows.add(row(clock, tokenizer, family, reply)));
    System.err.printf(Locale.ROOT, "(%,d)%n", clock.results());
    return rows;
  }

  private static Row row(Interleaved clock, Tokenizer tokenizer, String family, String reply) {
    ResponseTemplate template = ResponseTemplate.ofFamily(family);
    int[] ids = tokenizer.encode(reply, EncodeOptions.NO_SPECIAL_TOKENS).ids();
    List<String> texts = texts(tokenizer, ids);
    checkFields(template, texts);
    DecodeOptions all = DecodeOptions.DEFAULT;
    List<IntSupplier> works =
        List.of(
            () -> decode(tokenizer.decodeStream(all), ids),
            () -> both(tokenizer.decodeStream(all), template.parser(""), ids),
            () -> parse(template.parser(""), texts),
            () -> parse(template.parser(""), List.of(reply)));
    for (int turn = 0; turn < 4; turn++) {
      clock.time(works); // until all is compiled
    }
    List<Double> nanos =
        clock.time(works).stream().map(rounds -> Collections.min(rounds) / ids.length).toList();
    return new Row(family, nanos.get(0), nanos.get(1), nanos.get(2), nanos.get(3));
  }

  private static List<String> texts(Tokenizer tokenizer, int[] ids) {
    DecodeStream stream = tokenizer.decodeStream(DecodeOptions.DEFAULT);
    List<String> texts = new ArrayList<>();
    for (int id : ids) {
      texts.add(stream.push(id));
    }
    texts.add(stream.finish());
    return texts;
  }

  /** A reply of which the parser finds nothing would cost little. */
  static void checkFields(ResponseTemplate template, List<String> texts) {
    ResponseParser parser = template.parser("");
    texts.forEach(text -> parser.feed(text, event -> {}));
    ResponseMessage message = parser.finish();
    if (message.reasoning().isEmpty()
        || message.content().isEmpty()
        || message.toolCalls().size() != 2) {
      throw new IllegalStateException("not the fields of a reply: " + message);
    }
  }

  private static int decode(DecodeStream stream, int[] ids) {
    int length = 0;
    for (int id : ids) {
      length += stream.push(id).length();
    }
    return length + stream.finish().length();
  }

  private static int both(DecodeStream stream, ResponseParser parser, int[] ids) {
    Counter counter = new Counter();
    for (int id : ids) {
      parser.feed(stream.push(id), counter);
    }
    parser.feed(stream.finish(), counter);
    return counter.units + parser.finish(counter).fields().size();
  }

  private static int parse(ResponseParser parser, List<String> texts) {
    Counter counter = new Counter();
    for (String text : texts) {
      parser.feed(text, counter);
    }
    return counter.units + parser.finish(counter).fields().size();
  }

  /** Takes events as one who sends them on would. */
  private static final class Counter implements Consumer<ResponseEvent> {
    private int units;

    @Override
    public void accept(ResponseEvent event) {
      if (event instanceof ResponseEvent.Text text) {
        units += text.text().length();
      }
    }
  }

  /** A table of rows, in parts of what decoding costs. */
  static String table(String model, List<Row> rows) {
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                | %s | decode, ns a token | and parse | parse, token by token | whole |
                |---|---:|---:|---:|---:|
                """,
                model));
    for (Row row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f (+%.2fx) | %.1f (%.2fx) | %.1f (%.2fx) |\n",
              row.family(),
              row.decode(),
              row.both(),
              row.both() / row.decode() - 1,
              row.tokens(),
              row.tokens() / row.decode(),
              row.whole(),
              row.whole() / row.decode()));
    }
    return table.toString();
  }
}
