package dev.remora.chat.response.family;

import dev.remora.chat.response.grammar.GrammarReader;
import dev.remora.chat.response.grammar.ReplyGrammar;
import dev.remora.chat.response.value.PythonJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The families, as families.json lists them: first those that are known by the exact text of a chat
 * template, then those by the type of the model. Thread-safe.
 */
public final class ReplyFamilies {
  private static final Map<String, ReplyFamily> FAMILIES = families();
  private static final Map<String, ReplyGrammar> GRAMMARS = new ConcurrentHashMap<>();

  private ReplyFamilies() {}

  /** Their names. */
  public static Set<String> names() {
    return Set.copyOf(FAMILIES.keySet());
  }

  /** The response template of a family by its name; empty if there is no such family. */
  public static Optional<ReplyGrammar> named(String name) {
    return Optional.ofNullable(FAMILIES.get(name)).map(ReplyFamilies::grammar);
  }

  /**
   * The response template of the family of a model; empty if nothing tells it.
   *
   * @param chatTemplates the texts of its chat templates
   * @param modelType its {@code model_type}; null if it is not known
   */
  public static Optional<ReplyGrammar> find(
      List<String> chatTemplates, @Nullable String modelType) {
    List<String> digests = chatTemplates.stream().map(ReplyFamilies::digest).toList();
    return FAMILIES.values().stream()
        .filter(family -> digests.stream().anyMatch(family.chatTemplates()::contains))
        .findFirst()
        .or(
            () ->
                FAMILIES.values().stream()
                    .filter(family -> modelType != null && family.isOf(modelType, chatTemplates))
                    .findFirst())
        .map(ReplyFamilies::grammar);
  }

  private static String digest(String text) {
    try {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static ReplyGrammar grammar(ReplyFamily family) {
    return GRAMMARS.computeIfAbsent(
        family.template(), file -> GrammarReader.read(json(file + ".json"), true));
  }

  private static Map<String, ReplyFamily> families() {
    Map<String, ReplyFamily> families = new LinkedHashMap<>();
    for (Object item : (List<?>) json("families.json")) {
      Map<?, ?> family = (Map<?, ?>) item;
      String name = String.valueOf(family.get("name"));
      families.put(
          name,
          new ReplyFamily(
              name,
              String.valueOf(family.get("template")),
              Set.copyOf(texts(family.get("chat_templates"))),
              Set.copyOf(texts(family.get("model_types"))),
              texts(family.get("marks"))));
    }
    return families;
  }

  private static List<String> texts(@Nullable Object list) {
    List<String> texts = new ArrayList<>();
    if (list instanceof List<?> items) {
      items.forEach(item -> texts.add(String.valueOf(item)));
    }
    return texts;
  }

  private static Object json(String file) {
    try (InputStream resource = ReplyFamilies.class.getResourceAsStream(file)) {
      if (resource == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      Object value = PythonJson.parse(text);
      if (value == null) {
        throw new IllegalStateException("nothing in " + file);
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
