package dev.remora.conformance;

import dev.remora.Prompt;
import dev.remora.TemplateException;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.SpecialTokens;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.chat.ChatEncoding;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes golden conversations in the encoding that their file names, and compares byte for byte:
 * the text, the pieces that are encoded apart with the flag whether special tokens are recognised
 * in them, and the ids, whatever a case has of these.
 */
public final class EncodingConformance {
  private static final Pattern BEFORE = Pattern.compile("\"(.*)\" stands before \"(.*)\"");

  /** What the names of the files' encodings begin with; a longer one counts before a shorter. */
  private static final Map<String, ChatEncoding> ENCODINGS =
      new TreeMap<>(
          Map.of(
              "deepseek-v3.2", ChatEncoding.DEEPSEEK_V3_2,
              "deepseek-v4", ChatEncoding.DEEPSEEK_V4,
              "deepseek-v4, revision 0731", ChatEncoding.DEEPSEEK_V4_0731,
              "deepseek-v4.1", ChatEncoding.DEEPSEEK_V4_1,
              "kimi-k3", ChatEncoding.KIMI_K3,
              "harmony", ChatEncoding.HARMONY));

  private final Supplier<Tokenizer> harmony;
  private final Tally tally;

  private EncodingConformance(Supplier<Tokenizer> harmony, Consumer<String> out) {
    this.harmony = harmony;
    this.tally = new Tally(out);
  }

  /**
   * Checks every case of a file.
   *
   * @param cases the file: an object with {@code encoding} and {@code cases}
   * @param harmony opens the tokenizer of harmony's ids, if there are any; it is closed
   * @param out receives one line for each difference
   * @throws IOException if the file cannot be read
   * @throws com.google.gson.JsonParseException if it is not JSON
   * @throws IllegalArgumentException if it names no encoding that is known
   */
  public static ConformanceResult run(Path cases, Supplier<Tokenizer> harmony, Consumer<String> out)
      throws IOException {
    EncodingConformance conformance = new EncodingConformance(harmony, out);
    conformance.check(CaseFile.readObject(cases));
    return conformance.tally.result();
  }

  private void check(Map<String, @Nullable Object> file) {
    String name = String.valueOf(file.get("encoding"));
    List<Map<String, @Nullable Object>> cases = list(file.get("cases"));
    if (name.startsWith("kimi-k2.5")) {
      cases.forEach(item -> count(item, declarationProblem(item)));
      return;
    }
    ChatEncoding encoding = encoding(name);
    cases.forEach(item -> count(item, textProblem(encoding, item)));
    if (encoding == ChatEncoding.HARMONY) {
      try (Tokenizer tokenizer = harmony.get()) {
        cases.forEach(item -> count(item, idsProblem(tokenizer, item)));
        CaseFile.members(file.get("given_ids"))
            .forEach(
                (text, given) ->
                    tally.count(text, decodingProblem(tokenizer, CaseFile.members(given))));
      }
    }
  }

  private static ChatEncoding encoding(String name) {
    ChatEncoding found = null;
    for (Map.Entry<String, ChatEncoding> each : ENCODINGS.entrySet()) {
      found = name.startsWith(each.getKey()) ? each.getValue() : found;
    }
    if (found == null) {
      throw new IllegalArgumentException("no encoding of this name: " + name);
    }
    return found;
  }

  private void count(Map<String, @Nullable Object> item, @Nullable String problem) {
    tally.count(item.get("name"), problem);
  }

  // Text and pieces

  private static @Nullable String textProblem(
      ChatEncoding encoding, Map<String, @Nullable Object> item) {
    boolean expectsError = item.get("error") != null;
    try {
      Prompt prompt = prompt(encoding, item);
      if (expectsError) {
        return "expected the error " + item.get("error");
      }
      Object expected =
          item.containsKey("expected") ? item.get("expected") : item.get("expected_text");
      String problem = Difference.of(String.valueOf(expected), prompt.text());
      boolean hasSegments = item.get("segments") != null;
      return problem == null && hasSegments
          ? Difference.of(String.valueOf(segments(item)), String.valueOf(pieces(prompt)))
          : problem;
    } catch (TemplateException e) {
      return expectsError ? null : e.getMessage();
    } catch (TokenizerException e) {
      return e.getMessage();
    }
  }

  private static Prompt prompt(ChatEncoding encoding, Map<String, @Nullable Object> item) {
    RenderOptions.Builder options =
        RenderOptions.builder()
            .requestTextInErrors(true)
            .addGenerationPrompt(
                Boolean.TRUE.equals(item.get("add_generation_prompt"))
                    || "assistant".equals(item.get("next_role")))
            .keywordArgument("thinking_effort", null); // the cases are of code that has no default
    if (item.get("tools") instanceof List<?> tools) {
      options.tools(tools);
    }
    options.keywordArgument("thinking", item.get("thinking"));
    options.keywordArgument("drop_thinking", item.get("drop_thinking"));
    options.keywordArgument("reasoning_effort", item.get("effort"));
    CaseFile.members(item.get("options")).forEach(options::keywordArgument);
    return ChatTemplate.of(encoding).prompt(list(item.get("messages")), options.build());
  }

  private record Piece(String text, boolean allowSpecial) {}

  private static List<Piece> segments(Map<String, @Nullable Object> item) {
    return list(item.get("segments")).stream()
        .map(
            segment ->
                new Piece(
                    String.valueOf(segment.get("text")),
                    Boolean.TRUE.equals(segment.get("allow_special"))))
        .toList();
  }

  private static List<Piece> pieces(Prompt prompt) {
    List<Piece> pieces = new ArrayList<>();
    List<Integer> ends = new ArrayList<>(prompt.seams());
    ends.add(prompt.text().length());
    int start = 0;
    for (int end : ends) {
      int from = start;
      boolean trusted =
          prompt.spans().stream()
              .filter(span -> span.start() < end && span.end() > from)
              .anyMatch(span -> span.origin().trusted());
      pieces.add(new Piece(prompt.text().substring(start, end), trusted));
      start = end;
    }
    return pieces;
  }

  // Harmony's ids

  private static @Nullable String idsProblem(
      Tokenizer tokenizer, Map<String, @Nullable Object> item) {
    int[] expected = ids(item.get("ids"));
    Prompt prompt = prompt(ChatEncoding.HARMONY, item);
    int[] ids = tokenizer.encode(prompt).ids();
    return Arrays.equals(expected, ids)
        ? null
        : "expected the ids " + Arrays.toString(expected) + ", got " + Arrays.toString(ids);
  }

  private static @Nullable String decodingProblem(
      Tokenizer tokenizer, Map<String, @Nullable Object> given) {
    String text = tokenizer.decode(ids(given.get("ids")));
    return Difference.of(String.valueOf(given.get("decoded_by_remora")), text);
  }

  private static int[] ids(@Nullable Object list) {
    return list instanceof List<?> ids
        ? ids.stream().mapToInt(id -> ((Number) id).intValue()).toArray()
        : new int[0];
  }

  // Kimi K2.5's tools

  private static @Nullable String declarationProblem(Map<String, @Nullable Object> item) {
    RenderOptions options = RenderOptions.builder().tools(list(item.get("tools"))).build();
    String declared = ChatTemplate.of(kimiK25("{{ tools_ts_str }}")).render(List.of(), options);
    if (item.containsKey("expected")) {
      Object expected = item.get("expected");
      return Difference.of(expected == null ? "None" : expected.toString(), declared);
    }
    String property = String.valueOf(item.get("property"));
    Matcher order = BEFORE.matcher(property);
    boolean holds =
        order.matches()
            && declared.contains(order.group(1))
            && declared.indexOf(order.group(1)) < declared.indexOf(order.group(2));
    return holds ? null : "not so: " + property;
  }

  private static BundleInfo kimiK25(String template) {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add(FileNames.CHAT_TEMPLATE, template.getBytes(StandardCharsets.UTF_8))
            .add(
                FileNames.MODEL_CONFIG,
                "{\"model_type\": \"kimi_k25\"}".getBytes(StandardCharsets.UTF_8))
            .build();
    return new BundleInfo(bundle, FileNames.TIKTOKEN, SpecialTokens.builder().build());
  }

  private static List<Map<String, @Nullable Object>> list(@Nullable Object value) {
    return value instanceof List<?> items
        ? items.stream().map(CaseFile::members).toList()
        : List.of();
  }
}
