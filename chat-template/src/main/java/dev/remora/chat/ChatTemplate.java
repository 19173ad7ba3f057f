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
import java.util.stream.IntStream;
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
  private static final List<Map<String, Object>> PREFIX_PROBE =
      ChatMessages.builder()
          .user("dummy")
          .toolCall("abcdefghi", "dummy", Map.of()) // Mistral's templates want nine characters
          .tool("abcdefghi", "dummy", "dummy")
          .build();

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
    return tokenizer.encode(promptToEncode(messages, options));
  }

  /** The prompt as it is encoded. */
  private Prompt promptToEncode(List<? extends Map<String, ?>> messages, RenderOptions options) {
    Prompt prompt = prompt(messages, options);
    return options.guarded() ? prompt : prompt.allTrusted();
  }

  /** How many tokens {@link #encode(Tokenizer, List)} gives. */
  public int count(Tokenizer tokenizer, List<? extends Map<String, ?>> messages) {
    return count(tokenizer, messages, RenderOptions.GENERATE);
  }

  /**
   * How many tokens {@link #encode(Tokenizer, List, RenderOptions)} gives, and what {@linkplain
   * RenderOptions#mediaTokens() parts that are no text} add to them. No ids are kept.
   *
   * @throws dev.remora.MediaCountException if there is such a part, and the options do not say how
   *     many tokens it takes
   * @throws TokenizerException as {@link #encode(Tokenizer, List, RenderOptions)}
   */
  public int count(
      Tokenizer tokenizer, List<? extends Map<String, ?>> messages, RenderOptions options) {
    int media = MediaParts.tokens(messages, options.mediaTokens().orElse(null));
    return Math.addExact(tokenizer.count(promptToEncode(messages, options)), media);
  }

  /**
   * Drops the oldest messages of a conversation until its prompt fits into a window. Whole turns go
   * first: a user's message and what follows it. Where the last turn alone is too long, the oldest
   * steps of it go: a message of the assistant with the results of its tool calls. What the system
   * says, the last user's message and the last step stay. As few go as it takes, for a template
   * under which fewer messages never make a longer prompt.
   *
   * <p>Renders and counts about as often as the number of turns has binary digits.
   *
   * @param maxTokens how many tokens the prompt may have, as {@link #count(Tokenizer, List,
   *     RenderOptions)} counts them: the model's window less what it is to generate
   * @throws dev.remora.LimitException if what must stay does not fit (rule T4)
   * @throws IllegalArgumentException if {@code maxTokens} is below 1
   * @throws TokenizerException as {@link #count(Tokenizer, List, RenderOptions)}
   */
  public FittedConversation fit(
      Tokenizer tokenizer,
      List<? extends Map<String, ?>> messages,
      RenderOptions options,
      int maxTokens) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("a window of " + maxTokens + " tokens");
    }
    return new ConversationWindow(messages, options)
        .fit(maxTokens, (kept, with) -> count(tokenizer, kept, with));
  }

  /**
   * Whether results of tools can be appended to a prompt as it stands: a conversation that ends in
   * a tool call renders to the beginning of the one with the tool's result. Equal to {@code
   * is_chat_template_prefix_preserving} of TRL, where that has an answer. False for a template that
   * takes no tool calls.
   *
   * @param templateName the template to ask about; null for the default one
   */
  public boolean isPrefixPreserving(@Nullable String templateName) {
    RenderOptions options =
        RenderOptions.builder().templateName(templateName).addGenerationPrompt(true).build();
    List<Map<String, Object>> messages = PREFIX_PROBE;
    try {
      return renders(messages.subList(0, 2), options, render(messages, options));
    } catch (TokenizerException e) {
      return false; // the answer: this template cannot take tool calls
    }
  }

  /**
   * Whether each beginning of a conversation renders to a beginning of its prompt, so that a worker
   * that holds one turn's prompt need compute only what is new. Templates that drop the reasoning
   * of earlier turns, or that write something into the last message only, do not have this. A
   * beginning that the template refuses is passed over.
   *
   * @throws TokenizerException as {@link #render(List, RenderOptions)}, for the whole conversation
   */
  public boolean isPrefixPreserving(
      List<? extends Map<String, ?>> messages, RenderOptions options) {
    String whole = render(messages, options);
    return IntStream.range(1, messages.size())
        .allMatch(count -> isBeginning(messages.subList(0, count), options, whole));
  }

  private boolean isBeginning(
      List<? extends Map<String, ?>> messages, RenderOptions options, String prompt) {
    try {
      return renders(messages, options, prompt);
    } catch (TemplateException e) {
      return true; // no prompt, so none that a worker could hold
    }
  }

  /** Whether messages, without a generation prompt, render to the beginning of a prompt. */
  private boolean renders(
      List<? extends Map<String, ?>> messages, RenderOptions options, String prompt) {
    RenderOptions plain =
        options.toBuilder().addGenerationPrompt(false).continueFinalMessage(false).build();
    return prompt.startsWith(render(messages, plain));
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
