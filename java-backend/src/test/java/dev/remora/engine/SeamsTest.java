package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.EncodingSeams;
import dev.remora.EncodingSeams.Seam;
import dev.remora.Prompt;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.FileNames;
import dev.remora.conformance.AdversarialTokens;
import dev.remora.conformance.SeamComparison;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.routing.CachingTokenizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine says of its seams is so, and what is put together by them. */
final class SeamsTest {
  private static final int TEXTS = Integer.getInteger("remora.seams.texts", 3_000);

  private static Tokenizer open(TokenizerDefinition definition) {
    ContractBundle any = ContractBundle.BYTE_LEVEL;
    BundleInfo info =
        new BundleInfo(any.bundle(), FileNames.TOKENIZER_JSON, definition.specialTokens());
    return Engines.open(definition, info, EngineChoice.named("java"));
  }

  @ParameterizedTest
  @EnumSource
  void conversations_haveTheIdsOfFreshTexts(TestVocabulary vocabulary) {
    TokenizerDefinition definition = AdversarialTokens.in(vocabulary.definition());
    List<String> failures = new ArrayList<>();
    List<String> added = definition.addedTokens().stream().map(AddedToken::content).toList();
    try (Tokenizer tokenizer = open(definition)) {
      if (tokenizer.seams().isEmpty()) {
        assertTrue(definition.cuts().isPresent(), "no seams are stated");
        return;
      }
      SeamComparison comparison = new SeamComparison(tokenizer, added, 20, failures::add);
      comparison.conversations(TEXTS);
      assertEquals(List.of(), failures.subList(0, Math.min(3, failures.size())));
      assertEquals(TEXTS, comparison.passed());
      assertTrue(comparison.seamsSeen() > TEXTS, "there are hardly any seams");
      assertTrue(comparison.statistics().idsReused() > 0, "nothing was reused");
    }
  }

  @ParameterizedTest
  @EnumSource
  void conversations_asPrompts_haveTheIdsAndRefusalsOfFreshPrompts(TestVocabulary vocabulary) {
    TokenizerDefinition definition = AdversarialTokens.in(vocabulary.definition());
    List<String> failures = new ArrayList<>();
    List<String> added = definition.addedTokens().stream().map(AddedToken::content).toList();
    try (Tokenizer tokenizer = open(definition)) {
      if (tokenizer.seams().isEmpty()) {
        return; // the test above says why
      }
      SeamComparison comparison = new SeamComparison(tokenizer, added, 21, failures::add);
      if (comparison.prompts(TEXTS / 3)) {
        assertEquals(List.of(), failures.subList(0, Math.min(3, failures.size())));
        assertTrue(comparison.passed() >= TEXTS / 3);
        assertTrue(comparison.statistics().idsReused() > 0, "nothing was reused");
      }
    }
  }

  /** What a line ends after and begins with, so that line ends are seams, and nearly are. */
  private static final List<String> LINES =
      List.of(
          "\n",
          "a\n",
          "\nb",
          ".\n",
          "\n.",
          " \n",
          "\n ",
          "1\n2",
          "\u4E2D\n",
          "\u3002\n\u4E2D",
          "\r\n",
          "'\n",
          "\n's",
          "/\n/",
          "\n\n",
          "\t\n\t",
          "\u0438\n\u0306",
          "e\u0301\n",
          "\n\u0439");

  @ParameterizedTest
  @EnumSource
  void linesAndTokens_areSeams_whereNothingCrossesThem(TestVocabulary vocabulary) {
    TokenizerDefinition base = vocabulary.definition();
    List<AddedToken> tokens = new ArrayList<>(base.addedTokens());
    int id = 1 + tokens.stream().mapToInt(AddedToken::id).max().orElse(0);
    id = Math.max(id, base.vocabulary().modelIdBound());
    for (String content : List.of("<im_end>", "a<x>", "<n>\u00C9", "<y>1")) {
      boolean isNormalized = content.startsWith("<n>");
      tokens.add(new AddedToken(id++, content, false, false, false, isNormalized, false));
    }
    TokenizerDefinition definition = base.withAddedTokens(tokens);
    List<String> texts = new ArrayList<>(LINES);
    tokens.forEach(token -> texts.add(token.content()));
    List<String> failures = new ArrayList<>();
    try (Tokenizer tokenizer = open(definition)) {
      if (tokenizer.seams().isEmpty()) {
        return; // a test above says why
      }
      SeamComparison comparison = new SeamComparison(tokenizer, texts, 22, failures::add);
      comparison.conversations(TEXTS);
      comparison.prompts(TEXTS / 3);
      assertEquals(List.of(), failures.subList(0, Math.min(3, failures.size())));
    }
  }

  private static final String BERT =
      """
      {"version":"1.0","truncation":null,"padding":null,"added_tokens":[
      {"id":1,"content":"[SEP]","single_word":false,"lstrip":false,"rstrip":false,
      "normalized":false,"special":true}],
      "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
      "strip_accents":null,"lowercase":true},
      "pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,
      "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
      "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
      "max_input_chars_per_word":100,
      "vocab":{"[UNK]":0,"[SEP]":1,"a":2,"b":3,"##a":4,"##b":5,"s":6,"##s":7,"e":8,"##e":9,
      "и":10,"##и":11,"中":12,".":13,"/":14,"1":15,"2":16,"'":17}}}
      """;

  private static final String SIGNS = "-, ".repeat(400); // in which no place is one between words

  private static List<String> aroundSeams(TokenizerDefinition definition) {
    try (Tokenizer tokenizer = open(definition)) {
      String text =
          SIGNS + "end of" + SIGNS + "\nword" + SIGNS + "\u4E2D\n" + SIGNS + "an other" + SIGNS;
      return tokenizer.seams().orElseThrow().of(text).stream()
          .map(seam -> text.substring(seam.start() - 2, seam.needed()))
          .toList();
    }
  }

  @Test
  void seams_ofALongText_areBesideWhiteSpaceThatPreTokensEndAt() {
    List<String> all = List.of("nd ", " \nw", " \u4E2D\n", "an ");
    assertEquals(all, aroundSeams(TestVocabulary.O200K.definition()));
  }

  @Test
  void seams_besideATokenThatHoldsASpace_areAtLineEnds() {
    TokenizerDefinition base = TestVocabulary.O200K.definition();
    assertEquals(
        List.of(" \nw", " \u4E2D\n"),
        aroundSeams(base.withAddedTokens(List.of(token("a b", false)))));
    try (Tokenizer tokenizer = open(base.withAddedTokens(List.of(token("a\n", false))))) {
      assertTrue(tokenizer.seams().orElseThrow().of(SIGNS + "end of" + SIGNS).isEmpty());
    }
  }

  private static AddedToken token(String content, boolean isNormalized) {
    return new AddedToken(300_000, content, false, false, false, isNormalized, false);
  }

  /** BERT's normalizer makes spaces of line ends, which a normalized token may hold. */
  @Test
  void seams_ofWordPieces_areBesideWhiteSpace() {
    TokenizerDefinition bert = TestDefinitions.of(BERT);
    assertEquals(List.of("nd ", " \nw", " \u4E2D\n", "an "), aroundSeams(bert));
    List<String> failures = new ArrayList<>();
    List<String> texts = new ArrayList<>(LINES);
    texts.addAll(List.of("hello ", " wor", "\u0439 ", "\u4E2D ", "\u00E9\t", "\u00A0a", "a b"));
    try (Tokenizer tokenizer = open(bert)) {
      SeamComparison comparison = new SeamComparison(tokenizer, texts, 23, failures::add);
      comparison.conversations(TEXTS);
      assertEquals(List.of(), failures.subList(0, Math.min(3, failures.size())));
    }
    try (Tokenizer tokenizer = open(bert.withAddedTokens(List.of(token("a b", true))))) {
      assertTrue(
          tokenizer
              .seams()
              .map(seams -> seams.of(SIGNS + "end of" + SIGNS))
              .orElse(List.of())
              .isEmpty());
    }
  }

  @Test
  void seams_ofAPrompt_areWhatIsTrusted() {
    try (Tokenizer tokenizer = open(AdversarialTokens.in(ContractBundle.BYTE_LEVEL.definition()))) {
      Prompt prompt =
          Prompt.builder()
              .template("\u00E9<eot>")
              .request("a", "<eot>")
              .template("<eo")
              .request("b", "t>")
              .template("<eot>")
              .build();
      EncodingSeams seams = tokenizer.seams().orElseThrow();
      assertEquals(List.of(new Seam(1, 6, 1, 6), new Seam(16, 21, 1, 21)), seams.of(prompt));
      Prompt cut = Prompt.builder().template("a").seam().template("b").build();
      assertThrows(IllegalArgumentException.class, () -> seams.of(cut));
    }
  }

  @Test
  void seams_areTokensWhoseEndNothingMoves() {
    try (Tokenizer tokenizer = open(AdversarialTokens.in(ContractBundle.BYTE_LEVEL.definition()))) {
      String text =
          "a<eot>\u00E9<im_end><cut><l> <r> <w> <eos>\uD83D\uDE00\uD83D\uDE00\u200D<eot>end<eos>";
      List<Seam> seams = tokenizer.seams().orElseThrow().of(text);
      assertEquals(
          List.of("<eot>", "<eos>", "\uD83D\uDE00\uD83D\uDE00\u200D", "<eot>", "end<eos>"),
          seams.stream().map(seam -> text.substring(seam.start(), seam.end())).toList());
    }
  }

  @Test
  void nextTurn_isAllThatIsEncoded_andMemoryIsBounded() {
    try (CachingTokenizer caching =
        CachingTokenizer.of(
            open(AdversarialTokens.in(ContractBundle.BYTE_LEVEL.definition())), 500_000)) {
      assertTrue(caching.isCaching());
      String turn = "some words of a turn, ".repeat(20) + "<eot>";
      StringBuilder text = new StringBuilder();
      for (int number = 0; number < 40; number++) {
        caching.encode(text.append(turn).toString());
      }
      int turnIds = caching.count(turn, EncodeOptions.NO_SPECIAL_TOKENS);
      CachingTokenizer.Statistics statistics = caching.statistics();
      assertEquals(40L * turnIds, statistics.idsEncoded());
      assertEquals(41, statistics.texts());
      assertEquals(40, statistics.hits());
      for (int number = 0; number < 500; number++) {
        caching.encode(number + turn);
        assertTrue(caching.statistics().bytes() <= 500_000, caching::toString);
      }
      assertTrue(caching.statistics().parts() > 0);
    }
  }

  @Test
  void encodingOfKnownText_hasTheDetailsOfTheWhole() {
    try (Tokenizer tokenizer = open(AdversarialTokens.in(ContractBundle.BYTE_LEVEL.definition()));
        CachingTokenizer caching = CachingTokenizer.of(tokenizer, 50_000)) {
      String text = "words ".repeat(60) + "<eot>and more";
      caching.encode(text);
      Encoding fresh = tokenizer.encode(text);
      Encoding known = caching.encode(text);
      assertEquals(fresh.tokens(), known.tokens());
      for (int index = 0; index < fresh.size(); index++) {
        assertEquals(fresh.start(index), known.start(index));
        assertEquals(fresh.end(index), known.end(index));
        assertEquals(fresh.isSpecial(index), known.isSpecial(index));
      }
    }
  }

  @Test
  void tokenizerWithoutSeams_isNotCached_andSaysSo() {
    TokenizerDefinition plain =
        ContractBundle.BYTE_FALLBACK.definition().withAddedTokens(List.of());
    try (CachingTokenizer caching = CachingTokenizer.of(open(plain), 50_000)) {
      assertFalse(caching.isCaching());
      assertTrue(caching.encode("a".repeat(2_000)).size() > 0);
      assertEquals(0, caching.statistics().parts());
      assertEquals(0, caching.statistics().texts());
    }
  }
}
