package dev.remora.routing;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.EncodeOptions.SpecialTokensInText;
import dev.remora.Encoding;
import dev.remora.EncodingSeams;
import dev.remora.EncodingSeams.Seam;
import dev.remora.EngineInfo;
import dev.remora.Prompt;
import dev.remora.TokenDetails;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.SpecialTokens;
import dev.remora.routing.PartCache.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer that remembers the ids of the beginnings of texts: of the next turn of a conversation
 * only the turn is encoded, while the whole text is still looked through for seams and hashed. Its
 * ids are those of the tokenizer it is over.
 *
 * <p>What is known of one text serves every other one that begins with the same characters, up to
 * the last {@linkplain EncodingSeams seam} that both have; a part of a text is known by all its
 * characters, and by a hash only to be found. Seams come from the tokenizer's engine. Where it
 * states none ({@code djl}, or a definition without an added token that can be one), nothing is
 * remembered: {@link #isCaching}.
 *
 * <p>Encoding and counting one text use what is remembered; {@link #encodeAll} does not. Details of
 * an encoding (tokens, offsets) are computed of the whole text when they are asked for.
 *
 * <p>Thread-safe. {@link #close()} closes the tokenizer it is over.
 */
public final class CachingTokenizer implements Tokenizer {
  /** UTF-16 units of a part at least: a shorter one costs more to keep than to encode. */
  private static final int MIN_UNITS = 256;

  /** Finds parts; the seed is drawn by lot, so that nobody can make texts that are in the way. */
  private static final Hasher64 HASHER = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

  private final Tokenizer tokenizer;
  private final @Nullable EncodingSeams seams;
  private final PartCache cache;

  private CachingTokenizer(Tokenizer tokenizer, long maxBytes) {
    this.tokenizer = tokenizer;
    this.seams = tokenizer.seams().orElse(null);
    this.cache = new PartCache(maxBytes);
  }

  /**
   * What was remembered, and what that saved.
   *
   * @param texts the texts that were encoded or counted
   * @param hits those of which the beginning was known
   * @param idsReused the ids that were known
   * @param idsEncoded the ids that had to be encoded
   * @param parts the parts that are remembered
   * @param bytes the memory that they take, by estimate
   * @param maxBytes its bound
   */
  public record Statistics(
      long texts,
      long hits,
      long idsReused,
      long idsEncoded,
      int parts,
      long bytes,
      long maxBytes) {}

  /**
   * A tokenizer over another one.
   *
   * @param tokenizer computes the ids; closed with this one
   * @param maxBytes how much may be remembered, in bytes of heap; what was not used for longest is
   *     forgotten first
   * @throws IllegalArgumentException if the bound is not positive
   */
  public static CachingTokenizer of(Tokenizer tokenizer, long maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("the bound must be positive, not " + maxBytes);
    }
    return new CachingTokenizer(tokenizer, maxBytes);
  }

  /** Whether anything is ever remembered: whether the tokenizer's engine states seams. */
  public boolean isCaching() {
    return seams != null;
  }

  /** What was remembered so far. */
  public Statistics statistics() {
    return cache.statistics();
  }

  @Override
  public Encoding encode(String text, EncodeOptions options) {
    Objects.requireNonNull(text, "text");
    EncodingSeams known = seams;
    if (known == null || isPlain(options)) {
      return tokenizer.encode(text, options);
    }
    int[] ids = ids(text, known.of(text));
    return new Encoding(
        options.addSpecialTokens() ? known.withSpecialTokens(ids) : ids,
        () -> details(tokenizer.encode(text, options)));
  }

  private static TokenDetails details(Encoding encoding) {
    int[] offsets = new int[2 * encoding.size()];
    boolean[] special = new boolean[encoding.size()];
    for (int index = 0; index < special.length; index++) {
      offsets[2 * index] = encoding.start(index);
      offsets[2 * index + 1] = encoding.end(index);
      special[index] = encoding.isSpecial(index);
    }
    return new TokenDetails(encoding.tokens(), offsets, special);
  }

  /** The ids of a text without special tokens. */
  private int[] ids(String text, List<Seam> all) {
    List<Seam> taken = taken(all);
    List<Part> parts = new ArrayList<>(taken.size());
    int from = 0;
    for (Seam seam : taken) {
      String characters = text.substring(from, seam.end());
      parts.add(new Part(characters, HASHER.hashCharsToLong(characters)));
      from = seam.end();
    }
    List<int[]> ids = cache.find(parts);
    int reused = ids.size();
    for (int index = reused; index < taken.size(); index++) {
      ids.add(between(text, index == 0 ? null : taken.get(index - 1), taken.get(index).end()));
    }
    if (reused < parts.size()) {
      cache.add(parts, ids);
    }
    ids.add(between(text, taken.isEmpty() ? null : taken.get(taken.size() - 1), text.length()));
    return joined(ids, reused);
  }

  /** The seams that end a part. Which they are depends on what is before them alone. */
  private static List<Seam> taken(List<Seam> all) {
    List<Seam> taken = new ArrayList<>();
    int from = 0;
    for (Seam seam : all) {
      if (seam.end() - from >= MIN_UNITS) {
        taken.add(seam);
        from = seam.end();
      }
    }
    return taken;
  }

  /** The ids from the end of a seam, or from the beginning of a text, to an end. */
  private int[] between(String text, @Nullable Seam after, int end) {
    if (after == null) {
      return encoded(text.substring(0, end));
    }
    int[] ids = encoded(text.substring(after.start(), end));
    return Arrays.copyOfRange(ids, after.ids(), ids.length);
  }

  private int[] encoded(String part) {
    return tokenizer.encode(part, EncodeOptions.NO_SPECIAL_TOKENS).ids();
  }

  private int[] joined(List<int[]> parts, int reused) {
    int count = 0;
    int reusedIds = 0;
    for (int index = 0; index < parts.size(); index++) {
      count = Math.addExact(count, parts.get(index).length);
      reusedIds = index + 1 == reused ? count : reusedIds;
    }
    int[] all = new int[count];
    int at = 0;
    for (int[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    cache.count(reusedIds, count - reusedIds);
    return all;
  }

  /** Seams are those of a text whose added tokens are recognised; what is guarded is not kept. */
  private static boolean isPlain(EncodeOptions options) {
    return options.specialTokensInText() == SpecialTokensInText.PLAIN;
  }

  @Override
  public Encoding encode(Prompt prompt) {
    return tokenizer.encode(prompt);
  }

  @Override
  public int count(Prompt prompt) {
    return tokenizer.count(prompt);
  }

  @Override
  public List<Encoding> encodeAll(List<String> texts, EncodeOptions options) {
    return tokenizer.encodeAll(texts, options);
  }

  @Override
  public List<Encoding> encodeAll(List<String> texts, EncodeOptions options, Executor executor) {
    return tokenizer.encodeAll(texts, options, executor);
  }

  @Override
  public int count(String text, EncodeOptions options) {
    return seams == null || isPlain(options)
        ? tokenizer.count(text, options)
        : encode(text, options).size();
  }

  @Override
  public OptionalInt countUpTo(String text, EncodeOptions options, int bound) {
    if (seams == null || bound < 0) {
      return tokenizer.countUpTo(text, options, bound);
    }
    int count = count(text, options);
    return count <= bound ? OptionalInt.of(count) : OptionalInt.empty();
  }

  @Override
  public String decode(int[] ids, DecodeOptions options) {
    return tokenizer.decode(ids, options);
  }

  @Override
  public DecodeStream decodeStream(DecodeOptions options) {
    return tokenizer.decodeStream(options);
  }

  @Override
  public OptionalInt idOf(String token) {
    return tokenizer.idOf(token);
  }

  @Override
  public Optional<String> tokenOf(int id) {
    return tokenizer.tokenOf(id);
  }

  @Override
  public int vocabularySize() {
    return tokenizer.vocabularySize();
  }

  @Override
  public int idBound() {
    return tokenizer.idBound();
  }

  @Override
  public SpecialTokens specialTokens() {
    return tokenizer.specialTokens();
  }

  @Override
  public BundleInfo bundle() {
    return tokenizer.bundle();
  }

  @Override
  public Optional<EncodingSeams> seams() {
    return Optional.ofNullable(seams);
  }

  @Override
  public EngineInfo engine() {
    return tokenizer.engine();
  }

  @Override
  public void close() {
    tokenizer.close();
    cache.clear();
  }

  @Override
  public String toString() {
    return "CachingTokenizer[" + tokenizer + ", " + statistics() + "]";
  }
}
