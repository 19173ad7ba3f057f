package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.core.definition.Model;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.forms.SentencePieceRules.Piece;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a SentencePiece model, by the rules of its class or of its own spec. */
final class SentencePieceForm {
  /** Recovering the merges of a piece costs the square of its length. */
  private static final int MAX_PIECE_LENGTH = 1024;

  private static final Set<SentencePiece.Type> TOKEN_TYPES =
      Set.of(SentencePiece.Type.CONTROL, SentencePiece.Type.USER_DEFINED);

  private final String file;
  private final SentencePieceRules rules;
  private final List<Piece> pieces; // by id
  private final List<byte[]> texts = new ArrayList<>(); // of the pieces, in UTF-8
  private final Vocabulary vocabulary;
  private final BuildGuard guard;

  private SentencePieceForm(
      String file, ModelProto model, TokenizerConfigs configs, BuildGuard guard) {
    this.file = file;
    this.guard = guard;
    this.rules = SentencePieceClasses.of(file, model, configs);
    this.pieces = rules.pieces();
    Vocabulary.Builder builder = Vocabulary.builder();
    for (Piece piece : pieces) {
      int id = texts.size();
      guard.check(id);
      if (piece.text().length() > MAX_PIECE_LENGTH) {
        throw new BundleException(
            Rule.C8,
            file,
            String.format(
                Locale.ROOT, "piece %,d has more than %,d characters", id, MAX_PIECE_LENGTH));
      }
      byte[] utf8 = piece.text().getBytes(StandardCharsets.UTF_8);
      texts.add(utf8);
      builder.token(utf8, 0, utf8.length, id);
    }
    this.vocabulary = builder.build();
  }

  /**
   * Reads the file.
   *
   * @param name of the file
   * @param guard ends it early
   * @throws BundleException if it is not a SentencePiece model, or not of a supported kind
   */
  static AssembledForm read(String name, byte[] file, TokenizerConfigs configs, BuildGuard guard) {
    try {
      ModelProto model = SentencePieceReader.read(name, file, guard);
      SentencePieceForm form = new SentencePieceForm(name, model, configs, guard);
      return new AssembledForm(form.parts(), form.configs());
    } catch (IOException e) {
      throw new BundleException(
          Rule.C8, name, "it is neither a SentencePiece model nor a tiktoken rank file", e);
    }
  }

  private TokenizerConfigs configs() {
    return rules.configs();
  }

  private FormParts parts() {
    return new FormParts(
        rules.normalizer(),
        rules.preTokenizer(),
        model(),
        vocabulary,
        pieces.size(),
        rules.postProcessor(new RoleTokens(file, configs().tokens(), vocabulary)),
        Optional.of(rules.decoder()),
        addedTokens(),
        Optional.empty());
  }

  private Model model() {
    if (rules.model().getTrainerSpec().getModelType() == ModelType.UNIGRAM) {
      return new Model.Unigram(scores(), rules.unkId(), rules.byteFallback());
    }
    return new Model.Bpe(
        SentencePieceMerges.recover(vocabulary, texts, scores(), guard),
        null,
        rules.model().getTrainerSpec().getUnkPiece(),
        null,
        null,
        true,
        rules.byteFallback(),
        false);
  }

  private double[] scores() {
    return pieces.stream()
        .mapToDouble(piece -> rules.isOfTexts(piece.type()) ? piece.score() : Model.Unigram.NEVER)
        .toArray();
  }

  /** Control pieces are special, user-defined ones mostly not; the configs' flags win. */
  private List<ConfiguredToken> addedTokens() {
    Map<String, ConfiguredToken> configured = new LinkedHashMap<>();
    configs().tokens().added().values().forEach(token -> configured.put(token.content(), token));
    configs().tokens().roles().values().forEach(token -> configured.put(token.content(), token));
    List<ConfiguredToken> added = new ArrayList<>();
    for (Piece piece : pieces) {
      ConfiguredToken token = configured.remove(piece.text());
      if (token != null) {
        added.add(token);
      } else if (TOKEN_TYPES.contains(piece.type())) {
        boolean special =
            piece.type() == SentencePiece.Type.CONTROL || rules.isSpecial(piece.text());
        added.add(new ConfiguredToken(piece.text(), false, false, false, false, special));
      }
    }
    added.addAll(configured.values());
    added.replaceAll(rules::flagged);
    return added;
  }
}
