package dev.remora.chat;

import com.google.gson.JsonParseException;
import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.BundleInfo;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a bundle keeps its chat templates. */
final class TemplateSources {
  private static final String CONFIG = "tokenizer_config.json";
  private static final String FOLDER = "additional_chat_templates/";
  private static final String SUFFIX = ".jinja";

  private final BundleInfo bundle;
  private final Map<String, @Nullable Object> config;

  TemplateSources(BundleInfo bundle) {
    this.bundle = bundle;
    this.config = object(CONFIG);
  }

  /** Name to source; the one without a name is {@code default}. */
  Map<String, String> templates() {
    Map<String, String> templates = new LinkedHashMap<>();
    Object fromConfig = config.get("chat_template");
    Object fromJson = object("chat_template.json").get("chat_template");
    String fromFile = text("chat_template.jinja");
    if (fromFile != null) {
      templates.put(ChatTemplate.DEFAULT, fromFile);
    } else {
      addAll(fromJson != null ? fromJson : fromConfig, templates);
    }
    for (BundleFile file : bundle.files()) {
      String source = isAdditional(file.name()) ? text(file.name()) : null;
      if (source != null) {
        int end = file.name().length() - SUFFIX.length();
        templates.put(file.name().substring(FOLDER.length(), end), source);
      }
    }
    return templates;
  }

  private static boolean isAdditional(String name) {
    return name.startsWith(FOLDER) && name.endsWith(SUFFIX);
  }

  private static void addAll(@Nullable Object template, Map<String, String> into) {
    if (template instanceof String source) {
      into.put(ChatTemplate.DEFAULT, source);
    } else if (template instanceof List<?> list) {
      for (Object item : list) {
        Map<String, @Nullable Object> named = PlainJson.members(item);
        if (named.get("name") instanceof String name
            && named.get("template") instanceof String source) {
          into.put(name, source);
        }
      }
    } else {
      PlainJson.members(template)
          .forEach(
              (name, source) -> {
                if (source instanceof String text) {
                  into.put(name, text);
                }
              });
    }
  }

  private Map<String, @Nullable Object> object(String file) {
    String text = text(file);
    try {
      return text == null ? Map.of() : PlainJson.members(PlainJson.parse(text));
    } catch (JsonParseException e) {
      throw new BundleException(Rule.C8, file, "no JSON: " + e.getMessage(), e);
    }
  }

  private @Nullable String text(String file) {
    return bundle
        .content(file)
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .orElse(null);
  }
}
