package dev.remora.forms.json;

import dev.remora.core.definition.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the normalizer of a tokenizer.json. */
public final class NormalizerReader {
  private NormalizerReader() {}

  /** Reads a component that may be absent or null. */
  public static Optional<Normalizer> readOptional(@Nullable JsonObject object) {
    return object == null ? Optional.empty() : Optional.of(read(object));
  }

  private static List<Normalizer> readAll(List<JsonObject> objects) {
    List<Normalizer> parts = new ArrayList<>(objects.size());
    for (JsonObject object : objects) {
      parts.add(read(object));
    }
    return parts;
  }

  public static Normalizer read(JsonObject object) {
    return switch (object.string("type")) {
      case "Sequence" -> new Normalizer.Sequence(readAll(object.objects("normalizers")));
      case "NFC" -> new Normalizer.Nfc();
      case "NFD" -> new Normalizer.Nfd();
      case "NFKC" -> new Normalizer.Nfkc();
      case "NFKD" -> new Normalizer.Nfkd();
      case "Lowercase" -> new Normalizer.Lowercase();
      case "StripAccents" -> new Normalizer.StripAccents();
      case "Nmt" -> new Normalizer.Nmt();
      case "ByteLevel" -> new Normalizer.ByteLevel();
      case "Strip" ->
          new Normalizer.Strip(object.flag("strip_left", true), object.flag("strip_right", true));
      case "Prepend" -> new Normalizer.Prepend(object.string("prepend"));
      case "Replace" ->
          new Normalizer.Replace(ComponentReaders.pattern(object), object.string("content"));
      case "BertNormalizer" ->
          new Normalizer.Bert(
              object.flag("clean_text", true),
              object.flag("handle_chinese_chars", true),
              object.flagOrNull("strip_accents"),
              object.flag("lowercase", true));
      case "Precompiled" -> new Normalizer.Precompiled(object.string("precompiled_charsmap"));
      default -> throw object.unknownType();
    };
  }
}
