package dev.remora.cli.text;

import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.vocabulary.AddedToken;
import java.util.List;
import java.util.Optional;

/**
 * Where a text may be cut so that the ids of its parts are those of the whole: between two words in
 * ASCII, before the one space that is between them. Of definitions of which that is certain:
 *
 * <ul>
 *   <li>Normalizers look at each character and at marks that follow it; a space is no mark.
 *   <li>Every known regex ends a pre-token of letters before a space, and looks neither at what is
 *       before a pre-token nor further than one character behind it. BERT's pre-tokenizer cuts at
 *       white space.
 *   <li>No added token has white space, or may take the space after it.
 *   <li>The model sees one pre-token at a time.
 * </ul>
 */
public final class EncodingCuts {
  private static final EncodingCuts CERTAIN = new EncodingCuts();

  private EncodingCuts() {}

  /** Those of a definition; empty if it is not one of those. */
  public static Optional<EncodingCuts> of(TokenizerDefinition definition) {
    boolean isCertain =
        definition.cuts().isEmpty()
            && definition.normalizers().stream().allMatch(EncodingCuts::keepsSpaces)
            && splitsBetweenWords(definition.preTokenizers())
            && (definition.model() instanceof Model.Bpe
                || definition.model() instanceof Model.WordPiece)
            && definition.addedTokens().stream().allMatch(EncodingCuts::leavesSpaces);
    return isCertain ? Optional.of(CERTAIN) : Optional.empty();
  }

  private static boolean keepsSpaces(Normalizer normalizer) {
    return normalizer instanceof Normalizer.Nfc
        || normalizer instanceof Normalizer.Nfd
        || normalizer instanceof Normalizer.Nfkc
        || normalizer instanceof Normalizer.Nfkd
        || normalizer instanceof Normalizer.Lowercase
        || normalizer instanceof Normalizer.Bert;
  }

  private static boolean splitsBetweenWords(List<PreTokenizer> parts) {
    if (parts.equals(List.of(new PreTokenizer.Bert()))) {
      return true;
    }
    if (parts.isEmpty() || !(parts.get(parts.size() - 1) instanceof PreTokenizer.ByteLevel last)) {
      return false;
    }
    List<PreTokenizer> splits = parts.subList(0, parts.size() - 1);
    return splits.isEmpty()
        ? last.settings().useRegex()
        : !last.settings().useRegex() && !last.settings().addPrefixSpace() && isKnown(splits);
  }

  private static boolean isKnown(List<PreTokenizer> splits) {
    List<String> expressions =
        splits.stream()
            .filter(PreTokenizer.Split.class::isInstance)
            .map(PreTokenizer.Split.class::cast)
            .filter(split -> split.behavior() == SplitBehavior.ISOLATED && !split.invert())
            .map(PreTokenizer.Split::pattern)
            .filter(StringPattern.Regex.class::isInstance)
            .map(pattern -> ((StringPattern.Regex) pattern).expression())
            .toList();
    return expressions.size() == splits.size() && KnownRegex.of(expressions).isPresent();
  }

  private static boolean leavesSpaces(AddedToken token) {
    String content = token.content();
    boolean hasSpace =
        content.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    return !hasSpace && !content.isEmpty() && !token.rstrip();
  }

  /** The last place among the first bytes of a text; 0 if there is none. */
  int last(byte[] utf8, int length) {
    for (int at = length - 2; at > 0; at--) {
      if (utf8[at] == ' ' && isLetter(utf8[at - 1]) && isLetter(utf8[at + 1])) {
        return at;
      }
    }
    return 0;
  }

  private static boolean isLetter(byte sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
  }
}
