package dev.remora.forms.json;

import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.core.definition.PostProcessor.TokenId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the post-processor of a tokenizer.json. */
public final class PostProcessorReader {
  private PostProcessorReader() {}

  /** Reads a component that may be absent or null. */
  public static Optional<PostProcessor> readOptional(@Nullable JsonObject object) {
    return object == null ? Optional.empty() : Optional.of(read(object));
  }

  private static List<PostProcessor> readAll(List<JsonObject> objects) {
    List<PostProcessor> parts = new ArrayList<>(objects.size());
    for (JsonObject object : objects) {
      parts.add(read(object));
    }
    return parts;
  }

  public static PostProcessor read(JsonObject object) {
    return switch (object.string("type")) {
      case "Sequence" -> new PostProcessor.Sequence(readAll(object.objects("processors")));
      case "ByteLevel" -> new PostProcessor.ByteLevel(ComponentReaders.byteLevel(object));
      case "BertProcessing" ->
          new PostProcessor.Bert(tokenId(object, "sep"), tokenId(object, "cls"));
      case "RobertaProcessing" ->
          new PostProcessor.Roberta(
              tokenId(object, "sep"),
              tokenId(object, "cls"),
              object.flag("trim_offsets", true),
              object.flag("add_prefix_space", true));
      case "TemplateProcessing" -> template(object);
      default -> throw object.unknownType();
    };
  }

  private static TokenId tokenId(JsonObject object, String name) {
    List<?> pair = object.list(name);
    if (pair.size() == 2
        && pair.get(0) instanceof String content
        && pair.get(1) instanceof Long id
        && id >= 0
        && id <= Integer.MAX_VALUE) {
      return new TokenId(content, id.intValue());
    }
    throw object.broken(name, "a token and its id");
  }

  private static PostProcessor.Template template(JsonObject object) {
    Map<String, TemplateTokens> tokens = new LinkedHashMap<>();
    JsonObject special = object.object("special_tokens");
    for (String name : special.names()) {
      JsonObject token = special.object(name);
      List<Integer> ids = token.counts("ids");
      List<String> contents = token.strings("tokens");
      if (ids.size() != contents.size()) {
        throw special.broken(name, "as many tokens as ids");
      }
      tokens.put(name, new TemplateTokens(ids, contents));
    }
    return new PostProcessor.Template(pieces(object, "single"), pieces(object, "pair"), tokens);
  }

  private static List<TemplatePiece> pieces(JsonObject object, String name) {
    List<TemplatePiece> pieces = new ArrayList<>();
    for (JsonObject piece : object.objects(name)) {
      pieces.add(piece(piece));
    }
    return pieces;
  }

  private static TemplatePiece piece(JsonObject object) {
    if (object.has("SpecialToken")) {
      JsonObject token = object.object("SpecialToken");
      return new TemplatePiece.Special(token.string("id"), token.count("type_id"));
    }
    JsonObject sequence = object.object("Sequence");
    boolean second =
        switch (sequence.string("id")) {
          case "A" -> false;
          case "B" -> true;
          default -> throw sequence.broken("id", "A or B");
        };
    return new TemplatePiece.Text(second, sequence.count("type_id"));
  }
}
