package dev.remora.conformance;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.Encoding;
import dev.remora.EngineException;
import dev.remora.LimitException;
import dev.remora.core.decode.TokenDecoder;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.EngineSession.WholeDecoder;
import dev.remora.core.engine.TokenizerEngine;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.FallbackByte;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Compares an engine, and the decoder that all engines share, with the reference engine on texts
 * made for it: ids, counts, tokens, offsets and what ids decode to. Each text or list of ids is one
 * comparison.
 *
 * <p>Of one thread at a time; closing it closes both engines' sessions.
 */
public final class EngineComparison implements AutoCloseable {
  private static final int MAX_SHOWN = 200; // UTF-16 units of a text in a report
  private static final int CHUNK = 1_000; // code points that are compared in one text
  private static final int REPLACEMENT = 0xFFFD; // of bytes that are not a character

  private final EngineSession reference;
  private final WholeDecoder referenceDecoder;
  private final EngineSession engine;
  private final TokenDecoder decoder;
  private final Vocabulary vocabulary;
  private final List<String> added;
  private final List<String> wide; // tokens without ASCII
  private final Consumer<String> failures;
  private long passed;
  private long failed;
  private long refused;

  /**
   * Opens both engines.
   *
   * @param definition what is encoded by; both must serve it
   * @param engine the engine that is compared
   * @param reference the engine that is right, and has a decoder of its own
   * @param failures receives one line for each comparison that failed
   * @throws EngineException if one of the engines declines the definition
   */
  public EngineComparison(
      TokenizerDefinition definition,
      TokenizerEngine engine,
      TokenizerEngine reference,
      Consumer<String> failures) {
    this.engine = open(engine, definition);
    this.decoder = TokenDecoder.of(definition);
    this.reference = open(reference, definition);
    this.referenceDecoder = this.reference.wholeDecoder().orElseThrow();
    this.vocabulary = definition.vocabulary();
    this.added = definition.addedTokens().stream().map(AddedToken::content).toList();
    this.wide = wide();
    this.failures = failures;
  }

  private static EngineSession open(TokenizerEngine engine, TokenizerDefinition definition) {
    EngineAnswer answer = engine.consider(definition);
    if (answer instanceof EngineAnswer.Declined declined) {
      Map<String, String> reasons = Map.of(engine.name(), declined.reason());
      throw new EngineException("the engine declines this definition", reasons, null);
    }
    return ((EngineAnswer.Plan) answer).open();
  }

  private List<String> wide() {
    return IntStream.range(0, vocabulary.modelIdBound())
        .filter(vocabulary::contains)
        .mapToObj(id -> referenceDecoder.decode(new int[] {id}, false))
        .filter(text -> text.chars().allMatch(unit -> unit >= 0x80 && unit != REPLACEMENT))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** How many comparisons were equal. */
  public long passed() {
    return passed;
  }

  /** How many were not. */
  public long failed() {
    return failed;
  }

  /** How many texts the reference was not given, as they are above its limits. */
  public long refused() {
    return refused;
  }

  /** Compares so many random texts, and for every fourth the text of random ids. */
  public void randomTexts(long seed, int count) {
    RandomTexts texts = new RandomTexts(seed, added, wide);
    SplittableRandom random = new SplittableRandom(seed);
    for (int index = 0; index < count; index++) {
      text(texts.next(), index % 2 == 0, index % 4 == 0);
      if (index % 4 == 0) {
        ids(randomIds(random), index % 8 == 0);
      }
    }
  }

  private int[] randomIds(SplittableRandom random) {
    int[] ids = new int[random.nextInt(16)];
    for (int index = 0; index < ids.length; index++) {
      // Low ids are bytes in most vocabularies: they make text that is no UTF-8.
      int bound = random.nextBoolean() ? vocabulary.modelIdBound() : 300;
      do {
        ids[index] = random.nextInt(Math.min(bound, vocabulary.modelIdBound()));
      } while (!vocabulary.contains(ids[index]));
    }
    return ids;
  }

  /**
   * Compares every code point in eight contexts.
   *
   * @param step beyond U+1FFFF, only every code point that is a multiple of it
   */
  public void everyCodePoint(int step) {
    List<Integer> chunk = new ArrayList<>();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      boolean surrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      if (!surrogate && (codePoint < 0x20000 || codePoint % step == 0)) {
        chunk.add(codePoint);
      }
      if (chunk.size() == CHUNK || codePoint == Character.MAX_CODE_POINT) {
        for (String context :
            new String[] {"%s", "a%sb", "A%s", " %s", "'%s", "1%s2", "%s!", "e%s\u0301"}) {
          StringBuilder text = new StringBuilder();
          chunk.forEach(
              member ->
                  text.append(context.replace("%s", Character.toString(member))).append('\n'));
          text(text.toString(), false, false);
        }
        chunk.clear();
      }
    }
  }

  /** Compares each added token in every position, and beside each other one of the first few. */
  public void addedTokens() {
    for (String token : added) {
      for (String text :
          new String[] {
            "%s",
            "a%s",
            "%sa",
            "a %s b",
            "a  %s  b",
            "\n%s\n",
            "%s%s",
            "é%sé",
            "<%s>",
            "%s %s",
            " %s",
            "%s ",
            "\u3000%s\u00A0x"
          }) {
        text(text.replace("%s", token), true, true);
      }
      text(token.substring(0, token.length() / 2) + token, true, true);
      text(token + token.substring(token.length() / 2), true, true);
      added.stream().limit(8).forEach(other -> text("x" + token + other + token + "y", true, true));
    }
  }

  /**
   * Compares what characters that are cut short or never were any decode to, byte by byte; nothing
   * where the vocabulary lacks a byte.
   */
  public void brokenCharacters() {
    if (IntStream.range(0x80, 0x100).anyMatch(value -> byteId(value) < 0)) {
      return;
    }
    for (int lead = 0xC0; lead <= 0xFF; lead++) {
      for (int second : new int[] {'a', 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC3}) {
        for (int third : new int[] {'a', 0x80, 0xE3}) {
          ids(new int[] {byteId(lead), byteId(second), byteId(third), byteId(0x80)}, false);
        }
      }
    }
  }

  private int byteId(int value) {
    byte[] spelled = ByteAlphabet.tokenOf(value);
    byte[] named = FallbackByte.tokenOf(value);
    int id = vocabulary.modelIdOf(named, 0, named.length);
    return id >= 0 ? id : vocabulary.modelIdOf(spelled, 0, spelled.length);
  }

  /** Compares texts of so many characters: one letter, spaces, Chinese, and random ones. */
  public void largeTexts(int length) {
    for (String unit : new String[] {"a", " ", "\n", "中", "ab", "!", "7", "\u0301", "é "}) {
      text(unit.repeat(length / unit.length()), false, false);
    }
    RandomTexts texts = new RandomTexts(length, added, wide);
    StringBuilder mixed = new StringBuilder();
    while (mixed.length() < length) {
      mixed.append(texts.next()).append(' ');
    }
    text(mixed.toString(), true, false);
  }

  /** Compares one text: ids and count, what the ids decode to, and details if they are wanted. */
  public void text(String text, boolean addSpecialTokens, boolean details) {
    int[] actual = engine.encode(text, addSpecialTokens);
    int[] expected;
    try {
      expected = reference.encode(text, addSpecialTokens);
    } catch (LimitException e) {
      refused++; // the reference's regex would take too long
      return;
    }
    String difference = "";
    if (!Arrays.equals(expected, actual)) {
      int at = Arrays.mismatch(expected, actual);
      difference =
          String.format(
              Locale.ROOT,
              "ids differ at %d: %s, not %s",
              at,
              around(actual, at),
              around(expected, at));
    } else if (engine.count(text, addSpecialTokens) != expected.length) {
      difference = "count differs";
    } else if (details) {
      difference = differenceOfDetails(text, addSpecialTokens, expected);
    }
    note(difference, "text", text);
    if (difference.isEmpty() && details) {
      ids(expected, addSpecialTokens);
    }
  }

  private static String around(int[] ids, int at) {
    return Arrays.toString(
        Arrays.copyOfRange(ids, Math.min(at, ids.length), Math.min(at + 5, ids.length)));
  }

  private String differenceOfDetails(String text, boolean addSpecialTokens, int[] ids) {
    Encoding expected = new Encoding(ids, () -> reference.details(text, addSpecialTokens));
    Encoding actual = new Encoding(ids, () -> engine.details(text, addSpecialTokens));
    if (!expected.tokens().equals(actual.tokens())) {
      return String.format(
          Locale.ROOT, "tokens are %s, not %s", actual.tokens(), expected.tokens());
    }
    for (int index = 0; index < ids.length; index++) {
      if (expected.start(index) != actual.start(index)
          || expected.end(index) != actual.end(index)
          || expected.isSpecial(index) != actual.isSpecial(index)) {
        return String.format(
            Locale.ROOT,
            "token %d is at %d to %d, not %d to %d",
            index,
            actual.start(index),
            actual.end(index),
            expected.start(index),
            expected.end(index));
      }
    }
    return "";
  }

  /** Compares what some ids decode to, at once and, where there is one, as a stream. */
  public void ids(int[] ids, boolean skipSpecialTokens) {
    String expected = referenceDecoder.decode(ids, skipSpecialTokens);
    DecodeOptions options =
        skipSpecialTokens ? DecodeOptions.SKIP_SPECIAL_TOKENS : DecodeOptions.DEFAULT;
    boolean needsAll = decoder.reasonItNeedsAllTokens().isPresent();
    String actual =
        needsAll
            ? engine.wholeDecoder().orElseThrow().decode(ids, skipSpecialTokens)
            : decoder.decode(ids, options);
    String streamed = needsAll ? actual : streamed(ids, options);
    String difference = "";
    if (!expected.equals(actual)) {
      difference =
          String.format(Locale.ROOT, "decodes to %s, not %s", escaped(actual), escaped(expected));
    } else if (!expected.equals(streamed)) {
      difference =
          String.format(Locale.ROOT, "streams to %s, not %s", escaped(streamed), escaped(expected));
    }
    note(difference, "ids", Arrays.toString(ids));
  }

  private String streamed(int[] ids, DecodeOptions options) {
    DecodeStream stream = decoder.open(options);
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      stream.push(id, text);
    }
    stream.finish(text);
    return text.toString();
  }

  private void note(String difference, String kind, String given) {
    if (difference.isEmpty()) {
      passed++;
    } else {
      failed++;
      failures.accept(String.format(Locale.ROOT, "%s %s: %s", kind, escaped(given), difference));
    }
  }

  private static String escaped(String text) {
    return '"' + ShownText.of(text, MAX_SHOWN) + '"';
  }

  @Override
  public void close() {
    engine.close();
    reference.close();
  }
}
