package dev.remora.djl.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.UnknownTokenException;
import dev.remora.bundle.BundleInfo;
import dev.remora.djl.contract.ContractBundle.Golden;
import dev.remora.spi.Engines;
import dev.remora.spi.TokenizerEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
    BundleInfo info = new BundleInfo(bundle.bundle(), "tokenizer.json");
    return Engines.open(bundle.definition(), info, engine.name());
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
      assertEquals(given.golden().skipped(), tokenizer.decode(given.golden().ids(), true));
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
        tokenizer.decode(new int[] {id}, true);
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
      assertThrows(NullPointerException.class, () -> tokenizer.encode(null));
      assertThrows(NullPointerException.class, () -> tokenizer.count(null));
      assertThrows(NullPointerException.class, () -> tokenizer.decode(null));
      assertThrows(NullPointerException.class, () -> tokenizer.idOf(null));
      List<String> texts = new ArrayList<>();
      texts.add(null);
      assertThrows(NullPointerException.class, () -> tokenizer.encodeAll(texts));
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
  @EnumSource
  void countUpTo_anyBound_isTheCountOrOneMoreThanTheBound(ContractBundle bundle) {
    try (Tokenizer tokenizer = open(bundle)) {
      for (String text : ContractBundle.texts().values()) {
        for (EncodeOptions options :
            List.of(EncodeOptions.DEFAULT, EncodeOptions.NO_SPECIAL_TOKENS)) {
          int count = tokenizer.count(text, options);
          for (int bound = 0; bound <= count + 1; bound += 1 + bound / 8) {
            assertEquals(
                Math.min(count, bound + 1), tokenizer.countUpTo(text, options, bound), text);
          }
          assertEquals(count, tokenizer.countUpTo(text, options, Integer.MAX_VALUE));
        }
      }
      assertThrows(IllegalArgumentException.class, () -> tokenizer.countUpTo("a", -1));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // one text is null on purpose
  void encodeAll_overThreads_givesTheIdsInOrder() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Tokenizer tokenizer = open(ContractBundle.BYTE_LEVEL)) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        texts.add("text " + i);
      }
      List<Encoding> expected = tokenizer.encodeAll(texts);
      List<Executor> executors = List.of(threads, Runnable::run, task -> {}, refusing());
      for (Executor executor : executors) {
        List<Encoding> actual = tokenizer.encodeAll(texts, EncodeOptions.DEFAULT, executor);
        for (int i = 0; i < texts.size(); i++) {
          assertArrayEquals(expected.get(i).ids(), actual.get(i).ids());
        }
      }
      assertEquals(List.of(), tokenizer.encodeAll(List.of(), EncodeOptions.DEFAULT, threads));
      texts.set(500, null);
      assertThrows(
          NullPointerException.class,
          () -> tokenizer.encodeAll(texts, EncodeOptions.DEFAULT, threads));
    } finally {
      threads.shutdown();
    }
  }

  private static Executor refusing() {
    return task -> {
      throw new RejectedExecutionException("closed");
    };
  }

  private static void assertIds(Tokenizer tokenizer, Case given) {
    for (int round = 0; round < 20; round++) {
      assertArrayEquals(given.golden().ids(), tokenizer.encode(given.text()).ids());
      assertEquals(given.golden().decoded(), tokenizer.decode(given.golden().ids()));
    }
  }
}
