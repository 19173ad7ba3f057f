package dev.remora.bundle;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stays of a bundle once its tokenizer is built: the facts of all files and the content of the
 * small ones (configs and chat templates), not of the vocabulary and merges.
 *
 * <p>Immutable and thread-safe.
 */
public final class BundleInfo {
  private static final int SMALL = 1 << 20;

  private final Fingerprint fingerprint;
  private final @Nullable String modelIdentifier;
  private final String form;
  private final SpecialTokens specialTokens;
  private final ContentDigest digest;
  private final List<BundleFile> files;
  private final Map<String, byte[]> contents;
  private final List<String> modelNames;

  /**
   * @param bundle the bundle
   * @param form what the tokenizer was built from, such as {@code tokenizer.json}
   * @param specialTokens the special tokens that its files name
   */
  public BundleInfo(TokenizerBundle bundle, String form, SpecialTokens specialTokens) {
    this.fingerprint = bundle.fingerprint();
    this.modelIdentifier = bundle.modelIdentifier().orElse(null);
    this.form = form;
    this.specialTokens = specialTokens;
    this.digest = bundle.digest();
    this.files = bundle.files();
    this.contents = new TreeMap<>();
    for (BundleFile file : files) {
      if (isSmall(file)) {
        bundle.content(file.name()).ifPresent(content -> contents.put(file.name(), content));
      }
    }
    this.modelNames = modelIdentifier().map(List::of).orElse(List.of());
  }

  private BundleInfo(BundleInfo other, @Nullable String modelIdentifier, List<String> names) {
    this.fingerprint = other.fingerprint;
    this.modelIdentifier = modelIdentifier;
    this.form = other.form;
    this.specialTokens = other.specialTokens;
    this.digest = other.digest;
    this.files = other.files;
    this.contents = other.contents;
    this.modelNames = names;
  }

  /**
   * The same bundle of a model that a worker names so: bundles of several models may be equal.
   *
   * @param identifier what the bundle was sent under; null for none
   * @param names what else the worker calls the model
   */
  public BundleInfo ofModel(@Nullable String identifier, List<String> names) {
    Set<String> all = new LinkedHashSet<>();
    if (identifier != null) {
      all.add(identifier);
    }
    all.addAll(names);
    return new BundleInfo(this, identifier, List.copyOf(all));
  }

  private static boolean isSmall(BundleFile file) {
    return file.length() <= SMALL && FileNames.isConfig(file.name());
  }

  /** How the bundle was verified. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** What proves that the files are the worker's. */
  public Proof proof() {
    return Proof.by(fingerprint.check());
  }

  /** The model's name as the worker gave it; empty where it gave none. */
  public Optional<String> modelIdentifier() {
    return Optional.ofNullable(modelIdentifier);
  }

  /**
   * The names that the worker gives its model: what it sent the bundle under, and, where it is
   * asked for {@code GetModelInfo}, what the model is served as and its path. None where it gave
   * none.
   */
  public List<String> modelNames() {
    return modelNames;
  }

  /** What the tokenizer was built from, such as {@code tokenizer.json}. */
  public String form() {
    return form;
  }

  /**
   * The special tokens that the files name, by the one resolution that the tokenizer and the chat
   * template share.
   */
  public SpecialTokens specialTokens() {
    return specialTokens;
  }

  /** The identity of the files. */
  public ContentDigest digest() {
    return digest;
  }

  /** The facts of every file, in the order of their names. */
  public List<BundleFile> files() {
    return files;
  }

  /** The content of a config or chat template of at most 1 MiB, as a new array; else empty. */
  public Optional<byte[]> content(String name) {
    return Optional.ofNullable(contents.get(name)).map(byte[]::clone);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s, %d files, content %s", form, files.size(), digest);
  }
}
