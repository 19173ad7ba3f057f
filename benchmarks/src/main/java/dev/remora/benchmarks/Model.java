package dev.remora.benchmarks;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.BundleForms;
import dev.remora.spi.TokenizerDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A vocabulary to measure with: {@code o200k_base} or {@code cl100k_base}, out of JTokkit's jar, or
 * the name of a folder with a tokenizer.json in the folder that the system property {@code
 * tokenizers} names.
 */
public final class Model {
  private static final String LLAMA3_PATTERN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String SUFFIX = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|";
  private static final String O200K_PATTERN =
      "[^\\r\\n\\p{L}\\p{N}]?"
          + UPPER
          + "*"
          + LOWER
          + "+"
          + SUFFIX
          + "[^\\r\\n\\p{L}\\p{N}]?"
          + UPPER
          + "+"
          + LOWER
          + "*"
          + SUFFIX
          + "\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

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
        case "o200k_base" -> new Model(name, fromJtokkit(name, O200K_PATTERN));
        case "cl100k_base" -> new Model(name, fromJtokkit(name, LLAMA3_PATTERN));
        default -> new Model(name, Files.readAllBytes(file(name)));
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(String name) {
    return Path.of(System.getProperty("tokenizers", "."), name, "tokenizer.json");
  }

  private static byte[] fromJtokkit(String name, String pattern) throws IOException {
    String resource = "/com/knuddels/jtokkit/" + name + ".tiktoken";
    try (InputStream in = Encodings.class.getResourceAsStream(resource)) {
      byte[] ranks = Objects.requireNonNull(in, resource).readAllBytes();
      return TiktokenRanks.read(ranks).tokenizerJson(pattern);
    }
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

  TokenizerBundle bundle() {
    return TokenizerBundle.builder(Fingerprint.local()).add("tokenizer.json", json).build();
  }

  TokenizerDefinition definition() {
    return BundleForms.define(bundle());
  }

  BundleInfo info() {
    return new BundleInfo(bundle(), "tokenizer.json");
  }
}
