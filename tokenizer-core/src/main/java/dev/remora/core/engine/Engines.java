package dev.remora.core.engine;

import dev.remora.EngineException;
import dev.remora.EngineInfo;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.core.decode.TokenDecoder;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.AddedToken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The engines on the class path: which one serves a definition, and the tokenizer over it.
 * Thread-safe.
 */
public final class Engines {
  private Engines() {}

  /**
   * Opens the definition with the engine of highest priority that serves it, or with the one named.
   *
   * @param definition the tokenizer as data
   * @param bundle what it came from
   * @param choice which engine to take
   * @param guard ends it early
   * @throws EngineException if no engine serves the definition, or the one named does not; it says
   *     why each declined
   */
  public static Tokenizer open(
      TokenizerDefinition definition, BundleInfo bundle, EngineChoice choice, BuildGuard guard) {
    Map<String, String> declined = new LinkedHashMap<>();
    for (TokenizerEngine candidate : installed()) {
      if (choice.name().filter(name -> !name.equals(candidate.name())).isPresent()) {
        continue;
      }
      guard.check();
      EngineAnswer answer = consider(candidate, definition, choice);
      if (answer instanceof EngineAnswer.Plan plan) {
        EngineInfo info = new EngineInfo(candidate.name(), declined, choice.reference());
        TokenDecoder decoder =
            TokenDecoder.of(definition, contents(candidate, definition, choice, guard));
        return new EngineTokenizer(plan.open(guard), definition, bundle, info, decoder);
      }
      if (answer instanceof EngineAnswer.Declined no) {
        declined.put(candidate.name(), no.reason());
      }
    }
    throw new EngineException(problem(choice.name().orElse(null), declined), declined, null);
  }

  /** The same, whatever time it takes. */
  public static Tokenizer open(
      TokenizerDefinition definition, BundleInfo bundle, EngineChoice choice) {
    return open(definition, bundle, choice, BuildGuard.NONE);
  }

  /**
   * A tokenizer that was opened here, with another description of its bundle; it takes the place of
   * the one that is given.
   */
  public static Tokenizer describedBy(BundleInfo info, Tokenizer tokenizer) {
    return ((EngineTokenizer) tokenizer).describedBy(info);
  }

  private static EngineAnswer consider(
      TokenizerEngine engine, TokenizerDefinition definition, EngineChoice choice) {
    EngineAnswer answer = answer(engine, definition, choice);
    if (answer instanceof EngineAnswer.Declined
        || NormalizedContents.wanted(definition, choice.reference()).isEmpty()) {
      return answer;
    }
    if (TokenDecoder.of(definition).reasonItNeedsAllTokens().isPresent()) {
      return new EngineAnswer.Declined(
          "a decoder that needs all tokens decodes them as version 0.21 does");
    }
    EngineAnswer ofNormalizer = answer(engine, NormalizedContents.normalizerOf(definition), choice);
    return ofNormalizer instanceof EngineAnswer.Declined ? ofNormalizer : answer;
  }

  private static EngineAnswer answer(
      TokenizerEngine engine, TokenizerDefinition definition, EngineChoice choice) {
    return choice.isTrusted() ? engine.considerTrusted(definition) : engine.consider(definition);
  }

  /** What added tokens decode to by the reference that is chosen, where that is not their text. */
  private static Map<Integer, String> contents(
      TokenizerEngine engine,
      TokenizerDefinition definition,
      EngineChoice choice,
      BuildGuard guard) {
    List<AddedToken> tokens = NormalizedContents.wanted(definition, choice.reference());
    if (tokens.isEmpty()
        || !(answer(engine, NormalizedContents.normalizerOf(definition), choice)
            instanceof EngineAnswer.Plan plan)) {
      return Map.of();
    }
    EngineSession normalizer = plan.open(guard);
    try {
      return NormalizedContents.of(tokens, normalizer, guard);
    } finally {
      normalizer.close();
    }
  }

  private static String problem(@Nullable String engine, Map<String, String> declined) {
    if (!declined.isEmpty()) {
      return engine == null ? "no engine takes this bundle" : "the engine declines this bundle";
    }
    List<String> names = installed().stream().map(TokenizerEngine::name).toList();
    return engine == null
        ? "no engine on the class path; add remora-djl-backend or remora-java-backend"
        : "no engine named " + engine + " on the class path (there: " + names + ")";
  }

  /** The engines on the class path of this class, the one of highest priority first. */
  public static List<TokenizerEngine> installed() {
    // Not the thread's context class loader: in a container that is often not the one that sees us.
    List<TokenizerEngine> engines = new ArrayList<>();
    ServiceLoader.load(TokenizerEngine.class, Engines.class.getClassLoader()).forEach(engines::add);
    engines.sort(Comparator.comparingInt(TokenizerEngine::priority).reversed());
    return List.copyOf(engines);
  }
}
