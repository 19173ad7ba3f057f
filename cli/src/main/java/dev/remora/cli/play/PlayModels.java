package dev.remora.cli.play;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Prompt;
import dev.remora.Tokenizer;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import dev.remora.cli.source.SourceList;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.view.EncodingFacts;
import dev.remora.remote.Tokenizers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tokenizers that a page shows, and what it may ask of them. Thread-safe. */
final class PlayModels implements AutoCloseable {
  private final List<PlayModel> all = new ArrayList<>();

  private record PlayModel(String name, Tokenizer tokenizer) {}

  /** Loads each source. */
  static PlayModels load(SourceList.Opened sources) {
    PlayModels models = new PlayModels();
    try {
      for (SourceList.Named named : sources.all()) {
        Tokenizer tokenizer = Tokenizers.load(named.source(), sources.options());
        models.all.add(new PlayModel(shortName(named, sources.all()), tokenizer));
      }
      return models;
    } catch (RuntimeException e) {
      models.close();
      throw e;
    }
  }

  /** The last part of a directory's path, where no other source has the same. */
  private static String shortName(SourceList.Named named, List<SourceList.Named> all) {
    String name = lastPart(named.name());
    boolean isAlone =
        all.stream().filter(other -> lastPart(other.name()).equals(name)).count() == 1;
    return isAlone && !name.isEmpty() ? name : named.name();
  }

  private static String lastPart(String name) {
    return name.replaceFirst("/+$", "").replaceFirst(".*/", "");
  }

  /** What they are, in order; a request names one by its index. */
  Map<String, Object> facts() {
    return Map.of("models", all.stream().map(PlayModels::facts).toList());
  }

  private static Map<String, Object> facts(PlayModel model) {
    Tokenizer tokenizer = model.tokenizer();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", model.name());
    facts.put("model", tokenizer.bundle().modelIdentifier().orElse(""));
    facts.put("form", tokenizer.bundle().form());
    facts.put("engine", tokenizer.engine().name());
    facts.put("vocabularySize", tokenizer.vocabularySize());
    facts.put("contentDigest", tokenizer.bundle().digest().hex());
    return facts;
  }

  /**
   * What a text or a conversation is encoded to.
   *
   * @throws CommandFailure if the request is none
   */
  Map<String, Object> encode(PlayRequest request) {
    Tokenizer tokenizer = model(request.index("model"));
    if (!request.has("messages")) {
      String text = request.text("text");
      boolean special = request.isSet("specialTokens");
      EncodeOptions options = special ? EncodeOptions.DEFAULT : EncodeOptions.NO_SPECIAL_TOKENS;
      return EncodingFacts.of(text, tokenizer.encode(text, options));
    }
    ChatTemplate template = ChatTemplate.of(tokenizer.bundle());
    Prompt prompt = template.prompt(request.objects("messages"), options(request));
    Encoding encoding = tokenizer.encode(request.isSet("guarded") ? prompt : prompt.allTrusted());
    Map<String, Object> facts = EncodingFacts.of(prompt.text(), encoding);
    facts.put("spans", EncodingFacts.spans(prompt));
    facts.put("refused", EncodingFacts.refused(encoding));
    return facts;
  }

  private Tokenizer model(int index) {
    if (index < 0 || index >= all.size()) {
      throw new CommandFailure("there is no model " + index);
    }
    return all.get(index).tokenizer();
  }

  private static RenderOptions options(PlayRequest request) {
    try {
      RenderOptions.Builder options =
          RenderOptions.builder()
              .addGenerationPrompt(request.isSet("generationPrompt"))
              .requestTextInErrors(true);
      if (request.has("tools")) {
        options.tools(request.objects("tools"));
      }
      if (request.has("kwargs")) {
        request.object("kwargs").forEach(options::keywordArgument);
      }
      return options.build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    all.forEach(model -> model.tokenizer().close());
  }
}
