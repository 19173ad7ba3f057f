package dev.remora.chat;

import dev.remora.jinja.JinjaOptions;
import dev.remora.jinja.JinjaTemplate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How messages are rendered. The defaults are those of transformers' {@code apply_chat_template}:
 * no tools, no documents, no generation prompt. Values are plain: maps, lists, strings, numbers,
 * booleans and nulls; the order of a map's members counts. Immutable.
 */
public final class RenderOptions {
  /** The defaults. */
  public static final RenderOptions DEFAULT = builder().build();

  /** The same with {@link #addGenerationPrompt()} on: what a chat request asks for. */
  public static final RenderOptions GENERATE = builder().addGenerationPrompt(true).build();

  private final @Nullable List<?> tools;
  private final @Nullable List<?> documents;
  private final boolean addGenerationPrompt;
  private final @Nullable String continuedField;
  private final Map<String, @Nullable Object> keywordArguments;
  private final @Nullable String templateName;
  private final Set<Integer> trustedMessages;
  private final boolean guarded;
  private final @Nullable ToIntFunction<Map<String, ?>> mediaTokens;
  private final JinjaOptions language;

  private RenderOptions(Builder builder) {
    this.tools = builder.tools;
    this.documents = builder.documents;
    this.addGenerationPrompt = builder.addGenerationPrompt;
    this.continuedField = builder.continuedField;
    this.keywordArguments = new LinkedHashMap<>(builder.keywordArguments);
    this.templateName = builder.templateName;
    this.trustedMessages = Set.copyOf(builder.trustedMessages);
    this.guarded = builder.guarded;
    this.mediaTokens = builder.mediaTokens;
    this.language = builder.language.build();
  }

  /** The tools the model may call, as JSON schemas; empty if there are none. */
  public Optional<List<?>> tools() {
    return Optional.ofNullable(tools);
  }

  /** The documents to answer from; empty if there are none. */
  public Optional<List<?>> documents() {
    return Optional.ofNullable(documents);
  }

  /** Whether the prompt ends with what begins an answer of the assistant; default false. */
  public boolean addGenerationPrompt() {
    return addGenerationPrompt;
  }

  /** The field of the last message in whose middle the prompt ends; empty if it ends after it. */
  public Optional<String> continuedField() {
    return Optional.ofNullable(continuedField);
  }

  /** The template's name, where one is asked for; empty for the one that fits. */
  public Optional<String> templateName() {
    return Optional.ofNullable(templateName);
  }

  /** The indices of the messages that the caller trusts; default none. */
  public Set<Integer> trustedMessages() {
    return trustedMessages;
  }

  /** Whether text of the request is kept from becoming added tokens; default true. */
  public boolean guarded() {
    return guarded;
  }

  /** How many tokens a part that is no text adds to the prompt; empty if that is not said. */
  public Optional<ToIntFunction<Map<String, ?>>> mediaTokens() {
    return Optional.ofNullable(mediaTokens);
  }

  /** What {@code strftime_now} reads; default the system's clock in UTC. */
  public Clock clock() {
    return language.clock();
  }

  /** Whether messages of exceptions may quote text of the request; default false. */
  public boolean requestTextInErrors() {
    return language.requestTextInErrors();
  }

  /** The messages, those marked that are trusted. */
  List<?> withTrust(List<?> messages) {
    if (trustedMessages.isEmpty()) {
      return messages;
    }
    List<Object> marked = new ArrayList<>(messages);
    for (int index : trustedMessages) {
      if (index < marked.size()) {
        marked.set(index, JinjaTemplate.trusted(marked.get(index)));
      }
    }
    return marked;
  }

  Map<String, @Nullable Object> keywordArguments() {
    return keywordArguments;
  }

  /** What the language may use, and its clock. */
  JinjaOptions language() {
    return language;
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins at these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.tools = tools;
    builder.documents = documents;
    builder.addGenerationPrompt = addGenerationPrompt;
    builder.continuedField = continuedField;
    builder.keywordArguments.putAll(keywordArguments);
    builder.templateName = templateName;
    builder.trustedMessages.addAll(trustedMessages);
    builder.guarded = guarded;
    builder.mediaTokens = mediaTokens;
    builder.language = language.toBuilder();
    return builder;
  }

  /** Builds {@link RenderOptions}. Not thread-safe. */
  public static final class Builder {
    private @Nullable List<?> tools;
    private @Nullable List<?> documents;
    private boolean addGenerationPrompt;
    private @Nullable String continuedField;
    private final Map<String, @Nullable Object> keywordArguments = new LinkedHashMap<>();
    private @Nullable String templateName;
    private final Set<Integer> trustedMessages = new TreeSet<>();
    private boolean guarded = true;
    private @Nullable ToIntFunction<Map<String, ?>> mediaTokens;
    private JinjaOptions.Builder language = JinjaOptions.builder();

    private Builder() {}

    /**
     * The tools the model may call, as JSON schemas; default none, which a template sees as None.
     * They are copied, and records in them become maps of their components.
     *
     * @throws UnorderedInputException if the order of something in them is another in each JVM, as
     *     of a {@code Map.of} of several entries
     */
    public Builder tools(@Nullable List<?> schemas) {
      this.tools = schemas == null ? null : OrderedValues.items(schemas, "tools");
      return this;
    }

    /**
     * Adds a function to the tools.
     *
     * @param name its name
     * @param description what it does
     * @param parameters the schema of its parameters: a map whose order counts, or a record
     * @throws UnorderedInputException as {@link #tools}
     */
    public Builder tool(String name, String description, Object parameters) {
      List<@Nullable Object> all = new ArrayList<>(tools == null ? List.of() : tools);
      Map<String, Object> function = new LinkedHashMap<>();
      function.put("name", name);
      function.put("description", description);
      function.put("parameters", parameters);
      Map<String, Object> tool = new LinkedHashMap<>();
      tool.put("type", "function");
      tool.put("function", function);
      all.add(tool);
      return tools(all);
    }

    /**
     * The documents to answer from; default none, which a template sees as None. They are taken as
     * {@link #tools} are.
     *
     * @throws UnorderedInputException as {@link #tools}
     */
    public Builder documents(@Nullable List<?> documents) {
      this.documents = documents == null ? null : OrderedValues.items(documents, "documents");
      return this;
    }

    /** Whether the prompt ends with what begins an answer of the assistant; default false. */
    public Builder addGenerationPrompt(boolean add) {
      this.addGenerationPrompt = add;
      return this;
    }

    /**
     * Whether the prompt ends in the middle of the last message, so that the model goes on with it;
     * default false.
     */
    public Builder continueFinalMessage(boolean proceed) {
      return continueFinalMessage(proceed ? "content" : null);
    }

    /** The same for another field of the last message than {@code content}; null for none. */
    public Builder continueFinalMessage(@Nullable String field) {
      this.continuedField = field;
      return this;
    }

    /**
     * Adds a name that the template sees, such as {@code enable_thinking}. The value is taken as
     * {@link #tools} are.
     *
     * @throws UnorderedInputException as {@link #tools}
     */
    public Builder keywordArgument(String name, @Nullable Object value) {
      keywordArguments.put(name, OrderedValues.of(value, name));
      return this;
    }

    /**
     * The name of the template to take; default null: {@code tool_use} if there are tools and a
     * template of that name, else {@code default}.
     */
    public Builder templateName(@Nullable String name) {
      this.templateName = name;
      return this;
    }

    /**
     * Trusts a message as the template itself: added tokens are recognised in all of its fields.
     * For history that the model wrote, with its think marks; never for what a user or a tool
     * wrote. For exactly what the model wrote take {@link GeneratedText}.
     *
     * @param index its index in the messages, from 0
     * @throws IllegalArgumentException if the index is negative
     */
    public Builder trustMessage(int index) {
      if (index < 0) {
        throw new IllegalArgumentException("a negative index: " + index);
      }
      trustedMessages.add(index);
      return this;
    }

    /** Trusts no message: takes all {@link #trustMessage} back. */
    Builder trustNoMessage() {
      trustedMessages.clear();
      return this;
    }

    /**
     * Whether encoding keeps text of the request from becoming added tokens; default true. If
     * false, added tokens are recognised everywhere, as transformers does: a user who types {@code
     * <|im_end|>} ends a turn.
     */
    public Builder guarded(boolean guard) {
      this.guarded = guard;
      return this;
    }

    /**
     * How many tokens a part of a message that is no text (an image, audio, a video, a file) adds
     * to those of the rendered prompt; default null: a conversation with such a part cannot be
     * counted. Where a template writes one placeholder that the worker replaces by n tokens, it is
     * n - 1.
     *
     * @param tokens gets the part as it stands in the message's content, and gives 0 or more
     */
    public Builder mediaTokens(@Nullable ToIntFunction<Map<String, ?>> tokens) {
      this.mediaTokens = tokens;
      return this;
    }

    /** What {@code strftime_now} reads; default the system's clock in UTC. */
    public Builder clock(Clock clock) {
      language.clock(clock);
      return this;
    }

    /**
     * Whether the message of a {@link dev.remora.TemplateException} may quote text of the request,
     * such as a role that the template refuses; default false: messages reach logs, so that of such
     * a quotation only what stands in the template's source is left, and "…" for the rest.
     */
    public Builder requestTextInErrors(boolean quote) {
      language.requestTextInErrors(quote);
      return this;
    }

    /**
     * The steps a rendering may take; default 10,000,000. Each evaluation and each element is one
     * or more, and text counts by its length: a step for each 16 characters that are compared or
     * copied, up to three for each that is looked at or made a value. Large integers count by the
     * square of their size. No step takes more than some tens of bytes, and few take more than 200
     * ns: the default ends a rendering within about two seconds, and in a heap of half a gibibyte.
     */
    public Builder maxSteps(long steps) {
      language.maxSteps(steps);
      return this;
    }

    /**
     * The length of the prompt, and of any text on the way to it, in UTF-16; default 16,777,216.
     */
    public Builder maxCharacters(long characters) {
      language.maxCharacters(characters);
      return this;
    }

    /** The levels of nesting, of macros that call macros and of values; default 500. */
    public Builder maxDepth(int levels) {
      language.maxDepth(levels);
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if a generation prompt is to be added and the last message
     *     to be continued, or a limit is below 1
     */
    public RenderOptions build() {
      if (addGenerationPrompt && continuedField != null) {
        throw new IllegalArgumentException(
            "continueFinalMessage and addGenerationPrompt contradict each other");
      }
      return new RenderOptions(this);
    }
  }
}
