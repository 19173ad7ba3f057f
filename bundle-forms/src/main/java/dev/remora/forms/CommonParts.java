package dev.remora.forms;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.vocabulary.MergeList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The components that several forms have. */
final class CommonParts {
  /** The post-processor of byte-level models, which does nothing. */
  static final PostProcessor BYTE_LEVEL_PROCESSOR =
      new PostProcessor.ByteLevel(new ByteLevelSettings(true, false, true));

  static final Decoder BYTE_LEVEL_DECODER =
      new Decoder.ByteLevel(new ByteLevelSettings(true, true, true));

  private CommonParts() {}

  /** A byte-level BPE model; the affix is null or empty. */
  static Model.Bpe byteLevelModel(
      MergeList merges, @Nullable String noAffix, boolean ignoreMerges) {
    return new Model.Bpe(merges, null, null, noAffix, noAffix, false, false, ignoreMerges);
  }

  /** Splits by the regex, and isolates its matches. */
  static PreTokenizer split(String regex) {
    return new PreTokenizer.Split(new StringPattern.Regex(regex), SplitBehavior.ISOLATED, false);
  }

  /** Spells pieces in the byte-level alphabet. */
  static PreTokenizer spell(boolean prefixSpace) {
    return new PreTokenizer.ByteLevel(new ByteLevelSettings(prefixSpace, true, false));
  }

  /** Splits by the regex, then spells the pieces in the byte-level alphabet. */
  static PreTokenizer splitThenSpell(String regex, boolean prefixSpace) {
    return new PreTokenizer.Sequence(List.of(split(regex), spell(prefixSpace)));
  }

  /** Puts tokens before each text, as byte-level models do. */
  static PostProcessor byteLevelAfter(List<TokenId> prefix) {
    return new PostProcessor.Sequence(List.of(BYTE_LEVEL_PROCESSOR, around(prefix, List.of())));
  }

  /** Puts BOS before each text and EOS after it; null for none. */
  static PostProcessor template(@Nullable TokenId bos, @Nullable TokenId eos) {
    return around(Stream.ofNullable(bos).toList(), Stream.ofNullable(eos).toList());
  }

  /** Puts tokens before each text, and others after it. */
  private static PostProcessor around(List<TokenId> before, List<TokenId> after) {
    List<TemplatePiece> single = pieces(before, false, after);
    List<TemplatePiece> pair = new ArrayList<>(single);
    pair.addAll(pieces(before, true, after));
    Map<String, TemplateTokens> tokens = new LinkedHashMap<>();
    before.forEach(token -> put(tokens, token));
    after.forEach(token -> put(tokens, token));
    return new PostProcessor.Template(single, pair, tokens);
  }

  private static List<TemplatePiece> pieces(
      List<TokenId> before, boolean second, List<TokenId> after) {
    int type = second ? 1 : 0;
    List<TemplatePiece> pieces = new ArrayList<>();
    before.forEach(token -> pieces.add(new TemplatePiece.Special(token.content(), type)));
    pieces.add(new TemplatePiece.Text(second, type));
    after.forEach(token -> pieces.add(new TemplatePiece.Special(token.content(), type)));
    return pieces;
  }

  /**
   * Puts tokens with a role around texts. A template is words with spaces between: A and B are the
   * first text and the second, every other word is a role, and after a colon comes a type id that
   * is not 0.
   */
  static PostProcessor template(String single, String pair, RoleTokens roles) {
    Map<String, TemplateTokens> tokens = new LinkedHashMap<>();
    return new PostProcessor.Template(
        pieces(single, roles, tokens), pieces(pair, roles, tokens), tokens);
  }

  private static List<TemplatePiece> pieces(
      String template, RoleTokens roles, Map<String, TemplateTokens> tokens) {
    List<TemplatePiece> pieces = new ArrayList<>();
    for (String word : template.split(" ", -1)) {
      int colon = word.indexOf(':');
      String name = colon < 0 ? word : word.substring(0, colon);
      int type = colon < 0 ? 0 : Integer.parseInt(word.substring(colon + 1));
      if (name.equals("A") || name.equals("B")) {
        pieces.add(new TemplatePiece.Text(name.equals("B"), type));
      } else {
        TokenId token = roles.of(name);
        put(tokens, token);
        pieces.add(new TemplatePiece.Special(token.content(), type));
      }
    }
    return pieces;
  }

  private static void put(Map<String, TemplateTokens> tokens, TokenId token) {
    List<Integer> ids = List.of(token.id());
    tokens.put(token.content(), new TemplateTokens(ids, List.of(token.content())));
  }
}
