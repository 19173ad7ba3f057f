package dev.remora.engine.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.core.definition.Normalizer;
import dev.remora.engine.text.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that know where their bytes come from go through a step as a whole, all others by the
 * images of characters: both become the same.
 */
final class CharacterImagesTest {
  private static final List<String> CHARACTERS =
      List.of(
          "a",
          "B",
          " ",
          "\t",
          "\r",
          "\n",
          "\u0000",
          "\u0007",
          "\u00A0",
          "\u00AD",
          "\u00C9",
          "\u0130",
          "\u0301", // stripped, of class 230
          "\u0316", // 220
          "\u0327", // 202
          "\u0344", // two marks in one
          "\u0345",
          "\u0600", // joins what is after it
          "\u0915",
          "\u093F",
          "\u094D",
          "\u0958", // a letter and a mark of class 7
          "\u0E33",
          "\u1100",
          "\u1161",
          "\u11A8",
          "\u1B44", // kept, of class 9
          "\u200B",
          "\u200D",
          "\u302E", // kept, of class 224
          "\u302A", // stripped, of class 218
          "\u4E2D",
          "\u56FD",
          "\uAC00",
          "\uAC01",
          "\uFB01",
          "\uFB1D",
          "\uFE0F",
          "\uD834\uDD65", // kept, of class 216
          "\uD834\uDD6D", // kept, of class 226
          "\uD834\uDD5F", // made of two of these
          "\uD83D\uDE00",
          "\uD83D\uDC69");

  static List<Normalizer> normalizers() {
    List<Normalizer> all = new ArrayList<>();
    for (int flags = 0; flags < 16; flags++) {
      all.add(
          new Normalizer.Bert(
              (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0));
    }
    String json = NormalizerParityTest.precompiled();
    String map = json.substring(json.lastIndexOf(":\"") + 2, json.lastIndexOf('"'));
    all.add(new Normalizer.Precompiled(map));
    return all;
  }

  /** One of each kind, as each takes seconds. */
  static List<Normalizer> someNormalizers() {
    List<Normalizer> all = normalizers();
    return all.subList(all.size() - 2, all.size());
  }

  private static NormalizationPipeline pipeline(Normalizer normalizer) {
    return KnownNormalizers.read(List.of(normalizer)).value();
  }

  private static void assertSame(
      NormalizationPipeline pipeline, NormalizationBuffers buffers, String text) {
    Utf8Text plain = new Utf8Text();
    plain.set(text, false);
    Utf8Text tracked = new Utf8Text();
    tracked.set(text, true);
    String expected = new String(pipeline.apply(tracked, buffers), StandardCharsets.UTF_8);
    assertEquals(expected, new String(pipeline.apply(plain, buffers), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("normalizers")
  void apply_toRandomText_isWhatTheStepMakesOfTheWhole(Normalizer normalizer) {
    NormalizationPipeline pipeline = pipeline(normalizer);
    NormalizationBuffers buffers = new NormalizationBuffers();
    SplittableRandom random = new SplittableRandom(20261127);
    for (int left = 20_000; left > 0; left--) {
      StringBuilder text = new StringBuilder();
      for (int count = 1 + random.nextInt(12); count > 0; count--) {
        text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
      }
      assertSame(pipeline, buffers, text.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("someNormalizers")
  void apply_toEveryCodePoint_isWhatTheStepMakesOfTheWhole(Normalizer normalizer) {
    NormalizationPipeline pipeline = pipeline(normalizer);
    NormalizationBuffers buffers = new NormalizationBuffers();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint == Character.MIN_SURROGATE) {
        codePoint = Character.MAX_SURROGATE + 1;
      }
      String letter = Character.toString(codePoint);
      assertSame(pipeline, buffers, "a" + letter + "\u302E\uD834\uDD65" + letter + "\u0301b");
    }
  }

  /** A text that grows by far more than the buffer has room for. */
  @ParameterizedTest
  @MethodSource("normalizers")
  void apply_toLongText_growsTheBuffer(Normalizer normalizer) {
    NormalizationPipeline pipeline = pipeline(normalizer);
    NormalizationBuffers buffers = new NormalizationBuffers();
    assertSame(pipeline, buffers, "\u4E2D\u00BD".repeat(300_000));
    assertSame(pipeline, buffers, "A\r".repeat(300_000));
  }
}
