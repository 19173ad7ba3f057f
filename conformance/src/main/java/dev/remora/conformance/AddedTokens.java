package dev.remora.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.remora.bundle.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The added tokens of a bundle's tokenizer.json, but that for what is unknown. */
final class AddedTokens {
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * Reads them.
   *
   * @throws com.google.gson.JsonParseException if it is no JSON
   */
  AddedTokens(Path bundle) throws IOException {
    String json = Files.readString(bundle.resolve(FileNames.TOKENIZER_JSON));
    JsonObject file = JsonParser.parseString(json).getAsJsonObject();
    for (JsonElement token : file.getAsJsonArray("added_tokens")) {
      JsonObject members = token.getAsJsonObject();
      ids.put(members.get("content").getAsString(), members.get("id").getAsInt());
    }
    JsonObject model = file.getAsJsonObject("model");
    if (model.has("unk_token") && !model.get("unk_token").isJsonNull()) {
      ids.remove(model.get("unk_token").getAsString());
    }
    if (model.has("unk_id") && !model.get("unk_id").isJsonNull()) {
      ids.values().remove(model.get("unk_id").getAsInt());
    }
  }

  /** Their ids by their spellings. */
  Map<String, Integer> bySpelling() {
    return ids;
  }

  /** Their ids. */
  Set<Integer> ids() {
    return new HashSet<>(ids.values());
  }
}
