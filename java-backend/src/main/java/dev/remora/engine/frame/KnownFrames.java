package dev.remora.engine.frame;

import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.engine.frame.SpecialTokenFrame.Side;
import dev.remora.engine.frame.SpecialTokenFrame.Template;
import dev.remora.engine.frame.SpecialTokenFrame.Trim;
import dev.remora.engine.reading.ComponentName;
import dev.remora.engine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the post-processor of a definition: which ones are known exactly, and the frame. */
public final class KnownFrames {
  private final List<Trim> trims = new ArrayList<>();
  private final List<Template> templates = new ArrayList<>();

  private KnownFrames() {}

  /** The frame that some post-processors, given in their order, are together. */
  public static Reading<SpecialTokenFrame> read(List<PostProcessor> parts) {
    KnownFrames reader = new KnownFrames();
    for (PostProcessor part : parts) {
      if (reader.add(part) instanceof Reading.Unknown<PostProcessor> unknown) {
        return Reading.unknown(unknown.why());
      }
    }
    return Reading.known(new SpecialTokenFrame(reader.trims, reader.templates));
  }

  /** The register: a post-processor that is known has its line here. */
  private Reading<PostProcessor> add(PostProcessor part) {
    if (part instanceof PostProcessor.ByteLevel byteLevel) {
      return trim(byteLevel);
    }
    if (part instanceof PostProcessor.Template template) {
      Reading<Template> reading = template(template);
      if (reading instanceof Reading.Unknown<Template> unknown) {
        return Reading.unknown(unknown.why());
      }
      templates.add(reading.value());
      return Reading.known(part);
    }
    return Reading.unknown(
        String.format(Locale.ROOT, "the post-processor %s is not known", ComponentName.of(part)));
  }

  private Reading<PostProcessor> trim(PostProcessor.ByteLevel byteLevel) {
    if (byteLevel.settings().trimOffsets()) {
      if (!templates.isEmpty()) {
        return Reading.unknown("the post-processor ByteLevel trims offsets after a template");
      }
      trims.add(new Trim(byteLevel.settings().addPrefixSpace()));
    }
    return Reading.known(byteLevel);
  }

  private static Reading<Template> template(PostProcessor.Template template) {
    Side before = new Side();
    Side after = new Side();
    int texts = 0;
    for (TemplatePiece piece : template.single()) {
      if (piece instanceof TemplatePiece.Text text) {
        texts += text.isSecond() ? 2 : 1;
        continue;
      }
      TemplatePiece.Special special = (TemplatePiece.Special) piece;
      TemplateTokens tokens = template.specialTokens().get(special.name());
      if (tokens == null) {
        return unknown("has no special token named " + special.name());
      }
      if (tokens.ids().size() != tokens.tokens().size()) {
        return unknown("has not as many tokens as ids");
      }
      (texts == 0 ? before : after).add(tokens);
    }
    return texts == 1
        ? Reading.known(new Template(before, after))
        : unknown("has a template without exactly one text");
  }

  private static Reading<Template> unknown(String problem) {
    return Reading.unknown("the post-processor TemplateProcessing " + problem);
  }
}
