package dev.remora.forms.json;

import dev.remora.core.definition.Decoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the decoder of a tokenizer.json. */
public final class DecoderReader {
  private DecoderReader() {}

  /** Reads a component that may be absent or null. */
  public static Optional<Decoder> readOptional(@Nullable JsonObject object) {
    return object == null ? Optional.empty() : Optional.of(read(object));
  }

  private static List<Decoder> readAll(List<JsonObject> objects) {
    List<Decoder> parts = new ArrayList<>(objects.size());
    for (JsonObject object : objects) {
      parts.add(read(object));
    }
    return parts;
  }

  public static Decoder read(JsonObject object) {
    return switch (object.string("type")) {
      case "Sequence" -> new Decoder.Sequence(readAll(object.objects("decoders")));
      case "ByteLevel" -> new Decoder.ByteLevel(ComponentReaders.byteLevel(object));
      case "ByteFallback" -> new Decoder.ByteFallback();
      case "Fuse" -> new Decoder.Fuse();
      case "Metaspace" -> new Decoder.MetaspaceDecoder(ComponentReaders.metaspace(object));
      case "WordPiece" ->
          new Decoder.WordPiece(object.string("prefix"), object.flag("cleanup", true));
      case "BPEDecoder" -> new Decoder.Bpe(object.string("suffix"));
      case "Replace" ->
          new Decoder.Replace(ComponentReaders.pattern(object), object.string("content"));
      case "Strip" ->
          new Decoder.Strip(
              object.character("content"), object.count("start"), object.count("stop"));
      case "CTC" ->
          new Decoder.Ctc(
              object.string("pad_token"),
              object.string("word_delimiter_token"),
              object.flag("cleanup", true));
      default -> throw object.unknownType();
    };
  }
}
