package dev.remora.engine.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.text.IdList;
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

  private static PostProcessor template(TemplatePiece... pieces) {
    TemplateTokens bos = new TemplateTokens(List.of(7, 8), List.of("<b>", "<o>"));
    return new PostProcessor.Template(List.of(pieces), List.of(), Map.of("bos", bos));
  }

  private static Optional<String> reason(PostProcessor... parts) {
    return Reading.firstReason(KnownFrames.read(List.of(parts)));
  }

  @Test
  void read_templates_frameInTheirOrder() {
    SpecialTokenFrame frame =
        KnownFrames.read(List.of(TRIM, template(BOS, TEXT), template(TEXT, BOS))).value();
    IdList ids = new IdList();
    ids.add(1);
    assertArrayEquals(new int[] {7, 8, 1, 7, 8}, frame.around(ids, true));
    assertArrayEquals(new int[] {1}, frame.around(ids, false));
    assertEquals(4, frame.size());
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
  void read_trimmingAfterTemplate_isNotKnown() {
    assertEquals(
        Optional.of("the post-processor ByteLevel trims offsets after a template"),
        reason(template(BOS, TEXT), TRIM));
  }
}
