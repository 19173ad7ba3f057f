package dev.remora.forms;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.SpecialTokens;
import dev.remora.forms.Components.TemplateToken;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a SentencePiece tokenizer.model into a tokenizer.json as transformers does: by Llama's
 * rules for Llama's class and where there is no tokenizer_config.json, by the common rules for a
 * Unigram model of no class.
 */
final class SentencePieceFile {
  static final String FILE = "tokenizer.model";

  /** Recovering the merges of a piece costs the square of its length. */
  private static final int LONGEST_PIECE = 1024;

  private static final Set<SentencePiece.Type> TOKEN_TYPES =
      Set.of(SentencePiece.Type.CONTROL, SentencePiece.Type.USER_DEFINED);

  private final ModelProto model;
  private final BundleConfigs configs;
  private final SentencePieceRules rules;
  private final List<String> pieces = new ArrayList<>();
  private final List<Float> scores = new ArrayList<>();

  private SentencePieceFile(ModelProto model, BundleConfigs configs) {
    this.model = model;
    this.configs = configs;
    this.rules = SentencePieceRules.of(model, configs);
    for (SentencePiece piece : model.getPiecesList()) {
      int id = pieces.size();
      if (piece.getPiece().length() > LONGEST_PIECE) {
        throw new BundleException(
            Rule.C8, FILE, "piece %,d has more than %,d characters".formatted(id, LONGEST_PIECE));
      }
      ConfiguredToken added = configs.addedTokens().get(id);
      boolean renamed = rules.isLlama() && id < 3;
      pieces.add(renamed && added != null ? added.content() : piece.getPiece());
      scores.add(renamed ? 0 : piece.getScore());
    }
  }

  /**
   * The tokenizer.json.
   *
   * @throws BundleException if the file is no SentencePiece model or not of a supported kind
   */
  static byte[] toTokenizerJson(byte[] file, BundleConfigs configs) {
    try {
      return new SentencePieceFile(ModelProto.parseFrom(file), configs).write();
    } catch (InvalidProtocolBufferException e) {
      throw new BundleException(
          Rule.C8, FILE, "it is neither a SentencePiece model nor a tiktoken rank file", e);
    }
  }

  private byte[] write() {
    if (rules.isLlama()) {
      configs.defaultRole(SpecialTokens.UNK, ConfiguredToken.special("<unk>"));
      configs.defaultRole(SpecialTokens.BOS, ConfiguredToken.special("<s>"));
      configs.defaultRole(SpecialTokens.EOS, ConfiguredToken.special("</s>"));
    }
    Map<String, @Nullable Object> components = rules.components();
    components.put("post_processor", postProcessor());
    AssembledJson json = new AssembledJson(components, addedTokens());
    if (model.getTrainerSpec().getModelType() == ModelType.BPE) {
      writeBpe(json);
    } else {
      writeUnigram(json);
    }
    return json.end();
  }

  private void writeBpe(AssembledJson json) {
    json.model(
            Components.object(
                "BPE",
                "dropout",
                null,
                "unk_token",
                model.getTrainerSpec().getUnkPiece(),
                "continuing_subword_prefix",
                null,
                "end_of_word_suffix",
                null,
                "fuse_unk",
                true,
                "byte_fallback",
                rules.isLlama(),
                "ignore_merges",
                false))
        .beginVocabulary();
    for (int id = 0; id < pieces.size(); id++) {
      json.token(pieces.get(id), id);
    }
    json.beginMerges();
    SentencePieceMerges.write(json, pieces, scores);
  }

  private void writeUnigram(AssembledJson json) {
    json.model(
            Components.object(
                "Unigram",
                "unk_id",
                rules.isLlama() ? 0 : model.getTrainerSpec().getUnkId(),
                "byte_fallback",
                rules.isLlama()))
        .beginScoredVocabulary();
    for (int id = 0; id < pieces.size(); id++) {
      json.scored(pieces.get(id), scores.get(id));
    }
  }

  /** Control pieces are special, user-defined ones are not; the configs' flags win. */
  private List<ConfiguredToken> addedTokens() {
    Map<String, ConfiguredToken> configured = new LinkedHashMap<>();
    configs.addedTokens().values().forEach(token -> configured.put(token.content(), token));
    configs.roles().values().forEach(token -> configured.put(token.content(), token));
    List<ConfiguredToken> added = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      ConfiguredToken token = configured.remove(pieces.get(id));
      if (token != null) {
        added.add(token);
      } else if (TOKEN_TYPES.contains(model.getPieces(id).getType())) {
        boolean control = model.getPieces(id).getType() == SentencePiece.Type.CONTROL;
        added.add(new ConfiguredToken(pieces.get(id), false, false, false, false, control));
      }
    }
    added.addAll(configured.values());
    return added;
  }

  private @Nullable Object postProcessor() {
    TemplateToken bos =
        configs.flag("add_bos_token").orElse(rules.isLlama())
            ? templateToken(SpecialTokens.BOS)
            : null;
    TemplateToken eos =
        configs.flag("add_eos_token").orElse(false) ? templateToken(SpecialTokens.EOS) : null;
    return bos == null && eos == null ? null : Components.template(bos, eos);
  }

  private @Nullable TemplateToken templateToken(String role) {
    ConfiguredToken token = configs.roles().get(role);
    int id = token == null ? -1 : pieces.lastIndexOf(token.content());
    return token == null || id < 0 ? null : new TemplateToken(token.content(), id);
  }
}
