package dev.remora.engine.encode;

import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.engine.bpe.KnownBytePairs;
import dev.remora.engine.piece.KnownPieces;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.word.WordModel;

/** Reads the model of a definition by the reader of its kind. */
public final class KnownModels {
  private KnownModels() {}

  /**
   * The register: a model that is known has its line here.
   *
   * @param byteLevel whether pre-tokens are spelled in the byte-level alphabet
   */
  public static Reading<WordModel.Plan> read(TokenizerDefinition definition, boolean byteLevel) {
    Model model = definition.model();
    if (model instanceof Model.Bpe bpe) {
      return KnownBytePairs.read(bpe, definition.vocabulary(), byteLevel);
    }
    if (byteLevel) {
      return Reading.unknown("the model is " + model.name() + ", after a byte-level pre-tokenizer");
    }
    if (model instanceof Model.WordPiece wordPiece) {
      return KnownPieces.read(wordPiece, definition.vocabulary());
    }
    if (model instanceof Model.WordLevel wordLevel) {
      return KnownPieces.read(wordLevel, definition.vocabulary());
    }
    return KnownPieces.read((Model.Unigram) model, definition.vocabulary());
  }
}
