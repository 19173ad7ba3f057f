package dev.remora.engine;

import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tokenizers of every kind that the own engine serves, made of what the repository has. */
enum TestVocabulary {
  O200K {
    @Override
    TokenizerDefinition definition() {
      return ranks("o200k_base");
    }
  },
  CL100K {
    @Override
    TokenizerDefinition definition() {
      return ranks("cl100k_base");
    }
  },
  /** Kimi's regex over another vocabulary of many Chinese words. */
  KIMI {
    @Override
    TokenizerDefinition definition() {
      return split(ranks("o200k_base"), KnownRegex.KIMI);
    }
  },
  /** Mistral's regex since Nemo. */
  MISTRAL {
    @Override
    TokenizerDefinition definition() {
      return split(ranks("o200k_base"), KnownRegex.MISTRAL);
    }
  },
  /** The regexes of DeepSeek-V3, over another vocabulary. */
  DEEPSEEK {
    @Override
    TokenizerDefinition definition() {
      return split(ranks("o200k_base"), KnownRegex.DEEPSEEK);
    }
  },
  /** Llama-3's regex, NFC, BOS and EOS. */
  LLAMA3 {
    @Override
    TokenizerDefinition definition() {
      return ContractBundle.BYTE_LEVEL.definition();
    }
  },
  QWEN2 {
    @Override
    TokenizerDefinition definition() {
      return split(ContractBundle.BYTE_LEVEL.definition(), KnownRegex.QWEN);
    }
  },
  GPT2 {
    @Override
    TokenizerDefinition definition() {
      return with(
          ContractBundle.BYTE_LEVEL.definition(),
          new PreTokenizer.ByteLevel(new ByteLevelSettings(true, true, true)));
    }
  },
  /** Special tokens in texts are split; DJL can do that where there are no other added tokens. */
  SPLIT_SPECIAL_TOKENS {
    @Override
    TokenizerDefinition definition() {
      TokenizerDefinition whole = ContractBundle.BYTE_LEVEL.definition();
      TokenizerDefinition base =
          whole.withAddedTokens(whole.addedTokens().stream().filter(AddedToken::special).toList());
      return new TokenizerDefinition(
          base.normalizer(),
          base.preTokenizer(),
          base.model(),
          base.postProcessor(),
          base.decoder(),
          base.vocabulary(),
          base.addedTokens(),
          base.specialTokens(),
          true,
          base.cuts());
    }
  },
  /** Prepend and Replace as normalizers. */
  LLAMA2 {
    @Override
    TokenizerDefinition definition() {
      return ContractBundle.BYTE_FALLBACK.definition();
    }
  },
  /** Replace as normalizer, after which a Split at spaces finds none. */
  GEMMA {
    @Override
    TokenizerDefinition definition() {
      StringPattern space = new StringPattern.Literal(" ");
      Decoder decoder =
          new Decoder.Sequence(
              List.of(
                  new Decoder.Replace(new StringPattern.Literal(MARKER), " "),
                  new Decoder.ByteFallback(),
                  new Decoder.Fuse()));
      return with(
          ContractBundle.BYTE_FALLBACK.definition(),
          Optional.of(new Normalizer.Replace(space, MARKER)),
          new PreTokenizer.Split(space, SplitBehavior.MERGED_WITH_PREVIOUS, false),
          Optional.of(decoder));
    }
  },
  METASPACE {
    @Override
    TokenizerDefinition definition() {
      TokenizerDefinition base = ContractBundle.BYTE_FALLBACK.definition();
      return with(
          base,
          Optional.empty(),
          new PreTokenizer.MetaspaceSplit(new Metaspace(MARKER, PrependScheme.FIRST, true, null)),
          base.decoder());
    }
  };

  private static final String MARKER = "\u2581";

  abstract TokenizerDefinition definition();

  /** The definition of a bundle whose tokenizer.json is changed. */
  static TokenizerDefinition changed(ContractBundle bundle, UnaryOperator<String> change) {
    String json = change.apply(new String(bundle.json(), StandardCharsets.UTF_8));
    return define("tokenizer.json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static TokenizerDefinition define(String name, byte[] content) {
    return BundleForms.define(
        TokenizerBundle.builder(Fingerprint.local()).add(name, content).build());
  }

  private static TokenizerDefinition ranks(String encoding) {
    String name = encoding + ".tiktoken";
    String resource = "/com/knuddels/jtokkit/" + name;
    try (InputStream in = TestVocabulary.class.getResourceAsStream(resource)) {
      return define(name, Objects.requireNonNull(in, resource).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same tokenizer with another regex. */
  private static TokenizerDefinition split(TokenizerDefinition base, KnownRegex regex) {
    List<PreTokenizer> parts = new ArrayList<>();
    for (String expression : regex.expressions()) {
      parts.add(
          new PreTokenizer.Split(
              new StringPattern.Regex(expression), SplitBehavior.ISOLATED, false));
    }
    parts.add(new PreTokenizer.ByteLevel(new ByteLevelSettings(false, true, false)));
    return with(base, new PreTokenizer.Sequence(parts));
  }

  private static TokenizerDefinition with(TokenizerDefinition base, PreTokenizer preTokenizer) {
    return with(base, base.normalizer(), preTokenizer, base.decoder());
  }

  private static TokenizerDefinition with(
      TokenizerDefinition base,
      Optional<Normalizer> normalizer,
      PreTokenizer preTokenizer,
      Optional<Decoder> decoder) {
    return new TokenizerDefinition(
        normalizer,
        Optional.of(preTokenizer),
        base.model(),
        base.postProcessor(),
        decoder,
        base.vocabulary(),
        base.addedTokens(),
        base.specialTokens(),
        base.splitsSpecialTokens(),
        base.cuts());
  }
}
