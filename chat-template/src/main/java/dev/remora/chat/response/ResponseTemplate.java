package dev.remora.chat.response;

import dev.remora.ResponseException;
import dev.remora.ResponseException.Problem;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.FileNames;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.response.family.ReplyFamilies;
import dev.remora.chat.response.grammar.GrammarReader;
import dev.remora.chat.response.grammar.ReplyGrammar;
import dev.remora.chat.response.value.PythonJson;
import dev.remora.chat.response.value.ValueFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a message stand in the replies of a model: the {@code response_template} of
 * transformers 5, version 1. Patterns are Python's. Immutable and thread-safe.
 */
public final class ResponseTemplate {
  private static final String KEY = "response_template";

  private final ReplyGrammar grammar;

  private ResponseTemplate(ReplyGrammar grammar) {
    this.grammar = grammar;
  }

  /**
   * A template of the caller's own.
   *
   * @param json the template as JSON
   * @throws ResponseException of {@link Problem#TEMPLATE} if it breaks a rule of the format
   */
  public static ResponseTemplate parse(String json) {
    return new ResponseTemplate(GrammarReader.read(value(json, "the response template"), false));
  }

  private static @Nullable Object value(String json, String what) {
    try {
      return PythonJson.parse(json);
    } catch (ValueFailure e) {
      throw new ResponseException(
          Problem.TEMPLATE, null, what + ": " + e.getMessage(), Map.of(), "", e);
    }
  }

  /**
   * The template of a bundle: the {@code response_template} of its tokenizer_config.json, else that
   * of its family, which is known by its chat template or by the {@code model_type} of config.json.
   *
   * @throws ResponseException of {@link Problem#NO_TEMPLATE} if there is none, and of {@link
   *     Problem#TEMPLATE} if it breaks a rule of the format
   * @throws dev.remora.BundleException if a config with a chat template is not JSON
   */
  public static ResponseTemplate of(BundleInfo bundle) {
    return of(bundle, null);
  }

  /**
   * The same for a bundle without config.json, as workers of MLX send it.
   *
   * @param modelType the {@code model_type} that counts where the bundle says none, such as that of
   *     the worker's GetModelInfo; null if it is not known
   */
  public static ResponseTemplate of(BundleInfo bundle, @Nullable String modelType) {
    Object own = config(bundle, FileNames.TOKENIZER_CONFIG).get(KEY);
    if (own != null) {
      return new ResponseTemplate(GrammarReader.read(own, false));
    }
    Object known = config(bundle, FileNames.MODEL_CONFIG).get("model_type");
    List<String> sources = List.copyOf(ChatTemplate.of(bundle).sources().values());
    return ReplyFamilies.find(sources, known instanceof String type ? type : modelType)
        .map(ResponseTemplate::new)
        .orElseThrow(() -> missing("the bundle has no response template, and its family none"));
  }

  /**
   * The template of a family of models.
   *
   * @param family one of {@link #families()}
   * @throws ResponseException of {@link Problem#NO_TEMPLATE} if there is no such family
   */
  public static ResponseTemplate ofFamily(String family) {
    return ReplyFamilies.named(family)
        .map(ResponseTemplate::new)
        .orElseThrow(
            () -> missing("no family " + family + " (there: " + new TreeSet<>(families()) + ")"));
  }

  /** The families of models of which Remora has a template, such as {@code deepseek-v3}. */
  public static Set<String> families() {
    return ReplyFamilies.names();
  }

  private static ResponseException missing(String detail) {
    return new ResponseException(Problem.NO_TEMPLATE, null, detail, Map.of(), "", null);
  }

  private static Map<?, ?> config(BundleInfo bundle, String file) {
    return bundle
        .content(file)
        .map(content -> value(new String(content, StandardCharsets.UTF_8), file))
        .filter(Map.class::isInstance)
        .<Map<?, ?>>map(Map.class::cast)
        .orElse(Map.of());
  }

  ReplyGrammar grammar() {
    return grammar;
  }

  /** A parser for one reply to a prompt, without tools. */
  public ResponseParser parser(String prompt) {
    return parser(prompt, List.of());
  }

  /**
   * A parser for one reply.
   *
   * @param prompt the prompt, as it was rendered: a template may have it begin the reply, as with
   *     the mark that opens the reasoning; empty if the reply is whole in itself
   * @param tools the tools of the request, by whose JSON schemas arguments that a model writes as
   *     text become numbers, booleans, nulls, lists and objects
   * @throws ResponseException if what the prompt has of the reply is not what the template
   *     describes
   */
  public ResponseParser parser(String prompt, List<?> tools) {
    return new ResponseParser(this, prompt, tools);
  }

  /**
   * The message of a whole reply.
   *
   * @param prompt as for {@link #parser(String, List)}
   * @param reply what the model wrote, its special tokens included
   * @param tools as for {@link #parser(String, List)}
   * @throws ResponseException if the reply is not what the template describes
   */
  public ResponseMessage read(String prompt, String reply, List<?> tools) {
    ResponseParser parser = parser(prompt, tools);
    parser.feed(reply, event -> {});
    return parser.finish();
  }
}
