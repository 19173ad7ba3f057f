package dev.remora.engine.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.text.IdList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which post-processors are known, and why others are not. */
final class KnownFramesTest {
  private static final TemplatePiece TEXT = new TemplatePiece.Text(false, 0);
  private static final TemplatePiece BOS = new TemplatePiece.Special("bos", 0);
  private static final PostProcessor TRIM =
      new PostProcessor.ByteLevel(new ByteLevelSettings(true, true, true));
  private static final TokenId CLS = new TokenId("<s>", 0);
  private static final TokenId SEP = new TokenId("</s>", 2);
  private static final PostProcessor BERT = new PostProcessor.Bert(SEP, CLS);
  private static final PostProcessor ROBERTA = new PostProcessor.Roberta(SEP, CLS, true, false);

  private static PostProcessor template(TemplatePiece... pieces) {
    TemplateTokens bos = new TemplateTokens(List.of(7, 8), List.of("<b>", "<o>"));
    return new PostProcessor.Template(List.of(pieces), List.of(), Map.of("bos", bos));
  }

  private static Optional<String> reason(PostProcessor... parts) {
    return Reading.firstReason(KnownFrames.read(List.of(parts)));
  }

  private static void assertFrame(int[] expected, PostProcessor... parts) {
    SpecialTokenFrame frame = KnownFrames.read(List.of(parts)).value();
    IdList ids = new IdList();
    ids.add(1);
    assertArrayEquals(expected, frame.around(ids, true));
    assertArrayEquals(new int[] {1}, frame.around(ids, false));
    assertEquals(expected.length - 1, frame.size());
  }

  /** As the reference says, which takes the pieces that one makes for so many texts. */
  @Test
  void read_sequences_frameAsTheReferenceDoes() {
    assertFrame(new int[] {7, 8, 1, 7, 8}, TRIM, template(BOS, TEXT, BOS));
    assertFrame(new int[] {7, 8, 1}, template(TEXT), template(BOS, TEXT));
    assertFrame(new int[] {0, 7, 8, 2, 2, 1, 2}, template(BOS, TEXT), ROBERTA);
    assertFrame(new int[] {7, 8, 0, 1, 2}, ROBERTA, template(BOS, TEXT));
    assertFrame(new int[] {0, 7, 8, 2, 1, 2, 7, 8, 2}, template(BOS, TEXT, BOS), BERT);
    assertFrame(new int[] {0, 0, 1, 2, 2}, ROBERTA, BERT);
  }

  @Test
  void read_templatesAfterEachOther_areNotKnownWhereTheReferenceLosesTheText() {
    String reason = "the post-processor TemplateProcessing ";
    assertEquals(
        Optional.of(reason + "has a template without exactly one text"),
        reason(template(BOS, TEXT), template(TEXT, BOS)));
    assertEquals(
        Optional.of(reason + "comes after one with more than two pieces"),
        reason(template(BOS, TEXT, BOS), template(TEXT)));
  }

  @Test
  void read_templateWithoutExactlyOneText_isNotKnown() {
    String reason = "the post-processor TemplateProcessing has a template without exactly one text";
    assertEquals(Optional.of(reason), reason(template(BOS)));
    assertEquals(Optional.of(reason), reason(template(TEXT, TEXT)));
    assertEquals(Optional.of(reason), reason(template(new TemplatePiece.Text(true, 0))));
  }

  @Test
  void read_templateWithUndefinedToken_isNotKnown() {
    assertEquals(
        Optional.of("the post-processor TemplateProcessing has no special token named cls"),
        reason(template(new TemplatePiece.Special("cls", 0), TEXT)));
  }

  @Test
  void read_manySteps_areNotKnown() {
    PostProcessor[] steps = new PostProcessor[13];
    Arrays.fill(steps, BERT);
    assertEquals(Optional.of("the post-processor has 13 steps"), reason(steps));
  }
}
