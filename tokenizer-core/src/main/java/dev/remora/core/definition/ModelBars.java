package dev.remora.core.definition;

import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ids of added tokens that the model itself might give for ordinary text, as they are in its
 * vocabulary too: a Unigram model of T5 gives {@code </s>} for its spelling. The token for what is
 * unknown is none of them. Where BPE's own merges make a token that is not special, such as Gemma's
 * two line breaks, that token is text.
 *
 * @param ids those that the model has to be barred from giving; not to be changed
 * @param problem why it cannot be barred, if it cannot
 */
public record ModelBars(BitSet ids, Optional<String> problem) {
  /** The bars of a definition. */
  public static ModelBars of(TokenizerDefinition definition) {
    Vocabulary vocabulary = definition.vocabulary();
    Map<String, AddedToken> inModel = new HashMap<>();
    for (AddedToken token : definition.addedTokens()) {
      byte[] utf8 = token.content().getBytes(StandardCharsets.UTF_8);
      if (vocabulary.isModelToken(token.id(), utf8, 0, utf8.length)) {
        inModel.put(token.content(), token);
      }
    }
    Model model = definition.model();
    inModel.remove(unknown(model, vocabulary));
    BitSet ids = new BitSet();
    inModel.values().forEach(token -> ids.set(token.id()));
    return model instanceof Model.Bpe bpe && !inModel.isEmpty()
        ? ofMerges(bpe, vocabulary, inModel, ids)
        : new ModelBars(ids, Optional.empty());
  }

  /** The id that the model gives for what is unknown; empty if it has none. */
  public static Optional<Integer> unknownId(TokenizerDefinition definition) {
    String token = unknown(definition.model(), definition.vocabulary());
    if (token == null) {
      return Optional.empty();
    }
    byte[] utf8 = utf8(token);
    int id = definition.vocabulary().modelIdOf(utf8, 0, utf8.length);
    return id < 0 ? Optional.empty() : Optional.of(id);
  }

  private static @Nullable String unknown(Model model, Vocabulary vocabulary) {
    if (model instanceof Model.Bpe bpe) {
      return bpe.unkToken();
    }
    if (model instanceof Model.WordPiece wordPiece) {
      return wordPiece.unkToken();
    }
    if (model instanceof Model.WordLevel wordLevel) {
      return wordLevel.unkToken();
    }
    Integer id = ((Model.Unigram) model).unkId();
    return id == null ? null : vocabulary.tokenOf(id).orElse(null);
  }

  /** Merges cannot be barred; what is no merge's result comes only where no merge is needed. */
  private static ModelBars ofMerges(
      Model.Bpe bpe, Vocabulary vocabulary, Map<String, AddedToken> inModel, BitSet ids) {
    Products products = new Products(vocabulary, bpe.continuingSubwordPrefix());
    inModel.values().forEach(products::add);
    if (!products.tokens.isEmpty()) {
      bpe.merges().forEach(products::merge);
    }
    BitSet made = products.made;
    Optional<String> problem =
        inModel.values().stream()
            .filter(token -> token.special() && made.get(token.id()))
            .map(token -> "the model's own merges make the special token " + token.id())
            .findFirst();
    ids.andNot(made);
    return new ModelBars(bpe.ignoreMerges() ? ids : new BitSet(), problem);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Finds which of some tokens merges make; one of a single character needs none. */
  private static final class Products {
    private final Vocabulary vocabulary;
    private final byte[] prefix; // which the right part of a merge may lose
    private final Map<String, AddedToken> tokens = new HashMap<>(); // that merges may make
    private final BitSet lengths = new BitSet(); // of them in UTF-8
    private final BitSet ends = new BitSet(); // their first and last bytes
    private final BitSet made = new BitSet();

    private Products(Vocabulary vocabulary, @Nullable String prefix) {
      this.vocabulary = vocabulary;
      this.prefix = utf8(prefix == null ? "" : prefix);
    }

    private void add(AddedToken token) {
      String content = token.content();
      byte[] utf8 = utf8(content);
      if (content.codePointCount(0, content.length()) == 1) {
        made.set(token.id());
      } else if (mayBeMade(utf8)) {
        tokens.put(content, token);
        lengths.set(utf8.length);
        ends.set(ends(utf8));
      }
    }

    /** Whether it can be cut into two tokens; if not, no merge has to be looked at. */
    private boolean mayBeMade(byte[] utf8) {
      byte[] right = Arrays.copyOf(prefix, prefix.length + utf8.length);
      for (int cut = 0; cut <= utf8.length; cut++) {
        if (vocabulary.modelIdOf(utf8, 0, cut) >= 0) {
          int end = prefix.length + utf8.length - cut;
          System.arraycopy(utf8, cut, right, prefix.length, utf8.length - cut);
          if (vocabulary.modelIdOf(right, 0, end) >= 0
              || vocabulary.modelIdOf(utf8, cut, utf8.length) >= 0) {
            return true;
          }
        }
      }
      return false;
    }

    private static int ends(byte[] utf8) {
      return utf8.length == 0 ? 0 : (utf8[0] & 0xFF) << 8 | (utf8[utf8.length - 1] & 0xFF);
    }

    private void merge(byte[] utf8, int from, int middle, int to) {
      make(utf8, from, middle, middle, to);
      if (prefix.length > 0 && prefix.length <= to - middle) {
        make(utf8, from, middle, middle + prefix.length, to);
      }
    }

    /** Of hundreds of thousands of merges hardly one gets past the length and the ends. */
    private void make(byte[] utf8, int from, int leftTo, int rightFrom, int to) {
      int left = leftTo - from;
      int length = left + to - rightFrom;
      if (!lengths.get(length)) {
        return;
      }
      byte[] joined = Arrays.copyOfRange(utf8, from, from + length);
      System.arraycopy(utf8, rightFrom, joined, left, length - left);
      if (ends.get(ends(joined))) {
        AddedToken token = tokens.get(new String(joined, StandardCharsets.UTF_8));
        if (token != null) {
          made.set(token.id());
        }
      }
    }
  }
}
