package dev.remora.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.DecodeOptions;
import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.UnknownTokenException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.FileNames;
import dev.remora.conformance.contract.ContractBundle.Golden;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.core.engine.TokenizerEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine must do. The test of an engine extends this and names the engine. */
public abstract class EngineContract {
  private final TokenizerEngine engine;

  /** The contract of one engine, which must serve every {@link ContractBundle}. */
  protected EngineContract(TokenizerEngine engine) {
    this.engine = engine;
  }

  private Tokenizer open(ContractBundle bundle) {
    BundleInfo info =
        new BundleInfo(
            bundle.bundle(), FileNames.TOKENIZER_JSON, bundle.definition().specialTokens());
    return Engines.open(bundle.definition(), info, EngineChoice.named(engine.name()));
  }

  /** Every text of every bundle. */
  static Stream<Case> cases() {
    return Stream.of(ContractBundle.values())
        .flatMap(
            bundle ->
                ContractBundle.texts().entrySet().stream()
                    .map(
                        text ->
                            new Case(
                                bundle,
                                text.getKey(),
                                text.getValue(),
                                bundle.golden(text.getKey()))));
  }

  /** A text and what the reference gives for it. */
  record Case(ContractBundle bundle, String name, String text, Golden golden) {
    @Override
    public String toString() {
      return bundle + " " + name;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void encode_anyText_givesTheIdsOfTheReference(Case given) {
    try (Tokenizer tokenizer = open(given.bundle())) {
      assertArrayEquals(given.golden().ids(), tokenizer.encode(given.text()).ids());
      EncodeOptions plain = EncodeOptions.NO_SPECIAL_TOKENS;
      assertArrayEquals(given.golden().plainIds(), tokenizer.encode(given.text(), plain).ids());
      assertEquals(given.golden().ids().length, tokenizer.count(given.text()));
      assertEquals(given.golden().plainIds().length, tokenizer.count(given.text(), plain));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void details_anyText_areThoseOfTheReferenceInUtf16(Case given) {
    try (Tokenizer tokenizer = open(given.bundle())) {
      Encoding encoding = tokenizer.encode(given.text());
      assertEquals(given.golden().tokens(), encoding.tokens());
      for (int index = 0; index < encoding.size(); index++) {
        int @Nullable [] span = given.golden().spans().get(index);
        assertEquals(utf16(given.text(), span, 0), encoding.start(index));
        assertEquals(utf16(given.text(), span, 1), encoding.end(index));
        assertEquals(given.golden().special()[index], encoding.isSpecial(index));
      }
    }
  }

  private static int utf16(String text, int @Nullable [] span, int side) {
    return span == null ? 0 : text.offsetByCodePoints(0, span[side]);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decode_idsOfAnyText_givesTheTextOfTheReference(Case given) {
    try (Tokenizer tokenizer = open(given.bundle())) {
      assertEquals(given.golden().decoded(), tokenizer.decode(given.golden().ids()));
      assertEquals(
          given.golden().skipped(),
          tokenizer.decode(given.golden().ids(), DecodeOptions.SKIP_SPECIAL_TOKENS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_noIds_givesNoText(ContractBundle bundle) {
    try (Tokenizer tokenizer = open(bundle)) {
      assertEquals("", tokenizer.decode(new int[0]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_eachIdAlone_endsNormally(ContractBundle bundle) {
    try (Tokenizer tokenizer = open(bundle)) {
      for (int id = 0; id < tokenizer.vocabularySize(); id++) {
        tokenizer.decode(new int[] {id}, DecodeOptions.SKIP_SPECIAL_TOKENS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_unknownIds_isRefused(ContractBundle bundle) {
    try (Tokenizer tokenizer = open(bundle)) {
      for (int id : new int[] {-1, tokenizer.vocabularySize(), 1 << 24, Integer.MAX_VALUE}) {
        assertEquals(
            id,
            assertThrows(UnknownTokenException.class, () -> tokenizer.decode(new int[] {0, id}))
                .id());
      }
    }
  }

  @Test
  void encode_200000Tokens_areAllThere() {
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      assertEquals(200_000, tokenizer.count("7".repeat(200_000), EncodeOptions.NO_SPECIAL_TOKENS));
      Encoding encoding = tokenizer.encode("7".repeat(200_000));
      assertEquals(200_002, encoding.size());
      assertEquals(200_000, encoding.end(200_000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void encode_unpairedSurrogates_areReadAsReplacementCharacters(ContractBundle bundle) {
    try (Tokenizer tokenizer = open(bundle)) {
      String broken = "\uDC00a\uD83D\uD83D\uDE00\0b\uD83D";
      String sound = "\uFFFDa\uFFFD\uD83D\uDE00\0b\uFFFD";
      assertArrayEquals(tokenizer.encode(sound).ids(), tokenizer.encode(broken).ids());
      Encoding encoding = tokenizer.encode(broken);
      assertEquals(tokenizer.encode(sound).tokens(), encoding.tokens());
      assertTrue(encoding.end(encoding.size() - 1) == 0 || encoding.end(encoding.size() - 1) == 8);
    }
  }

  @Test
  void encode_idsChangedByTheCaller_stayInTheEncoding() {
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      Encoding encoding = tokenizer.encode("a");
      int[] before = encoding.ids();
      encoding.ids()[0] = -7;
      assertNotSame(before, encoding.ids());
      assertArrayEquals(before, encoding.ids());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // that nulls are refused is the point
  void nullArguments_areRefused() {
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      assertThrows(NullPointerException.class, () -> tokenizer.encode((String) null));
      assertThrows(NullPointerException.class, () -> tokenizer.count((String) null));
      assertThrows(NullPointerException.class, () -> tokenizer.decode(null));
      assertThrows(NullPointerException.class, () -> tokenizer.idOf(null));
      List<String> texts = new ArrayList<>();
      texts.add(null);
      assertThrows(NullPointerException.class, () -> tokenizer.encodeAll(texts));
      assertThrows(
          NullPointerException.class,
          () -> tokenizer.encodeAll(texts, EncodeOptions.DEFAULT, Runnable::run));
      assertThrows(
          NullPointerException.class, () -> tokenizer.countUpTo(null, EncodeOptions.DEFAULT, 1));
    }
  }

  @Test
  void closed_anyCall_throwsIllegalState() {
    Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL);
    Encoding encoding = tokenizer.encode("a b");
    Encoding asked = tokenizer.encode("a b");
    List<String> tokens = asked.tokens();
    tokenizer.close();
    tokenizer.close();
    assertThrows(IllegalStateException.class, () -> tokenizer.encode("a"));
    assertThrows(IllegalStateException.class, () -> tokenizer.count("a"));
    assertThrows(IllegalStateException.class, () -> tokenizer.decode(new int[] {0}));
    assertThrows(IllegalStateException.class, encoding::tokens);
    assertEquals(tokens, asked.tokens());
    assertEquals(encoding.size(), encoding.ids().length);
  }

  @Test
  void encode_fromEightThreads_givesTheSameIds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      List<Case> cases =
          cases().filter(given -> given.bundle() == ContractBundle.BYTE_LEVEL).toList();
      List<Future<?>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        results.add(threads.submit(() -> cases.forEach(given -> assertIds(tokenizer, given))));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countUpTo_anyBound_isTheCountOrEmpty(Case given) {
    try (Tokenizer tokenizer = open(given.bundle())) {
      int count = given.golden().ids().length;
      for (int bound : new int[] {0, 1, count / 2, count - 1, count, count + 1, 1 << 30}) {
        int checked = Math.max(0, bound);
        OptionalInt expected = count <= checked ? OptionalInt.of(count) : OptionalInt.empty();
        assertEquals(expected, tokenizer.countUpTo(given.text(), EncodeOptions.DEFAULT, checked));
      }
      int plain = given.golden().plainIds().length;
      assertEquals(
          OptionalInt.of(plain),
          tokenizer.countUpTo(given.text(), EncodeOptions.NO_SPECIAL_TOKENS, plain));
    }
  }

  @Test
  void countUpTo_negativeBound_isRefused() {
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> tokenizer.countUpTo("a", EncodeOptions.DEFAULT, -1));
    }
  }

  private static List<String> manyTexts() {
    List<String> texts = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (String text : ContractBundle.texts().values()) {
        texts.add(round + text);
      }
    }
    return texts;
  }

  private static void assertEncodes(Tokenizer tokenizer, Executor executor) {
    List<String> texts = manyTexts();
    EncodeOptions plain = EncodeOptions.NO_SPECIAL_TOKENS;
    List<Encoding> encodings = tokenizer.encodeAll(texts, plain, executor);
    assertEquals(texts.size(), encodings.size());
    for (int index = 0; index < texts.size(); index++) {
      assertArrayEquals(
          tokenizer.encode(texts.get(index), plain).ids(), encodings.get(index).ids());
    }
  }

  @ParameterizedTest
  @EnumSource
  void encodeAll_onFourThreads_keepsTheOrder(ContractBundle bundle) {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Tokenizer tokenizer = open(bundle)) {
      assertEncodes(tokenizer, threads);
      assertEquals(List.of(), tokenizer.encodeAll(List.of(), EncodeOptions.DEFAULT, threads));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void encodeAll_onTheThreadsThatAreBusyWithTheCall_ends() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      one.submit(() -> assertEncodes(tokenizer, one)).get(60, TimeUnit.SECONDS);
    } finally {
      one.shutdown();
    }
  }

  @Test
  void encodeAll_executorThatRefusesDropsOrRunsAtOnce_encodesAll() {
    ExecutorService closed = Executors.newSingleThreadExecutor();
    closed.shutdown();
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      assertEncodes(tokenizer, closed);
      assertEncodes(tokenizer, task -> {});
      assertEncodes(tokenizer, Runnable::run);
    }
  }

  @Test
  void encodeAll_taskBegunAfterTheEnd_doesNothing() {
    List<Runnable> late = new ArrayList<>();
    Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL);
    assertEncodes(tokenizer, late::add);
    tokenizer.close();
    late.forEach(Runnable::run);
  }

  @Test
  void encodeAll_failure_endsWithItsException() {
    Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL);
    EncodeOptions options = EncodeOptions.DEFAULT;
    assertThrows(
        IllegalStateException.class,
        () -> tokenizer.encodeAll(manyTexts(), options, task -> tokenizer.close()));
    assertThrows(
        IllegalStateException.class,
        () -> tokenizer.encodeAll(List.of("a"), options, Runnable::run));
  }

  @Test
  void encodeAll_executorThatFails_endsWithItsException() {
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      UnsupportedOperationException failure = new UnsupportedOperationException();
      assertSame(
          failure,
          assertThrows(
              UnsupportedOperationException.class,
              () ->
                  tokenizer.encodeAll(
                      manyTexts(),
                      EncodeOptions.DEFAULT,
                      task -> {
                        throw failure;
                      })));
    }
  }

  @Test
  void encodeAll_interruptedThread_isCancelledAndStaysInterrupted() {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      Thread.currentThread().interrupt();
      assertThrows(
          CancellationException.class,
          () -> tokenizer.encodeAll(manyTexts(), EncodeOptions.DEFAULT, threads));
      assertTrue(Thread.interrupted());
      assertEncodes(tokenizer, threads);
    } finally {
      threads.shutdown();
    }
  }

  private static void assertIds(Tokenizer tokenizer, Case given) {
    for (int round = 0; round < 20; round++) {
      assertArrayEquals(given.golden().ids(), tokenizer.encode(given.text()).ids());
      assertEquals(given.golden().decoded(), tokenizer.decode(given.golden().ids()));
    }
  }
}
