package dev.remora.remote.registry;

import dev.remora.Tokenizer;
import dev.remora.bundle.ContentDigest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tokenizers that stay until the JVM ends: one for a content. Thread-safe. */
public final class JvmTokenizers {
  private static final ConcurrentMap<ContentDigest, Place> PLACES = new ConcurrentHashMap<>();

  private JvmTokenizers() {}

  /**
   * The tokenizer of a content, which is built where there is none yet. Those that ask for it
   * meanwhile wait; where building fails, the next one tries again.
   */
  public static Tokenizer of(ContentDigest content, Supplier<Tokenizer> build) {
    return PLACES.computeIfAbsent(content, absent -> new Place()).tokenizer(build);
  }

  private static final class Place {
    private @Nullable Tokenizer kept; // guarded by this

    synchronized Tokenizer tokenizer(Supplier<Tokenizer> build) {
      Tokenizer known = kept;
      if (known == null) {
        known = new Kept(build.get());
        kept = known;
      }
      return known;
    }
  }

  /** Nobody who has it can close it. */
  private static final class Kept extends ForwardingTokenizer {
    private final Tokenizer tokenizer;

    Kept(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    @Override
    Tokenizer tokenizer() {
      return tokenizer;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
      return tokenizer.toString();
    }
  }
}
