package dev.remora.engine.bpe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.guard.BuildGuard;
import dev.remora.engine.JavaEngine;
import dev.remora.engine.Reference;
import dev.remora.engine.TestDefinitions;
import dev.remora.engine.word.ByteTokens;
import dev.remora.engine.word.TokenBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of merges of every kind, in every order, give DJL's ids. */
final class MergeListTest {
  private static final int LISTS = 400;
  private static final int TEXTS = 60;

  /** How the merges of a vocabulary are put in order. */
  private enum Order {
    /** As converters of rank files do: by token, each with all its cuts. */
    BY_TOKEN {
      @Override
      List<String> merges(List<String> tokens, Random random) {
        return tokens.stream().flatMap(token -> cuts(token, tokens).stream()).toList();
      }
    },
    /** As training does: one for each token, its parts before it. */
    TRAINED {
      @Override
      List<String> merges(List<String> tokens, Random random) {
        List<String> known = new ArrayList<>(List.of("a", "b", "c"));
        List<String> merges = new ArrayList<>();
        for (String token : tokens) {
          List<String> cuts = cuts(token, known);
          if (!cuts.isEmpty()) {
            merges.add(cuts.get(random.nextInt(cuts.size())));
            known.add(token);
          }
        }
        return merges;
      }
    },
    RANDOM {
      @Override
      List<String> merges(List<String> tokens, Random random) {
        List<String> merges = new ArrayList<>(BY_TOKEN.merges(tokens, random));
        Collections.shuffle(merges, random);
        return merges.subList(0, random.nextInt(merges.size() + 1));
      }
    },
    WITH_PAIRS_TWICE {
      @Override
      List<String> merges(List<String> tokens, Random random) {
        List<String> merges = new ArrayList<>(BY_TOKEN.merges(tokens, random));
        for (int more = random.nextInt(4); more > 0 && !merges.isEmpty(); more--) {
          merges.add(random.nextInt(merges.size()), merges.get(random.nextInt(merges.size())));
        }
        return merges;
      }
    };

    abstract List<String> merges(List<String> tokens, Random random);

    private static List<String> cuts(String token, List<String> tokens) {
      return IntStream.range(1, token.length())
          .filter(cut -> isKnown(token.substring(0, cut), tokens))
          .filter(cut -> isKnown(token.substring(cut), tokens))
          .mapToObj(cut -> token.substring(0, cut) + " " + token.substring(cut))
          .toList();
    }

    private static boolean isKnown(String token, List<String> tokens) {
      return token.length() == 1 || tokens.contains(token);
    }
  }

  @ParameterizedTest
  @EnumSource
  void encode_randomMerges_isTheReferences(Order order) {
    Random random = new Random(20261124);
    int known = 0;
    for (int list = 0; list < LISTS; list++) {
      List<String> tokens = tokens(random);
      List<String> merges = order.merges(tokens, random);
      String json = json(tokens, merges);
      TokenizerDefinition definition = TestDefinitions.of(json);
      known += areKnown(definition) ? 1 : 0;
      try (EngineSession session = open(definition);
          Reference reference = Reference.of(json)) {
        for (int index = 0; index < TEXTS; index++) {
          String text = word(random, 60);
          assertArrayEquals(
              reference.encode(text, false), session.encode(text, false), text + " by " + merges);
        }
      }
    }
    if (order == Order.TRAINED) {
      assertEquals(LISTS, known, "lists of which each merge can be applied");
    }
    assertTrue(known > LISTS / 10, known + " lists of which it is known what can be applied");
  }

  @Test
  void encode_mergesOfWhatIsMadeLater_isTheReferences() {
    List<String> tokens = List.of("ab", "abc");
    String json = json(tokens, List.of("ab c", "a b"));
    assertEquals(true, areKnown(TestDefinitions.of(json)));
    assertEncoded(json, "abc");
  }

  /** More than there is room for come before the merges that make their parts. */
  @Test
  void encode_mergesFromTheLongestOn_isTheReferences() {
    List<String> tokens =
        IntStream.range(4, 1 << 8) // from the second bit on: all words of two to seven letters
            .mapToObj(bits -> Integer.toBinaryString(bits).substring(1))
            .map(word -> word.replace('0', 'a').replace('1', 'b'))
            .toList();
    List<String> merges = new ArrayList<>(Order.BY_TOKEN.merges(tokens, new Random(1)));
    merges.sort((one, other) -> other.length() - one.length());
    String json = json(tokens, merges);
    assertEquals(false, areKnown(TestDefinitions.of(json)));
    assertEncoded(json, word(new Random(2), 60));
    assertEncoded(json, "abbabaabbaababbab".repeat(5));
  }

  @Test
  void encode_mergesOfBytesOfCharacters_isTheReferences() {
    String json =
        new String(ContractBundle.BYTE_FALLBACK.json(), StandardCharsets.UTF_8)
            .replace("\"<0xE2>\":", "\"<0xF0><0x9F>\":100000,\"<0xE2>\":")
            .replace("\"merges\":[", "\"merges\":[" + merge("<0xF0> <0x9F>") + ",");
    assertEquals(false, areKnown(TestDefinitions.of(json)));
    assertEncoded(json, "a\uD83E\uDDFFb");
  }

  private static void assertEncoded(String json, String text) {
    try (EngineSession session = open(TestDefinitions.of(json));
        Reference reference = Reference.of(json)) {
      assertArrayEquals(reference.encode(text, false), session.encode(text, false));
    }
  }

  private static EngineSession open(TokenizerDefinition definition) {
    return ((EngineAnswer.Plan) new JavaEngine().consider(definition)).open();
  }

  /** Whether it is known which merges can be applied. */
  private static boolean areKnown(TokenizerDefinition definition) {
    boolean byteLevel = definition.vocabulary().idOf("<0x00>").isEmpty();
    int[] byteIds = ByteTokens.ids(definition.vocabulary(), byteLevel);
    TokenBytes tokens = new TokenBytes(definition.vocabulary(), byteLevel);
    MergeReader.Merges merges =
        MergeReader.read(
            ((Model.Bpe) definition.model()).merges(),
            definition.vocabulary(),
            tokens,
            byteLevel,
            byteIds,
            BuildGuard.NONE);
    return !merges.made().isEmpty();
  }

  private static List<String> tokens(Random random) {
    Set<String> tokens = new LinkedHashSet<>();
    int count = 3 + random.nextInt(30);
    for (int index = 0; index < count; index++) {
      String token = word(random, 6);
      if (token.length() > 1) {
        tokens.add(token);
      }
    }
    List<String> result = new ArrayList<>(tokens);
    if (random.nextBoolean()) {
      result.sort((one, other) -> one.length() - other.length());
    }
    return result;
  }

  private static String word(Random random, int max) {
    int letters = 1 + random.nextInt(3);
    return random
        .ints(1 + random.nextInt(max), 0, letters)
        .mapToObj(letter -> String.valueOf((char) ('a' + letter)))
        .collect(Collectors.joining());
  }

  private static String json(List<String> tokens, List<String> merges) {
    List<String> vocabulary = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      vocabulary.add(new String(ByteTokens.tokenOf(value, true), StandardCharsets.UTF_8));
    }
    vocabulary.addAll(tokens);
    String entries =
        IntStream.range(0, vocabulary.size())
            .mapToObj(id -> quoted(vocabulary.get(id)) + ":" + id)
            .collect(Collectors.joining(","));
    String byteLevel =
        "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":true}";
    return """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
    "pre_tokenizer":%s,"post_processor":null,"decoder":%s,"model":{"type":"BPE","dropout":null,
    "unk_token":null,"continuing_subword_prefix":null,"end_of_word_suffix":null,"fuse_unk":false,
    "byte_fallback":false,"ignore_merges":false,"vocab":{%s},"merges":[%s]}}
    """
        .formatted(
            byteLevel,
            byteLevel,
            entries,
            merges.stream().map(MergeListTest::merge).collect(Collectors.joining(",")));
  }

  private static String merge(String merge) {
    return "[\"" + merge.replace(" ", "\",\"") + "\"]";
  }

  private static String quoted(String token) {
    return "\"" + token.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
