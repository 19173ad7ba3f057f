package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.SpecialTokens;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.Engines;
import dev.remora.core.guard.BuildGuard;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chunks of a decode stream, joined, are what the native library decodes at once. */
final class DecodeStreamLawTest {
  private static final String TEXT =
      "Hello, world! 世界 🙂🙃 👨‍👩‍👧‍👦 नमस्ते \uFFFD don't  \n\tשלום عربي ﷽ é e\u0301 \u0000 <s>x</s> 𝒳";

  private static EngineSession session(ContractBundle bundle) {
    return DjlEngine.open(bundle.definition(), BuildGuard.NONE);
  }

  private static Tokenizer open(ContractBundle bundle) {
    TokenizerBundle files = TokenizerBundle.builder(Fingerprint.local()).build();
    return Engines.open(
        bundle.definition(),
        new BundleInfo(files, "tokenizer.json", SpecialTokens.builder().build()),
        EngineChoice.named("djl"));
  }

  private static void assertLaw(
      Tokenizer tokenizer, EngineSession session, int[] ids, boolean skipSpecialTokens) {
    DecodeOptions options = DecodeOptions.builder().skipSpecialTokens(skipSpecialTokens).build();
    DecodeStream stream = tokenizer.decodeStream(options);
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      String chunk = stream.push(id);
      assertFalse(!chunk.isEmpty() && Character.isHighSurrogate(chunk.charAt(chunk.length() - 1)));
      text.append(chunk);
    }
    text.append(stream.finish());
    String whole = session.wholeDecoder().orElseThrow().decode(ids, skipSpecialTokens);
    assertEquals(whole, text.toString(), () -> Arrays.toString(ids));
    assertEquals(whole, tokenizer.decode(ids, options), () -> Arrays.toString(ids));
  }

  @ParameterizedTest
  @EnumSource
  void stream_ofRandomIds_joinsToTheOneShotDecode(ContractBundle bundle) {
    Random random = new Random(5);
    try (Tokenizer tokenizer = open(bundle);
        EngineSession session = session(bundle)) {
      for (int turn = 0; turn < 20_000; turn++) {
        // low ids are special tokens and bytes in these bundles: every second list is of them
        int bound = turn % 2 == 0 ? tokenizer.vocabularySize() : 260;
        assertLaw(
            tokenizer, session, random.ints(random.nextInt(20), 0, bound).toArray(), turn % 3 == 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void stream_ofRealTextCutAnywhere_joinsToTheOneShotDecode(ContractBundle bundle) {
    try (Tokenizer tokenizer = open(bundle);
        EngineSession session = session(bundle)) {
      int[] ids = tokenizer.encode(TEXT, EncodeOptions.DEFAULT).ids();
      for (int from = 0; from < ids.length; from++) {
        for (int to = from; to <= ids.length; to++) {
          assertLaw(tokenizer, session, Arrays.copyOfRange(ids, from, to), false);
        }
      }
    }
  }
}
