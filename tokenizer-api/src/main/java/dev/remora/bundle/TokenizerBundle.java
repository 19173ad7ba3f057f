package dev.remora.bundle;

import dev.remora.text.Printable;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The verified files of one tokenizer, in memory.
 *
 * <p>It keeps the content of the files that a tokenizer can be built from ({@link #keeps}) and the
 * facts (name, length, SHA-256) of all. Immutable and thread-safe.
 */
public final class TokenizerBundle {
  private final Fingerprint fingerprint;
  private final @Nullable String modelIdentifier;
  private final List<BundleFile> files;
  private final Map<String, byte[]> contents;
  private final ContentDigest digest;

  private TokenizerBundle(Builder builder) {
    this.fingerprint = builder.fingerprint;
    this.modelIdentifier = builder.modelIdentifier;
    this.files = List.copyOf(builder.files.values());
    this.contents = Collections.unmodifiableMap(new TreeMap<>(builder.contents));
    this.digest = ContentDigest.of(files);
  }

  /**
   * Whether the content of a file of this name is kept: the forms of a tokenizer (tokenizer.json,
   * vocab.json and merges.txt, vocab.txt, {@code *.tiktoken}, {@code *.model}), its configs and its
   * chat templates. Of any other file only the facts are.
   */
  public static boolean keeps(String name) {
    return FileNames.isTokenizer(name) || FileNames.isConfig(name);
  }

  /** How the bundle was verified. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** The model's name as the worker gave it; empty where it gave none. */
  public Optional<String> modelIdentifier() {
    return Optional.ofNullable(modelIdentifier);
  }

  /** The facts of every file, in the order of their names. */
  public List<BundleFile> files() {
    return files;
  }

  /** The identity of the files. */
  public ContentDigest digest() {
    return digest;
  }

  /** The content of a file that {@link #keeps} names, as a new array; empty if there is none. */
  public Optional<byte[]> content(String name) {
    return Optional.ofNullable(contents.get(name)).map(byte[]::clone);
  }

  /** Whether it has the content of a file. */
  public boolean hasContent(String name) {
    return contents.containsKey(name);
  }

  /**
   * What a function makes of a file's content, which it gets as it is and not as a copy: it must
   * neither change the array nor keep it. Empty if there is no such content.
   */
  public <T> Optional<T> read(String name, Function<byte[], T> reader) {
    return Optional.ofNullable(contents.get(name)).map(reader);
  }

  /** The model, the number of files and the content digest. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "TokenizerBundle[%s, %d files, %s]",
        modelIdentifier == null ? "no model name" : Printable.of(modelIdentifier, Printable.NAME),
        files.size(),
        digest);
  }

  /** A builder of a bundle that was verified this way. */
  public static Builder builder(Fingerprint fingerprint) {
    return new Builder(fingerprint);
  }

  /** Builds a {@link TokenizerBundle}. Not thread-safe. */
  public static final class Builder {
    private final Fingerprint fingerprint;
    private final Map<String, BundleFile> files = new TreeMap<>();
    private final Map<String, byte[]> contents = new TreeMap<>();
    private @Nullable String modelIdentifier;

    private Builder(Fingerprint fingerprint) {
      this.fingerprint = fingerprint;
    }

    /** The model's name as the worker gave it; default none. */
    public Builder modelIdentifier(@Nullable String identifier) {
      this.modelIdentifier = identifier;
      return this;
    }

    /**
     * Adds a file. The content is not copied, and forgotten unless {@link #keeps} names the file.
     *
     * @throws IllegalArgumentException if a file of this name was added before
     */
    public Builder add(String name, byte[] content) {
      MessageDigest sha256 = ContentDigest.sha256();
      sha256.update(content);
      add(new BundleFile(name, content.length, HexFormat.of().formatHex(sha256.digest())));
      if (keeps(name)) {
        contents.put(name, content);
      }
      return this;
    }

    /**
     * Adds the facts of a file whose content is not kept.
     *
     * @throws IllegalArgumentException if a file of this name was added before
     */
    public Builder add(BundleFile file) {
      if (files.putIfAbsent(file.name(), file) != null) {
        throw new IllegalArgumentException("two files named " + file.name());
      }
      return this;
    }

    /** The bundle. */
    public TokenizerBundle build() {
      return new TokenizerBundle(this);
    }
  }
}
