package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.Engines;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rank files of OpenAI's older encodings, against JTokkit, which carries them. */
class RankFamiliesTest {
  private static final List<String> TEXTS =
      List.of(
          "Hello, world! It's 2026; they'll say I'd've known.",
          "def f(x):\n        if x:\n                return 1\n\treturn  2\n\n\n",
          "                                                      deep",
          "na\u00efve caf\u00e9 \u4f60\u597d \ud83d\ude0a 1234567890 !!! ??",
          "trailing   ",
          "");

  @ParameterizedTest
  @EnumSource(
      value = EncodingType.class,
      names = {"P50K_BASE", "R50K_BASE"})
  void rankFile_givesTheIdsOfJtokkit(EncodingType type) throws IOException {
    String name = type.getName() + ".tiktoken";
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local()).add(name, ranks(name)).build();
    TokenizerDefinition definition = BundleForms.define(bundle);
    Encoding reference = Encodings.newLazyEncodingRegistry().getEncoding(type);
    try (Tokenizer tokenizer =
        Engines.open(
            definition, BundleForms.describe(bundle, definition), EngineChoice.named("java"))) {
      for (String text : TEXTS) {
        assertArrayEquals(
            reference.encodeOrdinary(text).toArray(),
            tokenizer.encode(text, EncodeOptions.DEFAULT).ids(),
            text);
      }
      assertArrayEquals(
          new int[] {50_256}, tokenizer.encode("<|endoftext|>", EncodeOptions.DEFAULT).ids());
    }
  }

  private static byte[] ranks(String name) throws IOException {
    try (InputStream resource =
        EncodingType.class.getResourceAsStream("/com/knuddels/jtokkit/" + name)) {
      return resource.readAllBytes();
    }
  }
}
