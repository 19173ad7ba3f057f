package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.ConformanceTexts;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a rank file stands for, over DJL, gives the ids of JTokkit, which reads it by itself. */
final class RankFileParityTest {
  private static TokenizerBundle bundle(String family) throws IOException {
    String name = family + ".tiktoken";
    try (InputStream in = Encodings.class.getResourceAsStream("/com/knuddels/jtokkit/" + name)) {
      return TokenizerBundle.builder(Fingerprint.local())
          .add(name, Objects.requireNonNull(in, name).readAllBytes())
          .build();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"O200K_BASE", "CL100K_BASE"})
  void knownFamily_givesTheIdsOfJtokkit(EncodingType type) throws IOException {
    var oracle = Encodings.newLazyEncodingRegistry().getEncoding(type);
    ConformanceTexts texts = new ConformanceTexts(20261123, List.of());
    try (EngineSession session =
        DjlEngine.open(BundleForms.define(bundle(type.getName())), BuildGuard.NONE)) {
      for (int i = 0; i < 2_000; i++) {
        String text = texts.next();
        if (text.codePoints().allMatch(RankFileParityTest::isOldAndNotLongS)) {
          int[] expected = oracle.encodeOrdinary(text).toArray();
          assertArrayEquals(expected, session.encode(text, false), text);
        }
      }
    }
  }

  /** Java's regex knows only the characters of its own Unicode, and no long s for an s. */
  private static boolean isOldAndNotLongS(int codePoint) {
    return Character.isDefined(codePoint) && codePoint != 'ſ';
  }
}
