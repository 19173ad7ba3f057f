package dev.remora.forms;

import com.google.protobuf.CodedInputStream;
import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.NormalizerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec;
import java.io.IOException;
import java.util.Locale;

/**
 * Parses a SentencePiece model, and passes over what is not read of it: a parser of protobuf keeps
 * unknown fields, which take many times the memory of the file.
 */
final class SentencePieceReader {
  /** The largest of real models have 256,000. */
  private static final int MAX_PIECES = 1 << 19;

  private final String name;
  private final CodedInputStream in;
  private final BuildGuard guard;
  private final ModelProto.Builder model = ModelProto.newBuilder();

  private SentencePieceReader(String name, byte[] file, BuildGuard guard) {
    this.name = name;
    this.in = CodedInputStream.newInstance(file);
    this.guard = guard;
  }

  /**
   * Parses the file.
   *
   * @param name of the file, for messages
   * @param guard ends it early
   * @throws IOException if it is not protobuf
   * @throws BundleException if a piece is empty
   * @throws LimitException if it has more than 524,288 pieces
   */
  static ModelProto read(String name, byte[] file, BuildGuard guard) throws IOException {
    SentencePieceReader reader = new SentencePieceReader(name, file, guard);
    reader.readFields(reader::readModel);
    return reader.model.build();
  }

  private interface FieldReader {
    /** Reads the field of this tag, or passes over it. */
    void read(int tag) throws IOException;
  }

  private void readFields(FieldReader reader) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      reader.read(tag);
    }
  }

  private void readMessage(FieldReader reader) throws IOException {
    int before = in.pushLimit(in.readRawVarint32());
    readFields(reader);
    in.checkLastTagWas(0);
    in.popLimit(before);
  }

  private static int text(int field) {
    return field << 3 | 2;
  }

  private static int number(int field) {
    return field << 3;
  }

  private void readModel(int tag) throws IOException {
    if (tag == text(ModelProto.PIECES_FIELD_NUMBER)) {
      readPiece();
    } else if (tag == text(ModelProto.TRAINER_SPEC_FIELD_NUMBER)) {
      readMessage(this::readTrainer);
    } else if (tag == text(ModelProto.NORMALIZER_SPEC_FIELD_NUMBER)) {
      readMessage(this::readNormalizer);
    } else {
      in.skipField(tag);
    }
  }

  private void readPiece() throws IOException {
    int id = model.getPiecesCount();
    guard.check(id);
    if (id == MAX_PIECES) {
      throw new LimitException(Rule.C8, "pieces of the SentencePiece model", MAX_PIECES, id + 1L);
    }
    SentencePiece.Builder piece = SentencePiece.newBuilder();
    readMessage(field -> readPiece(piece, field));
    if (piece.getPieceBytes().isEmpty()) {
      throw new BundleException(
          Rule.C8, name, String.format(Locale.ROOT, "piece %,d is empty", id));
    }
    model.addPieces(piece.build());
  }

  private void readPiece(SentencePiece.Builder piece, int tag) throws IOException {
    if (tag == text(SentencePiece.PIECE_FIELD_NUMBER)) {
      piece.setPieceBytes(in.readBytes());
    } else if (tag == (SentencePiece.SCORE_FIELD_NUMBER << 3 | 5)) {
      piece.setScore(in.readFloat());
    } else if (tag == number(SentencePiece.TYPE_FIELD_NUMBER)) {
      SentencePiece.Type type = SentencePiece.Type.forNumber(in.readEnum());
      if (type != null) {
        piece.setType(type);
      }
    } else {
      in.skipField(tag);
    }
  }

  private void readTrainer(int tag) throws IOException {
    TrainerSpec.Builder spec = model.getTrainerSpecBuilder();
    if (tag == number(TrainerSpec.MODEL_TYPE_FIELD_NUMBER)) {
      TrainerSpec.ModelType type = TrainerSpec.ModelType.forNumber(in.readEnum());
      if (type != null) {
        spec.setModelType(type);
      }
    } else if (tag == number(TrainerSpec.TREAT_WHITESPACE_AS_SUFFIX_FIELD_NUMBER)) {
      spec.setTreatWhitespaceAsSuffix(in.readBool());
    } else if (tag == number(TrainerSpec.BYTE_FALLBACK_FIELD_NUMBER)) {
      spec.setByteFallback(in.readBool());
    } else if (tag == number(TrainerSpec.UNK_ID_FIELD_NUMBER)) {
      spec.setUnkId(in.readInt32());
    } else if (tag == number(TrainerSpec.BOS_ID_FIELD_NUMBER)) {
      spec.setBosId(in.readInt32());
    } else if (tag == number(TrainerSpec.EOS_ID_FIELD_NUMBER)) {
      spec.setEosId(in.readInt32());
    } else if (tag == number(TrainerSpec.PAD_ID_FIELD_NUMBER)) {
      spec.setPadId(in.readInt32());
    } else if (tag == text(TrainerSpec.UNK_PIECE_FIELD_NUMBER)) {
      spec.setUnkPieceBytes(in.readBytes());
    } else {
      in.skipField(tag);
    }
  }

  private void readNormalizer(int tag) throws IOException {
    NormalizerSpec.Builder spec = model.getNormalizerSpecBuilder();
    if (tag == text(NormalizerSpec.NAME_FIELD_NUMBER)) {
      spec.setNameBytes(in.readBytes());
    } else if (tag == text(NormalizerSpec.PRECOMPILED_CHARSMAP_FIELD_NUMBER)) {
      spec.setPrecompiledCharsmap(in.readBytes());
    } else if (tag == number(NormalizerSpec.ADD_DUMMY_PREFIX_FIELD_NUMBER)) {
      spec.setAddDummyPrefix(in.readBool());
    } else if (tag == number(NormalizerSpec.REMOVE_EXTRA_WHITESPACES_FIELD_NUMBER)) {
      spec.setRemoveExtraWhitespaces(in.readBool());
    } else if (tag == number(NormalizerSpec.ESCAPE_WHITESPACES_FIELD_NUMBER)) {
      spec.setEscapeWhitespaces(in.readBool());
    } else {
      in.skipField(tag);
    }
  }
}
