package dev.remora.djl;

import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which models the native library may have. */
final class SafeModel {
  /** Bytes of a piece of Unigram: its trie is freed by recursion, which overflows the stack. */
  private static final int MAX_PIECE_BYTES = 1 << 10;

  /** Characters of the longest word that WordPiece splits, which takes up to their cube. */
  private static final int MAX_WORD = 256;

  /** Bytes of a prefix or suffix, which is copied for each part of a word that is looked up. */
  private static final int MAX_AFFIX = 32;

  private SafeModel() {}

  static Optional<String> refusal(TokenizerDefinition definition) {
    Model model = definition.model();
    if (model instanceof Model.Bpe bpe) {
      return refusal(bpe);
    }
    if (model instanceof Model.WordPiece wordPiece) {
      return refusal(wordPiece);
    }
    return model instanceof Model.Unigram unigram ? refusal(unigram, definition) : Optional.empty();
  }

  private static Optional<String> refusal(Model.WordPiece model) {
    if (model.maxInputCharsPerWord() > MAX_WORD) {
      return Optional.of("max_input_chars_per_word is above " + MAX_WORD);
    }
    return ofAffix(model.continuingSubwordPrefix());
  }

  private static Optional<String> ofAffix(String affix) {
    return affix.getBytes(StandardCharsets.UTF_8).length > MAX_AFFIX
        ? Optional.of("a prefix or suffix of the model has more than " + MAX_AFFIX + " bytes")
        : Optional.empty();
  }

  private static Optional<String> refusal(Model.Unigram model, TokenizerDefinition definition) {
    Integer unknown = model.unkId();
    if (unknown != null && (unknown < 0 || unknown >= model.scores().length)) {
      return Optional.of("unk_id is not the id of a piece");
    }
    if (Arrays.stream(model.scores()).anyMatch(score -> !Double.isFinite(score))) {
      return Optional.of("a score is not a number");
    }
    int[] longest = new int[1];
    definition
        .vocabulary()
        .forEachModelToken((utf8, from, to, id) -> longest[0] = Math.max(longest[0], to - from));
    return longest[0] > MAX_PIECE_BYTES
        ? Optional.of(String.format(Locale.ROOT, "a piece has %,d bytes", longest[0]))
        : Optional.empty();
  }

  private static Optional<String> refusal(Model.Bpe model) {
    Double dropout = model.dropout();
    if (dropout != null && dropout != 0) { // an encoding is computed more than once
      return Optional.of("with a dropout of " + dropout + " each encoding is another");
    }
    String prefix = model.continuingSubwordPrefix();
    if (prefix != null && !prefix.isEmpty() && cutsTooMuch(model, prefix)) {
      return Optional.of("a merge's right token is shorter than the continuing_subword_prefix");
    }
    String suffix = model.endOfWordSuffix();
    return ofAffix((prefix == null ? "" : prefix) + (suffix == null ? "" : suffix));
  }

  /** With a continuing_subword_prefix, BPE cuts its length off the right token of each merge. */
  private static boolean cutsTooMuch(Model.Bpe model, String prefix) {
    int cut = prefix.getBytes(StandardCharsets.UTF_8).length;
    boolean[] unsound = new boolean[1];
    model
        .merges()
        .forEach(
            (utf8, from, right, to) ->
                unsound[0] |=
                    to - right < cut
                        || (right + cut < to && Utf8.isContinuation(utf8[right + cut])));
    return unsound[0];
  }
}
