package dev.remora.engine.frame;

import dev.remora.core.definition.DefinitionLimits;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.engine.frame.SpecialTokenFrame.Trim;
import dev.remora.engine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the post-processor of a definition: which ones are known exactly, and the frame. What one
 * of them makes is a row of encodings, to the next one as many texts: so they are run, over a token
 * that stands for the text.
 */
public final class KnownFrames {
  private static final TokenId TEXT = new TokenId("", -1);

  private final List<Trim> trims = new ArrayList<>();
  private List<List<TokenId>> encodings = List.of(List.of(TEXT));

  private KnownFrames() {}

  /** The frame that some post-processors, given in their order, are together. */
  public static Reading<SpecialTokenFrame> read(List<PostProcessor> parts) {
    if (parts.size() > DefinitionLimits.MAX_STEPS) {
      return Reading.unknown(
          String.format(Locale.ROOT, "the post-processor has %,d steps", parts.size()));
    }
    KnownFrames reader = new KnownFrames();
    for (PostProcessor part : parts) {
      Optional<String> problem = reader.add(part);
      if (problem.isPresent()) {
        return Reading.unknown("the post-processor TemplateProcessing " + problem.get());
      }
    }
    return Reading.known(reader.frame());
  }

  private SpecialTokenFrame frame() {
    List<TokenId> tokens = encodings.stream().flatMap(List::stream).toList();
    int text = tokens.indexOf(TEXT);
    return new SpecialTokenFrame(
        trims, tokens.subList(0, text), tokens.subList(text + 1, tokens.size()));
  }

  /** The register: each post-processor has its line here. The answer is what is not known of it. */
  private Optional<String> add(PostProcessor part) {
    if (part instanceof PostProcessor.Template template) {
      return apply(template);
    }
    if (part instanceof PostProcessor.ByteLevel byteLevel && byteLevel.settings().trimOffsets()) {
      trim(byteLevel.settings().addPrefixSpace());
    } else if (part instanceof PostProcessor.Bert bert) {
      surround(List.of(bert.cls()), List.of(), bert.sep());
    } else if (part instanceof PostProcessor.Roberta roberta) {
      if (roberta.trimOffsets()) {
        trim(roberta.addPrefixSpace());
      }
      surround(List.of(roberta.cls()), List.of(roberta.sep()), roberta.sep());
    }
    return Optional.empty();
  }

  private void trim(boolean prefixedSpace) {
    boolean textIsFirst =
        encodings.stream().anyMatch(tokens -> !tokens.isEmpty() && TEXT.equals(tokens.get(0)));
    trims.add(new Trim(prefixedSpace, textIsFirst));
  }

  /** Puts tokens before the first text, others before all after it, and one after each. */
  private void surround(List<TokenId> beforeFirst, List<TokenId> beforeOthers, TokenId after) {
    List<List<TokenId>> surrounded = new ArrayList<>();
    for (List<TokenId> tokens : encodings) {
      List<TokenId> all = new ArrayList<>(surrounded.isEmpty() ? beforeFirst : beforeOthers);
      all.addAll(tokens);
      all.add(after);
      surrounded.add(all);
    }
    encodings = surrounded;
  }

  private Optional<String> apply(PostProcessor.Template template) {
    if (!takesOneText(template.single())) {
      return Optional.of("has a template without exactly one text");
    }
    if (encodings.size() > 2) {
      return Optional.of("comes after one with more than two pieces");
    }
    List<List<TokenId>> filled = new ArrayList<>();
    for (TemplatePiece piece : encodings.size() == 1 ? template.single() : template.pair()) {
      if (piece instanceof TemplatePiece.Text text) {
        filled.add(encodings.get(text.isSecond() ? 1 : 0));
        continue;
      }
      TemplatePiece.Special special = (TemplatePiece.Special) piece;
      TemplateTokens tokens = template.specialTokens().get(special.name());
      if (tokens == null) {
        return Optional.of("has no special token named " + special.name());
      }
      if (tokens.ids().size() != tokens.tokens().size()) {
        return Optional.of("has not as many tokens as ids");
      }
      filled.add(tokens(tokens));
    }
    encodings = filled;
    long texts = filled.stream().flatMap(List::stream).filter(TEXT::equals).count();
    return texts == 1 ? Optional.empty() : Optional.of("has a template without exactly one text");
  }

  private static boolean takesOneText(List<TemplatePiece> single) {
    List<TemplatePiece> texts =
        single.stream().filter(TemplatePiece.Text.class::isInstance).toList();
    return texts.size() == 1 && !((TemplatePiece.Text) texts.get(0)).isSecond();
  }

  private static List<TokenId> tokens(TemplateTokens tokens) {
    List<TokenId> all = new ArrayList<>();
    for (int index = 0; index < tokens.ids().size(); index++) {
      all.add(new TokenId(tokens.tokens().get(index), tokens.ids().get(index)));
    }
    return all;
  }
}
