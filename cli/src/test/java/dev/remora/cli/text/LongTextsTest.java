package dev.remora.cli.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import dev.remora.EncodeOptions;
import dev.remora.EncodingSeams;
import dev.remora.EncodingSeams.Seam;
import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.cli.source.LongTexts;
import dev.remora.core.regex.KnownRegex;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.TokenizerSource;
import dev.remora.remote.Tokenizers;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that is read in parts has the ids that it has as a whole. */
class LongTextsTest {
  private static final List<String> WORDS =
      List.of(
          "hello", "Wor", "wor", "ld", "'s", "'RE", "don't", " ", "  ", "\n", " \n", "\t", "é", "ß",
          "e\u0301", "\u0301", "鮣", "1", "234", ".", "...", "/", "<s>", "</s>", "🦈", "A", "x");

  static Stream<Arguments> tokenizers() {
    String tiny = text(TinyTokenizers.byteLevel());
    String byteLevel =
        tiny.substring(tiny.indexOf("\"pre_tokenizer\":"), tiny.indexOf("\"post_processor\""));
    Stream<Arguments> split =
        Stream.of(KnownRegex.values())
            .map(known -> Arguments.of(known.name(), tiny.replace(byteLevel, splits(known))));
    return Stream.concat(
        Stream.of(
            Arguments.of("byte-level", tiny),
            Arguments.of(
                "NFC", tiny.replace("\"normalizer\":null", "\"normalizer\":{\"type\":\"NFC\"}")),
            Arguments.of(
                "NFKD", tiny.replace("\"normalizer\":null", "\"normalizer\":{\"type\":\"NFKD\"}")),
            Arguments.of(
                "prefix", tiny.replaceFirst("add_prefix_space\":false", "add_prefix_space\":true")),
            Arguments.of("WordPiece", text(TinyTokenizers.wordPiece()))),
        split);
  }

  private static String splits(KnownRegex known) {
    return known.expressions().stream()
        .map(
            expression ->
                "{\"type\":\"Split\",\"pattern\":{\"Regex\":"
                    + new Gson().toJson(expression)
                    + "},\"behavior\":\"Isolated\",\"invert\":false}")
        .collect(
            Collectors.joining(
                ",",
                "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[",
                ",{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,"
                    + "\"use_regex\":false}]},"));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static TokenizerBundle bundle(String definition) {
    return TinyTokenizers.bundle(definition.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void partsOfATextTogether_haveTheIdsOfTheWhole(String name, String definition) {
    TokenizerBundle bundle = bundle(definition);
    Random random = new Random(7);
    int parts = 0;
    try (Tokenizer tokenizer =
        Tokenizers.load(TokenizerSource.bundle(bundle), LoadOptions.DEFAULT)) {
      LongTexts texts = new LongTexts(tokenizer, true);
      LongTexts plain = new LongTexts(tokenizer, false);
      for (int round = 0; round < 90; round++) {
        String text =
            IntStream.range(0, random.nextInt(2000))
                .mapToObj(
                    index ->
                        (random.nextBoolean() ? "wor hello" : "")
                            + WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining());
        Cut source = new Cut(text, 1 + random.nextInt(3000));
        IntStream.Builder ids = IntStream.builder();
        texts.encode(source, ids::add);
        parts += source.parts;
        assertArrayEquals(
            tokenizer.encode(text).ids(), ids.build().toArray(), () -> name + ": " + text);
        assertEquals(tokenizer.count(text), texts.count(source), text);
        int withoutSpecialTokens = tokenizer.count(text, EncodeOptions.NO_SPECIAL_TOKENS);
        assertEquals(withoutSpecialTokens, plain.count(source), text);
      }
    }
    assertTrue(parts > 300, name + " was cut into " + parts);
  }

  /** A text that is read in parts of so many bytes at first. */
  private static final class Cut implements Texts.Text {
    private final String text;
    private final int bytes;
    private int parts;

    Cut(String text, int bytes) {
      this.text = text;
      this.bytes = bytes;
    }

    @Override
    public Optional<String> file() {
      return Optional.empty();
    }

    @Override
    public String all() {
      return text;
    }

    @Override
    public void take(Texts.Taker taker) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      try (TextInput input = new TextInput(new ByteArrayInputStream(utf8), "input", 1 << 20)) {
        input.take(
            bytes,
            new Texts.Taker() {
              @Override
              public Optional<EncodingSeams> seams() {
                return taker.seams();
              }

              @Override
              public void whole(String all) {
                taker.whole(all);
              }

              @Override
              public void part(String part, int known, boolean isFirst, boolean isLast) {
                parts++;
                taker.part(part, known, isFirst, isLast);
              }
            });
      }
    }
  }

  private static final String WORDS_ALONE = "wor hello\n".repeat(400);

  /** The seams of a long text without added tokens. */
  private static List<Seam> seams(String definition) {
    try (Tokenizer tokenizer =
        Tokenizers.load(TokenizerSource.bundle(bundle(definition)), LoadOptions.DEFAULT)) {
      return tokenizer.seams().map(seams -> seams.of(WORDS_ALONE)).orElse(List.of());
    }
  }

  private static String withToken(String token) {
    return text(TinyTokenizers.byteLevel())
        .replaceFirst(
            "\"content\":\"</s>\"[^}]*", token.replace("\\", "\\\\") + ",\"special\":true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content\":\"x\",\"rstrip\":true",
        "\"content\":\"x\",\"lstrip\":true",
        "\"content\":\"x\",\"single_word\":true",
        "\"content\":\"a\\nb\""
      })
  void addedTokenThatLooksAround_leavesNoSeamsBetweenWords(String token) {
    assertEquals(List.of(), seams(withToken(token)));
  }

  @Test
  void addedTokenThatHoldsASpace_leavesThoseAtLineEnds() {
    List<Seam> seams = seams(withToken("\"content\":\"a b\""));
    assertEquals(3, seams.size());
    assertTrue(seams.stream().allMatch(seam -> isAtLineEnd(seam.start())), seams.toString());
  }

  private static boolean isAtLineEnd(int place) {
    return WORDS_ALONE.charAt(place) == '\n' || WORDS_ALONE.charAt(place - 1) == '\n';
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"Prepend\",\"prepend\":\"_\"}",
        "{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"_\"}",
        "{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":true}"
      })
  void normalizerThatLooksAtSpaces_leavesNoSeamsBetweenWords(String normalizer) {
    assertEquals(
        List.of(),
        seams(
            text(TinyTokenizers.byteLevel())
                .replace("\"normalizer\":null", "\"normalizer\":" + normalizer)));
  }
}
