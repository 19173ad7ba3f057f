package dev.remora.forms;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** T5Tokenizer: the sentinels after the model's pieces, EOS after a text. */
final class T5Rules extends SentencePieceRules {
  private static final String SENTINELS = "extra_ids";
  private static final int DEFAULT_SENTINELS = 100;
  private static final int MAX_SENTINELS = 1 << 12; // real ones have up to 300

  T5Rules(Source source) {
    super(source, Map.of(SpecialTokens.EOS, EOS, SpecialTokens.UNK, UNK, SpecialTokens.PAD, PAD));
    require(ModelType.UNIGRAM);
  }

  /** The sentinels' numbers fall, as the first of them is the last piece. */
  @Override
  List<Piece> pieces() {
    List<Piece> pieces = modelPieces(0);
    Set<String> texts = new HashSet<>();
    pieces.forEach(piece -> texts.add(piece.text()));
    for (int number = sentinels() - 1; number >= 0; number--) {
      String sentinel = "<extra_id_" + number + ">";
      if (texts.add(sentinel)) {
        pieces.add(Piece.control(sentinel));
      }
    }
    return pieces;
  }

  private int sentinels() {
    Object configured = configs().tokenizer().get(SENTINELS);
    if (!(configured instanceof Long count)) {
      return DEFAULT_SENTINELS;
    }
    if (count < 0 || count > MAX_SENTINELS) {
      throw refusal(SENTINELS + " of its class is not from 0 to " + MAX_SENTINELS);
    }
    return count.intValue();
  }

  @Override
  Optional<Normalizer> normalizer() {
    return sequence(precompiled());
  }

  @Override
  Optional<PreTokenizer> preTokenizer() {
    return Optional.of(markedWords(PrependScheme.ALWAYS));
  }

  @Override
  Decoder decoder() {
    return new Decoder.MetaspaceDecoder(marks(PrependScheme.ALWAYS));
  }

  @Override
  Optional<PostProcessor> postProcessor(RoleTokens tokens) {
    return Optional.of(CommonParts.template("A eos_token", "A eos_token B eos_token", tokens));
  }
}
