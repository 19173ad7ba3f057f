package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.forms.json.LenientJson;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one file of a bundle says by itself, as it is compared with another of its name.
 *
 * @param members its members, without vocabulary and merges
 * @param vocabulary its tokens by id; empty where it has none
 * @param scores their scores by id; none where it has none
 * @param merges its merges
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole, and large
public record FileContents(
    Map<String, @Nullable Object> members,
    Vocabulary vocabulary,
    double[] scores,
    MergeList merges) {
  /** The member that is a chat template, and the name of the whole of a file that is one. */
  public static final String TEMPLATE = "chat_template";

  /** The member that is the list of added tokens. */
  static final String ADDED_TOKENS = "added_tokens";

  private static final double[] NO_SCORES = {};
  private static final Vocabulary NO_TOKENS = Vocabulary.builder().build();

  /**
   * Reads a file.
   *
   * @param guard ends it early
   * @throws BundleException if it is broken, or of a kind that is not read
   * @throws dev.remora.LimitException if it is too large
   */
  public static FileContents of(String name, byte[] content, BuildGuard guard) {
    guard.check();
    if (name.equals(FileNames.TOKENIZER_JSON)) {
      return TokenizerJsonForm.contents(content, guard);
    }
    if (name.equals(FileNames.VOCABULARY)) {
      Vocabulary.Builder tokens = Vocabulary.builder();
      VocabularyAndMergesForm.readVocabulary(content, tokens, guard);
      return ofTokens(tokens.build());
    }
    if (name.equals(FileNames.MERGES)) {
      String merges = new String(content, StandardCharsets.UTF_8);
      return new FileContents(
          Map.of(), NO_TOKENS, NO_SCORES, VocabularyAndMergesForm.readMerges(merges, guard));
    }
    if (FileNames.isTemplate(name)) {
      return ofMembers(Map.of(TEMPLATE, new String(content, StandardCharsets.UTF_8)));
    }
    if (name.endsWith(".json")) {
      return ofMembers(LenientJson.object(name, content));
    }
    return RankFile.isOne(content)
        ? ofTokens(RankedTokens.vocabulary(RankFile.read(name, content, guard)))
        : sentencePiece(name, content, guard);
  }

  private static FileContents ofTokens(Vocabulary tokens) {
    return new FileContents(Map.of(), tokens, NO_SCORES, MergeList.NONE);
  }

  private static FileContents ofMembers(Map<String, @Nullable Object> members) {
    return new FileContents(members, NO_TOKENS, NO_SCORES, MergeList.NONE);
  }

  private static FileContents sentencePiece(String name, byte[] content, BuildGuard guard) {
    ModelProto model;
    try {
      model = SentencePieceReader.read(name, content, guard);
    } catch (IOException e) {
      throw new BundleException(Rule.C8, name, "it is not a SentencePiece model", e);
    }
    Vocabulary.Builder tokens = Vocabulary.builder();
    double[] scores = new double[model.getPiecesCount()];
    Map<String, @Nullable Object> types = new LinkedHashMap<>();
    for (int id = 0; id < scores.length; id++) {
      SentencePiece piece = model.getPieces(id);
      byte[] utf8 = piece.getPieceBytes().toByteArray();
      tokens.token(utf8, 0, utf8.length, id);
      scores[id] = piece.getScore();
      if (piece.getType() != SentencePiece.Type.NORMAL) {
        types.put(Integer.toString(id), piece.getType().name());
      }
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("type", types);
    members.put("model_type", model.getTrainerSpec().getModelType().name());
    members.put("unk_id", (long) model.getTrainerSpec().getUnkId());
    members.put("unk_piece", model.getTrainerSpec().getUnkPiece());
    members.put("normalizer", model.getNormalizerSpec().getName());
    members.put("add_dummy_prefix", model.getNormalizerSpec().getAddDummyPrefix());
    members.put("remove_extra_whitespaces", model.getNormalizerSpec().getRemoveExtraWhitespaces());
    members.put(
        "precompiled_charsmap",
        model.getNormalizerSpec().getPrecompiledCharsmap().toString(StandardCharsets.ISO_8859_1));
    return new FileContents(members, tokens.build(), scores, MergeList.NONE);
  }

  /** Members in which the added tokens of a tokenizer.json are found by their ids. */
  public static Map<String, @Nullable Object> byIds(Map<String, @Nullable Object> members) {
    Map<String, @Nullable Object> tokens = new LinkedHashMap<>();
    if (members.get(ADDED_TOKENS) instanceof List<?> list) {
      for (Object item : list) {
        if (!(item instanceof Map<?, ?> token)
            || tokens.put(String.valueOf(token.get("id")), token) != null) {
          return members;
        }
      }
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>(members);
    result.put(ADDED_TOKENS, tokens);
    return result;
  }

  @Override
  public String toString() {
    return members.keySet() + ", " + vocabulary.size() + " tokens, " + Arrays.hashCode(scores);
  }
}
