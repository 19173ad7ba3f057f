package dev.remora.remote;

import dev.remora.FingerprintException;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.remote.registry.JvmTokenizers;
import dev.remora.remote.stream.CallFailure;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer that travels: serializable, so that a job can carry it to the JVMs that it runs in,
 * and with nothing to close.
 *
 * <p>It names one content, by digest, and carries its files or how to get them. In each JVM there
 * is one tokenizer for a content, however many handles there are; it is made when {@link
 * #tokenizer()} is first called there, and stays until the JVM ends. So the results of all JVMs are
 * those of the same files (rule H1). It is loaded with {@link LoadOptions#DEFAULT}.
 *
 * <p>Immutable and thread-safe. Handles of one content are equal.
 */
public final class TokenizerHandle implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ContentDigest content;
  private final BundleSource source;
  private volatile @Nullable Tokenizer tokenizer;

  private TokenizerHandle(ContentDigest content, BundleSource source) {
    this.content = Objects.requireNonNull(content, "content");
    this.source = Objects.requireNonNull(source, "source");
  }

  /** Gets the files of a bundle, in whichever JVM. */
  @FunctionalInterface
  public interface BundleSource extends Serializable {
    /**
     * The bundle.
     *
     * @throws Exception if it cannot be got
     */
    TokenizerBundle load() throws Exception;
  }

  /** A handle that carries the files that a tokenizer can need. */
  public static TokenizerHandle of(TokenizerBundle bundle) {
    return new TokenizerHandle(bundle.digest(), new Carried(bundle));
  }

  /**
   * A handle that carries no files: each JVM gets them for itself, and refuses others.
   *
   * @param content the content that the files must have, such as {@link TokenizerBundle#digest()}
   * @param source gets them, where the JVM has no tokenizer of this content yet
   */
  public static TokenizerHandle of(ContentDigest content, BundleSource source) {
    return new TokenizerHandle(content, source);
  }

  /** The content of its files. */
  public ContentDigest content() {
    return content;
  }

  /**
   * The tokenizer of this JVM. Closing it does nothing.
   *
   * @throws FingerprintException with rule H1 if the source has another content
   * @throws TokenizerException if the source fails, or its bundle is no tokenizer
   */
  public Tokenizer tokenizer() {
    Tokenizer known = tokenizer;
    if (known == null) {
      known = JvmTokenizers.of(content, () -> Tokenizers.fromBundle(bundle()));
      tokenizer = known;
    }
    return known;
  }

  /**
   * The files, those of the source where the handle carries none.
   *
   * @throws TokenizerException as {@link #tokenizer()}
   */
  public TokenizerBundle bundle() {
    TokenizerBundle bundle;
    try {
      bundle = source.load();
    } catch (TokenizerException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw CallFailure.unexpected("the source of a handle", e);
    }
    if (!bundle.digest().equals(content)) {
      throw new FingerprintException(Rule.H1, content.hex(), bundle.digest().hex());
    }
    return bundle;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenizerHandle that && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return content.hashCode();
  }

  /** The content. */
  @Override
  public String toString() {
    return "TokenizerHandle[" + content + "]";
  }

  private Object writeReplace() {
    return new Form(content.hex(), source);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a handle is written as its form");
  }

  /** What is written of a handle. */
  private record Form(String content, BundleSource source) implements Serializable {
    private Object readResolve() {
      return new TokenizerHandle(ContentDigest.ofHex(content), source);
    }
  }

  /** The files themselves, and the facts of those that are not kept, which the digest counts. */
  private static final class Carried implements BundleSource {
    private static final long serialVersionUID = 1L;

    private final @Nullable String modelIdentifier;
    private final TreeMap<String, byte[]> contents = new TreeMap<>();
    private final List<Fact> others;
    private transient @Nullable TokenizerBundle bundle;

    /** A file that is not kept. */
    private record Fact(String name, long length, String sha256) implements Serializable {}

    Carried(TokenizerBundle bundle) {
      this.bundle = bundle;
      this.modelIdentifier = bundle.modelIdentifier().orElse(null);
      for (BundleFile file : bundle.files()) {
        bundle.content(file.name()).ifPresent(content -> contents.put(file.name(), content));
      }
      this.others =
          bundle.files().stream()
              .filter(file -> !contents.containsKey(file.name()))
              .map(file -> new Fact(file.name(), file.length(), file.sha256()))
              .toList();
    }

    @Override
    public TokenizerBundle load() {
      TokenizerBundle known = bundle;
      if (known != null) {
        return known;
      }
      // Its digest is compared: as good as files of a cache.
      TokenizerBundle.Builder builder =
          TokenizerBundle.builder(Fingerprint.cached(Optional.empty()))
              .modelIdentifier(modelIdentifier);
      for (Map.Entry<String, byte[]> file : contents.entrySet()) {
        builder.add(file.getKey(), file.getValue());
      }
      for (Fact other : others) {
        builder.add(new BundleFile(other.name(), other.length(), other.sha256()));
      }
      return builder.build();
    }
  }
}
