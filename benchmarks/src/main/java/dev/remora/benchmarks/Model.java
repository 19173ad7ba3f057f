package dev.remora.benchmarks;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.core.json.TokenizerJsonWriter;
import dev.remora.core.regex.KnownRegex;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A vocabulary to measure with: {@code o200k_base} or {@code cl100k_base}, out of JTokkit's jar;
 * {@code qwen3.5-regex}, the first of these behind the regex of Qwen3.5, which has no scanner of
 * its own; or the name of a directory with a tokenizer.json in the directory that the system
 * property {@code tokenizers} names.
 */
public final class Model {
  private static final String QWEN_3_5 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private final String name;
  private final byte[] json;

  private Model(String name, byte[] json) {
    this.name = name;
    this.json = json;
  }

  /** The model of this name. */
  public static Model of(String name) {
    try {
      return switch (name) {
        case "o200k_base", "cl100k_base" -> new Model(name, fromJtokkit(name));
        case "qwen3.5-regex" -> new Model(name, splitBy(QWEN_3_5, fromJtokkit("o200k_base")));
        default -> new Model(name, Files.readAllBytes(file(name)));
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model of a tokenizer.json. */
  static Model of(Path tokenizerJson) {
    try {
      return new Model(tokenizerJson.toString(), Files.readAllBytes(tokenizerJson));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(String name) {
    return Path.of(System.getProperty("tokenizers", "."), name, FileNames.TOKENIZER_JSON);
  }

  private static byte[] fromJtokkit(String name) throws IOException {
    String resource = "/com/knuddels/jtokkit/" + name + ".tiktoken";
    try (InputStream in = Encodings.class.getResourceAsStream(resource)) {
      byte[] ranks = Objects.requireNonNull(in, resource).readAllBytes();
      TokenizerBundle bundle =
          TokenizerBundle.builder(Fingerprint.local()).add(name + ".tiktoken", ranks).build();
      return TokenizerJsonWriter.write(BundleForms.define(bundle));
    }
  }

  /** The tokenizer.json of o200k_base with another regex. */
  private static byte[] splitBy(String regex, byte[] o200k) {
    String json = new String(o200k, StandardCharsets.UTF_8);
    String replaced = escaped(KnownRegex.O200K.expressions().get(0));
    if (!json.contains(replaced)) {
      throw new IllegalStateException("o200k_base has another regex");
    }
    return json.replace(replaced, escaped(regex)).getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String regex) {
    return regex.replace("\\", "\\\\");
  }

  /** JTokkit's own encoding of this vocabulary, where it has one. */
  Optional<Encoding> jtokkit() {
    return EncodingType.fromName(name)
        .map(type -> Encodings.newLazyEncodingRegistry().getEncoding(type));
  }

  String name() {
    return name;
  }

  byte[] json() {
    return json;
  }

  /** The file as a bundle, hashed. */
  TokenizerBundle bundle() {
    return TokenizerBundle.builder(Fingerprint.local()).add(FileNames.TOKENIZER_JSON, json).build();
  }

  /** The tokenizer over the engine of this name: the bundle is hashed, read and built. */
  Tokenizer open(String engine) {
    return open(bundle(), engine);
  }

  /** The tokenizer of a bundle over the engine of this name. */
  static Tokenizer open(TokenizerBundle bundle, String engine) {
    TokenizerDefinition definition = BundleForms.define(bundle);
    BundleInfo info = BundleForms.describe(bundle, definition);
    return Engines.open(definition, info, EngineChoice.named(engine));
  }

  /** Whether the engine of this name is on the class path and takes the model. */
  boolean isServedBy(String engine) {
    TokenizerDefinition definition = BundleForms.define(bundle());
    return Engines.installed().stream()
        .anyMatch(
            installed ->
                installed.name().equals(engine)
                    && installed.consider(definition) instanceof EngineAnswer.Plan);
  }
}
