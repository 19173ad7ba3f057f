package dev.remora.forms.json;

import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.SplitBehavior;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the pre-tokenizer of a tokenizer.json. */
public final class PreTokenizerReader {
  private PreTokenizerReader() {}

  /** Reads a component that may be absent or null. */
  public static Optional<PreTokenizer> readOptional(@Nullable JsonObject object) {
    return object == null ? Optional.empty() : Optional.of(read(object));
  }

  private static List<PreTokenizer> readAll(List<JsonObject> objects) {
    List<PreTokenizer> parts = new ArrayList<>(objects.size());
    for (JsonObject object : objects) {
      parts.add(read(object));
    }
    return parts;
  }

  public static PreTokenizer read(JsonObject object) {
    return switch (object.string("type")) {
      case "Sequence" -> new PreTokenizer.Sequence(readAll(object.objects("pretokenizers")));
      case "ByteLevel" -> new PreTokenizer.ByteLevel(ComponentReaders.byteLevel(object));
      case "BertPreTokenizer" -> new PreTokenizer.Bert();
      case "Whitespace" -> new PreTokenizer.Whitespace();
      case "WhitespaceSplit" -> new PreTokenizer.WhitespaceSplit();
      case "UnicodeScripts" -> new PreTokenizer.UnicodeScripts();
      case "CharDelimiterSplit" ->
          new PreTokenizer.CharDelimiterSplit(object.character("delimiter"));
      case "Digits" -> new PreTokenizer.Digits(object.flag("individual_digits", false));
      case "Punctuation" ->
          new PreTokenizer.Punctuation(
              object.has("behavior") ? ComponentReaders.behavior(object) : SplitBehavior.ISOLATED);
      case "FixedLength" -> new PreTokenizer.FixedLength(object.count("length", 5));
      case "Metaspace" -> new PreTokenizer.MetaspaceSplit(ComponentReaders.metaspace(object));
      case "Split" ->
          new PreTokenizer.Split(
              ComponentReaders.pattern(object),
              ComponentReaders.behavior(object),
              object.flag("invert", false));
      default -> throw object.unknownType();
    };
  }
}
