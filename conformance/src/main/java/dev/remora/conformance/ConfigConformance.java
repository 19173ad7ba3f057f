package dev.remora.conformance;

import dev.remora.DecodeOptions;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.chat.ChatTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the configs beside a tokenizer do, by golden cases.
 *
 * <p>The cases are a JSON array of objects: {@code bundle}, a directory's name; and any of {@code
 * variables}, special tokens by role, as a template sees them (null for a role that is not set);
 * {@code special}, whether an added token is special; {@code encode} and {@code encodePlain}, the
 * ids of texts with and without special tokens; {@code decodeSkipSpecial}, {@code ids} and their
 * {@code text} without special tokens; {@code template}, what the bundle's chat template renders
 * without messages; {@code or}, which lets a refusal pass whose message names the tokenizer's class
 * or model type.
 */
public final class ConfigConformance {
  private final Function<Path, Tokenizer> loader;
  private final List<String> differences = new ArrayList<>();

  private ConfigConformance(Function<Path, Tokenizer> loader) {
    this.loader = loader;
  }

  /**
   * Checks every case; reports the differences of each failure.
   *
   * @param directory holds the file {@code cases.json} and the bundles
   * @param loader loads a bundle
   * @param out receives one line for each difference
   * @throws IOException if the cases cannot be read
   */
  public static ConformanceResult run(
      Path directory, Function<Path, Tokenizer> loader, Consumer<String> out) throws IOException {
    int passed = 0;
    int failed = 0;
    for (Map<String, @Nullable Object> item : CaseFile.read(directory.resolve("cases.json"))) {
      String bundle = String.valueOf(item.get("bundle"));
      List<String> differences =
          new ConfigConformance(loader).check(directory.resolve(bundle), item);
      if (differences.isEmpty()) {
        passed++;
      } else {
        failed++;
        differences.forEach(difference -> out.accept(bundle + ": " + difference));
      }
    }
    return new ConformanceResult(passed, failed);
  }

  private List<String> check(Path bundle, Map<String, @Nullable Object> item) {
    try (Tokenizer tokenizer = loader.apply(bundle)) {
      CaseFile.members(item.get("variables"))
          .forEach((role, token) -> compare(role, token, variable(tokenizer, role)));
      CaseFile.members(item.get("special"))
          .forEach((token, special) -> compare(token, special, isSpecial(tokenizer, token)));
      CaseFile.members(item.get("encode"))
          .forEach((text, ids) -> encode(tokenizer, text, ids, EncodeOptions.DEFAULT));
      CaseFile.members(item.get("encodePlain"))
          .forEach((text, ids) -> encode(tokenizer, text, ids, EncodeOptions.NO_SPECIAL_TOKENS));
      Map<String, @Nullable Object> decode = CaseFile.members(item.get("decodeSkipSpecial"));
      if (!decode.isEmpty()) {
        int[] ids = ints(decode.get("ids")).stream().mapToInt(Integer::intValue).toArray();
        compare(
            "decode", decode.get("text"), tokenizer.decode(ids, DecodeOptions.SKIP_SPECIAL_TOKENS));
      }
      if (item.get("template") != null) {
        compare(
            "template",
            item.get("template"),
            ChatTemplate.of(tokenizer.bundle()).render(List.of()));
      }
    } catch (TokenizerException e) {
      boolean mayRefuse = item.get("or") != null && namesTheClass(e);
      if (!mayRefuse) {
        differences.add(e.getMessage());
      }
    }
    return differences;
  }

  private static boolean namesTheClass(TokenizerException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("tokenizer class") || message.contains("is not supported");
  }

  /** As the chat template sees it. */
  private static @Nullable String variable(Tokenizer tokenizer, String role) {
    String seen =
        ChatTemplate.of(tokenizer.bundle(), "{{ " + role + " if " + role + " is defined }}")
            .render(List.of());
    String resolved = tokenizer.specialTokens().token(role).orElse("");
    return seen.equals(resolved) ? (seen.isEmpty() ? null : seen) : seen + " != " + resolved;
  }

  private static boolean isSpecial(Tokenizer tokenizer, String token) {
    return tokenizer.specialTokens().all().containsKey(token);
  }

  private void encode(Tokenizer tokenizer, String text, @Nullable Object ids, EncodeOptions how) {
    List<Integer> actual = new ArrayList<>();
    for (int id : tokenizer.encode(text, how).ids()) {
      actual.add(id);
    }
    compare(text, ints(ids), actual);
  }

  private static List<Integer> ints(@Nullable Object numbers) {
    List<Integer> ints = new ArrayList<>();
    if (numbers instanceof List<?> list) {
      for (Object number : list) {
        ints.add(((Number) Objects.requireNonNull(number)).intValue());
      }
    }
    return ints;
  }

  private void compare(String what, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      differences.add(what + ": expected " + expected + ", got " + actual);
    }
  }
}
