package dev.remora.conformance;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Prompt;
import dev.remora.TemplateException;
import dev.remora.Tokenizer;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that text of a request becomes no added token: golden cases of what templates do with
 * text, strings of an attacker in every field of a request to every template, and random splices of
 * the spellings of tokens over the seam between template and request.
 */
public final class GuardConformance {
  private static final long SEED = 20260729;
  private static final String HARMLESS = "Hello there, it costs < 5 | > 3 \u00fc\ud83e\udd88";
  private static final Map<String, String> SPECIAL_TOKENS =
      Map.of("bos_token", "<|endoftext|>", "eos_token", "<|im_end|>");
  private final Tokenizer tokenizer;
  private final Map<String, Integer> added;
  private final Set<Integer> addedIds;
  private final Tally tally;

  private GuardConformance(Tokenizer tokenizer, AddedTokens tokens, Consumer<String> out) {
    this.tokenizer = tokenizer;
    this.added = tokens.bySpelling();
    this.addedIds = tokens.ids();
    this.tally = new Tally(out);
  }

  private record Cases(List<Case> cases) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Case(
      String name,
      String template,
      Map<String, Object> vars,
      List<Segment> segments,
      String rendered,
      @SerializedName("refused_matches") int refusedMatches,
      @SerializedName("guarded_ids") int[] guardedIds,
      @SerializedName("today_ids") int[] todayIds) {}

  private record Segment(String text, String origin) {}

  /**
   * Checks all.
   *
   * @param cases the golden cases, whose ids are those of the tokenizer
   * @param attacks the attacker's strings, a JSON array
   * @param templates a directory of templates
   * @param bundle the directory of the tokenizer, which has a tokenizer.json
   * @param splices how many random splices to try
   * @param out receives one line for each failure
   * @throws IOException if a file cannot be read
   * @throws JsonParseException if a file is not as it must be
   */
  public static ConformanceResult run(
      Path cases,
      Path attacks,
      Path templates,
      Path bundle,
      Tokenizer tokenizer,
      int splices,
      Consumer<String> out)
      throws IOException {
    GuardConformance conformance = new GuardConformance(tokenizer, new AddedTokens(bundle), out);
    Gson gson = new Gson();
    gson.fromJson(Files.readString(cases), Cases.class).cases().forEach(conformance::golden);
    String[] strings = gson.fromJson(Files.readString(attacks), String[].class);
    for (Path file : DirectoryEntries.of(templates)) {
      conformance.attack(
          String.valueOf(file.getFileName()), Files.readString(file), List.of(strings));
    }
    conformance.splice(splices, List.of(strings));
    return conformance.tally.result();
  }

  private void golden(Case golden) {
    RenderOptions.Builder options = RenderOptions.builder();
    golden.vars().forEach(options::keywordArgument);
    ChatTemplate template = ChatTemplate.of(golden.name(), golden.template());
    Prompt prompt = template.prompt(List.of(), options.build());
    Encoding guarded = tokenizer.encode(prompt);
    Encoding today = tokenizer.encode(prompt.allTrusted());
    @Nullable String problem =
        !prompt.text().equals(golden.rendered())
            ? "the text is " + prompt.text()
            : !origins(prompt).equals(origins(golden))
                ? "the origins are " + origins(prompt)
                : !Arrays.equals(guarded.ids(), golden.guardedIds())
                    ? "the ids are " + Arrays.toString(guarded.ids())
                    : !Arrays.equals(today.ids(), golden.todayIds())
                        ? "the ids without a guard are " + Arrays.toString(today.ids())
                        : guarded.refused().size() != golden.refusedMatches()
                            ? "refused: " + guarded.refused()
                            : null;
    tally.count("case " + golden.name(), problem);
  }

  /** The origin of each character. */
  private static String origins(Prompt prompt) {
    return prompt.spans().stream()
        .map(span -> (span.origin().trusted() ? "T" : "U").repeat(span.end() - span.start()))
        .collect(Collectors.joining());
  }

  private static String origins(Case golden) {
    return golden.segments().stream()
        .map(segment -> segment.origin().repeat(segment.text().length()))
        .collect(Collectors.joining());
  }

  /** Every field of a request that a user, a tool or an application may fill, with one string. */
  private static final Map<String, Function<String, Request>> FIELDS = fields();

  private record Request(List<Map<String, Object>> messages, @Nullable List<?> tools) {}

  private static Map<String, Function<String, Request>> fields() {
    Map<String, Function<String, Request>> fields = new LinkedHashMap<>();
    fields.put("user", text -> new Request(List.of(message("user", text)), null));
    fields.put(
        "user part",
        text ->
            new Request(
                List.of(message("user", List.of(map("type", "text", "text", text)))), null));
    fields.put(
        "system",
        text -> new Request(List.of(message("system", text), message("user", "x")), null));
    fields.put("role", text -> new Request(List.of(message(text, "x")), null));
    fields.put(
        "assistant",
        text ->
            new Request(
                List.of(message("user", "x"), message("assistant", text), message("user", "y")),
                null));
    fields.put("reasoning", text -> called("f", "x", "y", "z", text, null));
    fields.put("call name", text -> called(text, "x", "y", "z", null, null));
    fields.put("argument name", text -> called("f", text, "y", "z", null, null));
    fields.put("argument", text -> called("f", "x", text, "z", null, null));
    fields.put("tool result", text -> called("f", "x", "y", text, null, null));
    fields.put("tool name", text -> called("f", "x", "y", "z", null, tool(text, "d", "p")));
    fields.put("tool description", text -> called("f", "x", "y", "z", null, tool("f", text, "p")));
    fields.put("parameter name", text -> called("f", "x", "y", "z", null, tool("f", "d", text)));
    return fields;
  }

  private static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      map.put((String) namesAndValues[index], namesAndValues[index + 1]);
    }
    return map;
  }

  private static Map<String, Object> message(String role, Object content) {
    return map("role", role, "content", content);
  }

  private static Map<String, Object> tool(String name, String description, String parameter) {
    Map<String, Object> schema =
        map(
            "type",
            "object",
            "properties",
            map(parameter, map("type", "string", "description", description)),
            "required",
            List.of(parameter));
    return map(
        "type",
        "function",
        "function",
        map("name", name, "description", description, "parameters", schema));
  }

  private static Request called(
      String name,
      String argument,
      String value,
      String result,
      @Nullable String reasoning,
      @Nullable Map<String, Object> tool) {
    Map<String, Object> call =
        map(
            "id",
            "abcdefghi",
            "type",
            "function",
            "function",
            map("name", name, "arguments", map(argument, value)));
    Map<String, Object> asked = message("assistant", "");
    asked.put("tool_calls", List.of(call));
    if (reasoning != null) {
      asked.put("reasoning_content", reasoning);
      asked.put("thinking", reasoning);
    }
    Map<String, Object> answered = message("tool", result);
    answered.put("tool_call_id", "abcdefghi");
    answered.put("name", name);
    return new Request(
        List.of(message("user", "x"), asked, answered), tool == null ? null : List.of(tool));
  }

  private void attack(String file, String source, List<String> attacks) {
    ChatTemplate template = ChatTemplate.of(file, source, SPECIAL_TOKENS);
    boolean printed = false;
    for (Map.Entry<String, Function<String, Request>> field : FIELDS.entrySet()) {
      String what = file + ", " + field.getKey();
      Prompt harmless = prompt(template, field.getValue().apply(HARMLESS));
      if (harmless != null) {
        printed = true;
        int[] today = tokenizer.encode(harmless.text(), EncodeOptions.NO_SPECIAL_TOKENS).ids();
        int[] guarded = tokenizer.encode(harmless).ids();
        tally.count(what, Arrays.equals(today, guarded) ? null : "ids of harmless text differ");
      }
      for (String attack : attacks) {
        Prompt prompt = prompt(template, field.getValue().apply(attack));
        if (prompt != null) {
          tally.count(what + " = " + attack, problem(prompt));
        }
      }
    }
    tally.count(file, printed ? null : "renders no request");
  }

  /** The prompt; null where the template refuses the request. */
  private static @Nullable Prompt prompt(ChatTemplate template, Request request) {
    try {
      RenderOptions options =
          RenderOptions.builder().tools(request.tools()).addGenerationPrompt(true).build();
      return template.prompt(request.messages(), options);
    } catch (TemplateException e) {
      return null;
    }
  }

  private @Nullable String problem(Prompt prompt) {
    String origins = origins(prompt);
    Encoding encoding = tokenizer.encode(prompt);
    int[] ids = encoding.ids();
    for (int index = 0; index < ids.length; index++) {
      String from = origins.substring(encoding.start(index), encoding.end(index));
      if (addedIds.contains(ids[index]) && from.contains("U")) {
        return "the request forges " + ids[index];
      }
    }
    return tokenizer.decode(ids).equals(prompt.text()) ? null : "the text changes";
  }

  private void splice(int count, List<String> attacks) {
    Random random = new Random(SEED);
    List<String> spellings = added.keySet().stream().sorted().toList();
    for (int splice = 0; splice < count; splice++) {
      Prompt.Builder builder = Prompt.builder();
      for (int part = 1 + random.nextInt(6); part > 0; part--) {
        String text =
            random.nextInt(4) == 0
                ? attacks.get(random.nextInt(attacks.size()))
                : spellings.get(random.nextInt(spellings.size()));
        int from = random.nextInt(3) == 0 ? random.nextInt(text.length()) : 0;
        int to =
            random.nextInt(3) == 0 ? from + random.nextInt(text.length() - from) : text.length();
        int seam = from + random.nextInt(to - from + 1);
        add(builder, text.substring(from, seam), random.nextBoolean());
        add(builder, text.substring(seam, to), random.nextBoolean());
      }
      Prompt prompt = builder.build();
      int[] expected = naive(prompt);
      int[] actual = tokenizer.encode(prompt).ids();
      tally.count(
          "splice " + prompt.text() + " of " + origins(prompt),
          Arrays.equals(expected, actual)
              ? null
              : Arrays.toString(actual) + " is not " + Arrays.toString(expected));
    }
  }

  private static void add(Prompt.Builder builder, String text, boolean own) {
    if (own) {
      builder.template(text);
    } else {
      builder.request("x", text);
    }
  }

  /** The ids by the law itself: tokens one by one from the left, and plain text between them. */
  private int[] naive(Prompt prompt) {
    String text = prompt.text();
    String origins = origins(prompt);
    List<Integer> ids = new ArrayList<>();
    int plainFrom = 0;
    int at = 0;
    while (at < text.length()) {
      String longest = "";
      for (String spelling : added.keySet()) {
        if (spelling.length() > longest.length()
            && text.startsWith(spelling, at)
            && origins.startsWith("T".repeat(spelling.length()), at)) {
          longest = spelling;
        }
      }
      if (longest.isEmpty()) {
        at++;
      } else {
        addPlain(text.substring(plainFrom, at), ids);
        ids.add(added.get(longest));
        at += longest.length();
        plainFrom = at;
      }
    }
    addPlain(text.substring(plainFrom), ids);
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private void addPlain(String text, List<Integer> ids) {
    Arrays.stream(tokenizer.encode(text, OrdinaryIds.PLAIN).ids()).forEach(ids::add);
  }
}
