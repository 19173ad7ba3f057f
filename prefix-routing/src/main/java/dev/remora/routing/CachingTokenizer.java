package dev.remora.routing;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.EncodeOptions.SpecialTokensInText;
import dev.remora.Encoding;
import dev.remora.EncodingSeams;
import dev.remora.EncodingSeams.Seam;
import dev.remora.EngineInfo;
import dev.remora.Prompt;
import dev.remora.RefusedToken;
import dev.remora.TokenDetails;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.SpecialTokens;
import dev.remora.routing.PartCache.Ids;
import dev.remora.routing.PartCache.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer that remembers the ids of the beginnings of texts and prompts: of the next turn of a
 * conversation only the turn is looked at and encoded, and the text before it is compared. Its ids
 * are those of the tokenizer it is over, and so is what was {@linkplain Encoding#refused()
 * refused}.
 *
 * <p>What is known of one text serves every other one that begins with the same characters, up to
 * the last {@linkplain EncodingSeams seam} that both have; a part of a text is known by all its
 * characters, and by a hash only to be found. A part of a prompt is known by what is trusted in it
 * too, by where it is cut, and by the ids that stand in place of text. Seams come from the
 * tokenizer's engine. Where it states none ({@code djl}, or a definition in which nothing can be
 * one), nothing is remembered: {@link #isCaching}.
 *
 * <p>Encoding and counting one text or prompt use what is remembered; {@link #encodeAll} and plain
 * texts do not. Details of an encoding (tokens, offsets) are computed of the whole text when they
 * are asked for.
 *
 * <p>Thread-safe. {@link #close()} closes the tokenizer it is over.
 */
public final class CachingTokenizer implements Tokenizer {
  /** UTF-16 units of a part at least: a shorter one costs more to keep than to encode. */
  private static final int MIN_UNITS = 256;

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
    int[] ids = joined(parts(KeyedText.of(text), known));
    return new Encoding(
        options.addSpecialTokens() ? known.withSpecialTokens(ids) : ids,
        () -> details(tokenizer.encode(text, options)));
  }

  /** Seams are those of a text whose added tokens are recognised. */
  private static boolean isPlain(EncodeOptions options) {
    return options.specialTokensInText() == SpecialTokensInText.PLAIN;
  }

  @Override
  public Encoding encode(Prompt prompt) {
    EncodingSeams known = seams;
    if (known == null) {
      return tokenizer.encode(prompt);
    }
    KeyedText text = KeyedText.of(prompt);
    List<PlacedIds> parts = parts(text, known);
    List<RefusedToken> refused = new ArrayList<>();
    for (PlacedIds part : parts) {
      for (RefusedToken token : part.ids().refused()) {
        refused.add(moved(token, part.start()));
      }
    }
    return new Encoding(joined(parts), refused, () -> details(tokenizer.encode(prompt)));
  }

  private static RefusedToken moved(RefusedToken token, int by) {
    return new RefusedToken(token.start() + by, token.end() + by, token.id());
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

  /**
   * Where a part may end: with a seam, or with a cut, which is a seam of no units.
   *
   * @param end the end of the part: of what the seam needs
   * @param idsEnd the end of the text whose ids are the part's
   * @param next where the text begins that is encoded for the next part
   * @param seamIds how many ids of that are of the part before
   */
  private record Stop(int end, int idsEnd, int next, int seamIds) {
    static Stop cut(int place) {
      return new Stop(place, place, place, 0);
    }
  }

  /** The ids of a part, and where it begins. */
  private record PlacedIds(int start, Ids ids) {}

  /** The ids of a text without special tokens, part by part. */
  private List<PlacedIds> parts(KeyedText text, EncodingSeams known) {
    List<Node> path = cache.follow(text);
    List<PlacedIds> placed = new ArrayList<>(path.size() + 2);
    Stop last = place(path, placed, Stop.cut(0));

    List<Stop> stops = stops(text, last, known);
    List<TextPart> parts = new ArrayList<>(stops.size());
    int from = last.end();
    for (Stop stop : stops) {
      parts.add(text.part(from, stop.end()));
      from = stop.end();
    }
    int followed = path.size();
    cache.extend(text, path, parts);
    int found = path.size() - followed;
    last = place(path.subList(followed, path.size()), placed, last);

    List<Ids> more = new ArrayList<>();
    int encoded = 0;
    for (Stop stop : stops.subList(found, stops.size())) {
      Ids ids = encoded(text, last, stop, stop.end());
      more.add(ids);
      placed.add(new PlacedIds(last.end(), ids));
      encoded += ids.ids().length;
      last = stop;
    }
    Ids rest = encoded(text, last, Stop.cut(text.length()), text.length() + 1);
    cache.use(text, path, parts.subList(found, parts.size()), more, encoded + rest.ids().length);
    placed.add(new PlacedIds(last.end(), rest));
    return placed;
  }

  /** Places known parts, one after the other; gives the end of the last. */
  private static Stop place(List<Node> nodes, List<PlacedIds> placed, Stop before) {
    Stop last = before;
    for (Node node : nodes) {
      placed.add(new PlacedIds(last.end(), node.ids()));
      int end = last.end() + node.part().characters().length();
      last = new Stop(end, end, end - node.ids().seamUnits(), node.ids().seamIds());
    }
    return last;
  }

  /** The ends of parts after one. Which they are depends on what is before them alone. */
  private static List<Stop> stops(KeyedText text, Stop last, EncodingSeams known) {
    List<Stop> stops = new ArrayList<>();
    int from = last.end();
    int start = last.next();
    int at = last.end();
    while (at < text.length()) {
      int end = text.sectionEnd(at);
      for (Seam seam : text.isGiven(at) ? List.<Seam>of() : seams(text, start, end, known)) {
        int partEnd = start + seam.needed();
        if (partEnd - from >= MIN_UNITS && !text.isCut(partEnd)) {
          stops.add(new Stop(partEnd, start + seam.end(), start + seam.start(), seam.ids()));
          from = partEnd;
        }
      }
      if (end - from >= MIN_UNITS && text.isCut(end)) {
        stops.add(Stop.cut(end));
        from = end;
      }
      start = end;
      at = end;
    }
    return stops;
  }

  private static List<Seam> seams(KeyedText text, int from, int to, EncodingSeams known) {
    return text.isGuarded()
        ? known.of(text.prompt(from, to, 0, 0))
        : known.of(text.text().substring(from, to));
  }

  /**
   * The ids from the end of a part, or from the beginning of a text, to another end.
   *
   * @param givenTo before which ids in place of text belong to it
   */
  private Ids encoded(KeyedText text, Stop last, Stop next, int givenTo) {
    int start = last.next();
    Encoding encoding =
        text.isGuarded()
            ? tokenizer.encode(text.prompt(start, next.idsEnd(), last.end(), givenTo))
            : tokenizer.encode(
                text.text().substring(start, next.idsEnd()), EncodeOptions.NO_SPECIAL_TOKENS);
    int[] ids = encoding.ids();
    List<RefusedToken> refused =
        encoding.refused().stream().map(token -> moved(token, start - last.end())).toList();
    return new Ids(
        last.seamIds() == 0 ? ids : Arrays.copyOfRange(ids, last.seamIds(), ids.length),
        refused,
        next.end() - next.next(),
        next.seamIds());
  }

  private static int[] joined(List<PlacedIds> parts) {
    int[] all = new int[size(parts)];
    int at = 0;
    for (PlacedIds part : parts) {
      int[] ids = part.ids().ids();
      System.arraycopy(ids, 0, all, at, ids.length);
      at += ids.length;
    }
    return all;
  }

  private static int size(List<PlacedIds> parts) {
    int count = 0;
    for (PlacedIds part : parts) {
      count = Math.addExact(count, part.ids().ids().length);
    }
    return count;
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
    EncodingSeams known = seams;
    if (known == null || isPlain(options)) {
      return tokenizer.count(text, options);
    }
    int count = size(parts(KeyedText.of(text), known));
    return options.addSpecialTokens()
        ? Math.addExact(count, known.withSpecialTokens(new int[0]).length)
        : count;
  }

  @Override
  public int count(Prompt prompt) {
    EncodingSeams known = seams;
    return known == null ? tokenizer.count(prompt) : size(parts(KeyedText.of(prompt), known));
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
