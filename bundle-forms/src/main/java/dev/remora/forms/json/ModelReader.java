package dev.remora.forms.json;

import dev.remora.core.definition.Model;
import dev.remora.core.vocabulary.MergeList;
import org.jspecify.annotations.Nullable;

/** Reads the model of a tokenizer.json, whose vocabulary and merges were read before. */
public final class ModelReader {
  private ModelReader() {}

  /**
   * Reads the model; where it names no type, that is deduced from its members, as tokenizers does.
   *
   * @param object its members without vocab and merges
   * @param merges its merges; null where it has none
   * @param scores the scores of its tokens; null where it has none
   */
  public static Model read(
      JsonObject object, @Nullable MergeList merges, double @Nullable [] scores) {
    String type = object.has("type") ? object.string("type") : deduced(object, merges, scores);
    if (scores != null && !type.equals("Unigram")) {
      throw object.broken("vocab", "an object");
    }
    return switch (type) {
      case "BPE" -> bpe(object, merges);
      case "WordPiece" ->
          new Model.WordPiece(
              object.string("unk_token"),
              object.string("continuing_subword_prefix"),
              object.count("max_input_chars_per_word"));
      case "WordLevel" -> new Model.WordLevel(object.string("unk_token"));
      case "Unigram" -> {
        if (scores == null) {
          throw object.broken("vocab", "an array of tokens and scores");
        }
        Integer unkId = object.has("unk_id") ? object.count("unk_id") : null;
        yield new Model.Unigram(scores, unkId, object.flag("byte_fallback", false));
      }
      default -> throw object.unknownType();
    };
  }

  private static String deduced(
      JsonObject object, @Nullable MergeList merges, double @Nullable [] scores) {
    if (merges != null) {
      return "BPE";
    }
    if (scores != null) {
      return "Unigram";
    }
    return object.has("continuing_subword_prefix") ? "WordPiece" : "WordLevel";
  }

  private static Model bpe(JsonObject object, @Nullable MergeList merges) {
    if (merges == null) {
      throw object.broken("merges", "an array");
    }
    Object dropout = object.value("dropout");
    if (dropout != null && !(dropout instanceof Number)) {
      throw object.broken("dropout", "a number");
    }
    return new Model.Bpe(
        merges,
        dropout instanceof Number chance ? chance.doubleValue() : null,
        object.stringOrNull("unk_token"),
        object.stringOrNull("continuing_subword_prefix"),
        object.stringOrNull("end_of_word_suffix"),
        object.flag("fuse_unk", false),
        object.flag("byte_fallback", false),
        object.flag("ignore_merges", false));
  }
}
