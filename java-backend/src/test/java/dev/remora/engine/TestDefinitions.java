package dev.remora.engine;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.forms.BundleForms;
import java.nio.charset.StandardCharsets;

/** Definitions of texts of a tokenizer.json. */
public final class TestDefinitions {
  private TestDefinitions() {}

  /** The definition of a tokenizer.json. */
  public static TokenizerDefinition of(String tokenizerJson) {
    return BundleForms.define(bundle(tokenizerJson).build());
  }

  /** The definition of a tokenizer.json with a tokenizer_config.json. */
  static TokenizerDefinition of(String tokenizerJson, String config) {
    byte[] utf8 = config.getBytes(StandardCharsets.UTF_8);
    return BundleForms.define(bundle(tokenizerJson).add("tokenizer_config.json", utf8).build());
  }

  private static TokenizerBundle.Builder bundle(String tokenizerJson) {
    byte[] utf8 = tokenizerJson.getBytes(StandardCharsets.UTF_8);
    return TokenizerBundle.builder(Fingerprint.local()).add("tokenizer.json", utf8);
  }

  /** Replaces a member of the outermost object. */
  public static String replaceMember(String json, String name, String value) {
    JsonObject members = JsonParser.parseString(json).getAsJsonObject();
    members.add(name, JsonParser.parseString(value));
    return members.toString();
  }
}
