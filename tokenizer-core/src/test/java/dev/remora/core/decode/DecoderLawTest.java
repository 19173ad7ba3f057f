package dev.remora.core.decode;

import static dev.remora.core.decode.Definitions.BYTES;
import static dev.remora.core.decode.Definitions.BYTE_LEVEL;
import static dev.remora.core.decode.Definitions.FUSE;
import static dev.remora.core.decode.Definitions.added;
import static dev.remora.core.decode.Definitions.listed;
import static dev.remora.core.decode.Definitions.metaspace;
import static dev.remora.core.decode.Definitions.replace;
import static dev.remora.core.decode.Definitions.strip;
import static dev.remora.core.decode.Definitions.wordPiece;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.AddedToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One-shot decode is the reference's, and a stream joins to it, for decoders of any steps. */
class DecoderLawTest {
  private static final List<Decoder> STEPS =
      List.of(
          FUSE,
          FUSE,
          BYTES,
          BYTES,
          BYTE_LEVEL,
          BYTE_LEVEL,
          replace("▁", " "),
          replace("€", "▁▁"),
          replace("a", "Ġ"),
          replace("w>", ""),
          replace("\uFFFD", "?"),
          strip(1),
          strip(3),
          new Decoder.Strip("\uFFFD", 2, 0),
          new Decoder.Strip("<", 1, 0),
          metaspace(PrependScheme.ALWAYS),
          metaspace(PrependScheme.FIRST),
          metaspace(PrependScheme.NEVER),
          wordPiece(true),
          wordPiece(false),
          new Decoder.Bpe("</w>"),
          new Decoder.Bpe("▁"));

  private static final List<String> TOKENS =
      List.of(
          "a",
          "▁",
          "▁▁a",
          " ",
          "",
          "##a",
          "a</w>",
          "</w>",
          "<0x41>",
          "<0x20>",
          "<0xE2>",
          "<0x82>",
          "<0xAC>",
          "<0x96>",
          "<0x81>",
          "<0xFF>",
          "<<0x41>",
          "▁<0x41>",
          "<0x4a>",
          "<0x+A>",
          "Ġ",
          "â",
          "Ĥ",
          "¬",
          "âĤ¬",
          "ð",
          "ðŁ",
          "ĻĤ",
          "ï",
          "¿½",
          "€",
          "\uFFFD",
          "🙂",
          " do",
          " not",
          " .",
          "<0x41></w>",
          "é");
  private static final int SPECIAL = TOKENS.size();
  private static final int HIDDEN = 1; // an added token stands in place of this one of the model
  private static final List<AddedToken> ADDED =
      List.of(added(SPECIAL, "<s>", true), added(HIDDEN, "<0x42>", false));

  private static String token(int id) {
    return id == SPECIAL ? "<s>" : id == HIDDEN ? "<0x42>" : TOKENS.get(id);
  }

  private static @Nullable Decoder decoder(Random random) {
    if (random.nextInt(50) == 0) {
      return null;
    }
    List<Decoder> parts = new ArrayList<>();
    for (int count = random.nextInt(6); count > 0; count--) {
      parts.add(STEPS.get(random.nextInt(STEPS.size())));
    }
    return new Decoder.Sequence(parts);
  }

  @Test
  void randomDecoders_ofRandomIds_keepTheLaw() {
    int[] served = new int[8];
    IntStream.range(0, 8).parallel().forEach(seed -> served[seed] = compareAll(seed));
    // most random sequences can run on parts; else this test would show little
    assertTrue(Arrays.stream(served).sum() > 1_500, () -> Arrays.toString(served));
  }

  private static int compareAll(int seed) {
    Random random = new Random(seed);
    int served = 0;
    for (int turn = 0; turn < 500; turn++) {
      Decoder decoder = decoder(random);
      TokenizerDefinition definition = listed(TOKENS, ADDED, decoder);
      TokenDecoder tested = TokenDecoder.of(definition);
      if (tested.reasonItNeedsAllTokens().isPresent()) {
        continue;
      }
      served++;
      for (int text = 0; text < 20; text++) {
        int[] ids = random.ints(random.nextInt(12), 0, TOKENS.size() + 1).toArray();
        compare(tested, decoder, ids, random);
      }
    }
    return served;
  }

  private static void compare(
      TokenDecoder tested, @Nullable Decoder decoder, int[] ids, Random random) {
    boolean skips = random.nextBoolean();
    List<String> tokens =
        Arrays.stream(ids)
            .filter(id -> !skips || id != SPECIAL)
            .mapToObj(DecoderLawTest::token)
            .toList();
    String expected =
        decoder == null ? String.join(" ", tokens) : NaiveDecoder.decode(tokens, decoder);
    DecodeOptions options = DecodeOptions.builder().skipSpecialTokens(skips).build();
    String given = decoder + " " + tokens;
    assertEquals(expected, tested.decode(ids, options), given);
    assertEquals(expected, streamed(tested.open(options), ids, random), given);

    int prompt = random.nextInt(ids.length + 1);
    int[] rest = Arrays.copyOfRange(ids, prompt, ids.length);
    DecodeOptions prompted = options.toBuilder().promptIds(Arrays.copyOf(ids, prompt)).build();
    String promptText = tested.open(options).push(prompted.promptIds());
    String afterPrompt = tested.decode(rest, prompted);
    assertEquals(expected, promptText + afterPrompt, given);
    assertEquals(afterPrompt, streamed(tested.open(prompted), rest, random), given);
  }

  /** The text of a stream that gets ids by all of its methods, each chunk of whole characters. */
  private static String streamed(DecodeStream stream, int[] ids, Random random) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < ids.length) {
      int from = text.length();
      int count = Math.min(random.nextInt(4), ids.length - at);
      int[] some = Arrays.copyOfRange(ids, at, at + count);
      at += count;
      switch (random.nextInt(5)) {
        case 0 -> text.append(stream.push(some));
        case 1 -> assertEquals(stream.push(some, text), text.length() - from);
        case 2 -> stream.push(some, (index, id, piece) -> text.append(piece));
        case 3 -> Arrays.stream(some).forEach(id -> text.append(stream.push(id)));
        default -> Arrays.stream(some).forEach(id -> stream.push(id, text));
      }
      if (text.length() > from) {
        assertTrue(!Character.isLowSurrogate(text.charAt(from)));
        assertTrue(!Character.isHighSurrogate(text.charAt(text.length() - 1)));
      }
    }
    if (random.nextBoolean()) {
      return text.append(stream.finish()).toString();
    }
    stream.finish(text);
    return text.toString();
  }
}
