package dev.remora.chat;

import dev.remora.Encoding;
import dev.remora.Prompt;
import dev.remora.TemplateException;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleInfo;
import dev.remora.jinja.JinjaText;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The chat template of a bundle, or several by name: messages to the prompt.
 *
 * <p>What it renders equals what {@code apply_chat_template} of transformers 5 gives, to the
 * character. Messages are plain: maps, lists, strings, numbers, booleans and nulls, as a JSON
 * parser gives them; {@link ChatMessages} builds the common ones. The order of a map's members
 * counts: a {@code Map.of} of several entries may give another prompt in another JVM. A template
 * has no access to files, classes or the network, and ends at the limits of its {@link
 * RenderOptions}.
 *
 * <p>A template is parsed when it is first rendered; one that does not parse fails rendering.
 * Immutable and thread-safe.
 */
public final class ChatTemplate {
  /** The name of the template that has no other. */
  public static final String DEFAULT = "default";

  private static final String TOOL_USE = "tool_use";
  private static final String PROBE = "REMORA CONTENT PROBE";
  private static final String KIMI_TOOLS = "tools_ts_str";

  private final Map<String, CompiledTemplate> templates = new LinkedHashMap<>();
  private final Map<String, String> specialTokens;
  private final Set<ChatEncoding> encodings; // none if there is a template; several: none told
  private final @Nullable EncodedChat encoded;
  private final boolean isKimiK25;

  private ChatTemplate(Map<String, String> sources, Map<String, String> specialTokens) {
    this(sources, specialTokens, Set.of(), false);
  }

  private ChatTemplate(
      Map<String, String> sources,
      Map<String, String> specialTokens,
      Set<ChatEncoding> encodings,
      boolean isKimiK25) {
    sources.forEach((name, source) -> templates.put(name, new CompiledTemplate(name, source)));
    this.specialTokens = specialTokens;
    this.encodings = encodings;
    this.encoded = encodings.size() == 1 ? new EncodedChat(encodings.iterator().next()) : null;
    this.isKimiK25 = isKimiK25;
  }

  /**
   * The templates of a bundle, with its {@link BundleInfo#specialTokens() special tokens} as
   * variables: chat_template.jinja, else chat_template.json, else tokenizer_config.json's; and
   * those in additional_chat_templates. For a bundle without any, the {@link ChatEncoding} of its
   * model, by config.json and, where that leaves it open, by the {@linkplain
   * BundleInfo#modelNames() names} that the worker gives the model. What nothing tells fails
   * rendering, and so does a bundle of neither.
   *
   * @throws dev.remora.BundleException if one of these configs is not JSON
   */
  public static ChatTemplate of(BundleInfo bundle) {
    Map<String, String> sources = new TemplateSources(bundle).templates();
    EncodingChoice choice = EncodingChoice.of(bundle);
    return new ChatTemplate(
        sources,
        bundle.specialTokens().byRole(),
        sources.isEmpty() ? choice.encodings() : Set.of(),
        choice.isKimiK25());
  }

  /** An encoding in place of a template, whatever a bundle holds. */
  public static ChatTemplate of(ChatEncoding encoding) {
    return new ChatTemplate(Map.of(), Map.of(), Set.of(encoding), false);
  }

  /**
   * One template of the caller's own in place of those of a bundle, with the bundle's special
   * tokens.
   *
   * @param source its text
   */
  public static ChatTemplate of(BundleInfo bundle, String source) {
    return new ChatTemplate(Map.of(DEFAULT, source), bundle.specialTokens().byRole());
  }

  /**
   * One template. It sees no special tokens but those given as keyword arguments.
   *
   * @param name its name, for errors
   * @param source its text
   */
  public static ChatTemplate of(String name, String source) {
    return new ChatTemplate(Map.of(name, source), Map.of());
  }

  /**
   * One template, with special tokens that it sees by name, such as {@code bos_token}: they count
   * as its own text, which keyword arguments do not.
   *
   * @param name its name, for errors
   * @param source its text
   * @param specialTokens the tokens by their roles
   */
  public static ChatTemplate of(String name, String source, Map<String, String> specialTokens) {
    return new ChatTemplate(Map.of(name, source), Map.copyOf(specialTokens));
  }

  /** The encoding that stands in place of a template; empty if there is a template, or neither. */
  public Optional<ChatEncoding> encoding() {
    return Optional.ofNullable(encoded).map(EncodedChat::encoding);
  }

  /** The names of the templates; none for an encoding. */
  public Set<String> names() {
    return Set.copyOf(templates.keySet());
  }

  /** The text of each template by its name; none for an encoding. */
  public Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    templates.forEach((name, template) -> sources.put(name, template.source()));
    return Collections.unmodifiableMap(sources);
  }

  /** Renders with {@link RenderOptions#DEFAULT}. */
  public String render(List<? extends Map<String, ?>> messages) {
    return render(messages, RenderOptions.DEFAULT);
  }

  /**
   * Renders messages to a prompt.
   *
   * @throws TemplateException if there is no such template, or it does not parse, fails, or raises
   *     an error of its own, whose text is then {@link TemplateException#problem()}; if the bundle
   *     may be of several encodings, with {@link TemplateException#choices()}; or if an encoding
   *     has no prompt for the messages
   * @throws dev.remora.LimitException if a limit of the options is passed
   * @throws IllegalArgumentException if a value is none that JSON knows
   */
  public String render(List<? extends Map<String, ?>> messages, RenderOptions options) {
    if (encoded != null) {
      return encoded.prompt(messages, options).text();
    }
    Printed printed = print(messages, options);
    return printed.text().text().substring(0, printed.end());
  }

  /**
   * Renders messages to a prompt that knows where each part of it comes from. Its text is what
   * {@link #render(List, RenderOptions)} gives.
   *
   * <p>The template's own are its literals, and the special tokens that it sees by name. Everything
   * else is of the request, however the template rewrites it; so is what the template language
   * writes around values of the request, such as the quotes of JSON. Where one character is made of
   * several, it is of the request if any of them is.
   *
   * @throws TemplateException as {@link #render(List, RenderOptions)}, and if the template changes
   *     a {@link GeneratedText}
   * @throws dev.remora.LimitException as {@link #render(List, RenderOptions)}
   * @throws IllegalArgumentException as {@link #render(List, RenderOptions)}
   */
  public Prompt prompt(List<? extends Map<String, ?>> messages, RenderOptions options) {
    if (encoded != null) {
      return encoded.prompt(messages, options);
    }
    Printed printed = print(messages, options);
    return PrintedRuns.prompt(printed.text(), printed.end(), printed.template());
  }

  /**
   * What a template printed.
   *
   * @param end where the prompt ends; before the end of the text where a message is to be continued
   */
  private record Printed(CompiledTemplate template, JinjaText text, int end) {}

  private Printed print(List<? extends Map<String, ?>> messages, RenderOptions options) {
    CompiledTemplate template = chosen(options);
    FinalMessage continued =
        options
            .continuedField()
            .map(field -> FinalMessage.of(messages, field, template))
            .orElse(null);
    List<?> rendered = options.withTrust(continued == null ? messages : continued.messages());
    JinjaText text = template.print(specialTokens, given(rendered, options), options.language());
    return new Printed(
        template, text, continued == null ? text.text().length() : continued.end(text.text()));
  }

  private Map<String, @Nullable Object> given(List<?> messages, RenderOptions options) {
    Map<String, @Nullable Object> context = new HashMap<>();
    context.put("messages", messages);
    context.put("tools", options.tools().orElse(null));
    context.put("documents", options.documents().orElse(null));
    context.put("add_generation_prompt", options.addGenerationPrompt());
    if (isKimiK25) {
      context.put(KIMI_TOOLS, EncodedChat.kimiTools(options));
    }
    context.putAll(options.keywordArguments());
    return context;
  }

  private CompiledTemplate chosen(RenderOptions options) {
    String name = options.templateName().orElse(null);
    if (name == null && templates.size() == 1) {
      return templates.values().iterator().next();
    }
    if (name == null) {
      name = options.tools().isPresent() && templates.containsKey(TOOL_USE) ? TOOL_USE : DEFAULT;
    }
    CompiledTemplate template = templates.get(name);
    if (template == null) {
      throw missing(name);
    }
    return template;
  }

  private TemplateException missing(String name) {
    if (!encodings.isEmpty()) {
      List<String> choices = encodings.stream().map(ChatEncoding::code).toList();
      return new TemplateException(
          name,
          "the bundle holds no chat template, and nothing tells which encoding its model has:"
              + " choose one of "
              + choices,
          choices);
    }
    String problem =
        templates.isEmpty()
            ? "the bundle holds no chat template"
            : "no template of this name (there: " + templates.keySet() + ")";
    return new TemplateException(name, 0, problem, null);
  }

  /** Renders messages and encodes the prompt with {@link RenderOptions#GENERATE}. */
  public Encoding encode(Tokenizer tokenizer, List<? extends Map<String, ?>> messages) {
    return encode(tokenizer, messages, RenderOptions.GENERATE);
  }

  /**
   * Renders messages and encodes the prompt. No special tokens are added, as a template writes its
   * own: exactly one BOS where the model has one.
   *
   * <p>Added tokens are recognised only where the template wrote them, unless {@link
   * RenderOptions#guarded()} is off: a user who types {@code <|im_end|>} ends no turn. The ids of
   * requests that spell no added token are the same either way; {@link Encoding#refused()} tells
   * what was not recognised.
   *
   * @throws TokenizerException as {@link #prompt(List, RenderOptions)} and {@link
   *     Tokenizer#encode(Prompt)}
   */
  public Encoding encode(
      Tokenizer tokenizer, List<? extends Map<String, ?>> messages, RenderOptions options) {
    Prompt prompt = prompt(messages, options);
    return tokenizer.encode(options.guarded() ? prompt : prompt.allTrusted());
  }

  /**
   * What the template expects the content of a message to be. It is found by rendering one message
   * of parts: a template that expects text fails or prints the list itself.
   *
   * @param templateName the template to ask about; null for the default one
   */
  public ContentFormat contentFormat(@Nullable String templateName) {
    Map<String, Object> part = Map.of("type", "text", "text", PROBE);
    Map<String, Object> message = Map.of("role", "user", "content", List.of(part));
    try {
      RenderOptions options = RenderOptions.builder().templateName(templateName).build();
      String prompt = render(List.of(message), options);
      boolean listPrinted = prompt.contains("'" + PROBE) || prompt.contains("\"" + PROBE);
      return prompt.contains(PROBE) && !listPrinted ? ContentFormat.PARTS : ContentFormat.TEXT;
    } catch (TokenizerException e) {
      return ContentFormat.TEXT; // the answer: this template cannot take parts
    }
  }
}
