package dev.remora.chat;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.FileNames;
import dev.remora.jinja.JinjaException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a bundle keeps its chat templates. */
final class TemplateSources {
  private final BundleInfo bundle;
  private final Map<String, @Nullable Object> config;

  TemplateSources(BundleInfo bundle) {
    this.bundle = bundle;
    this.config = object(FileNames.TOKENIZER_CONFIG);
  }

  /** Name to source; the one without a name is {@code default}. */
  Map<String, String> templates() {
    Map<String, String> templates = new LinkedHashMap<>();
    Object fromConfig = config.get("chat_template");
    Object fromJson = object(FileNames.CHAT_TEMPLATE_JSON).get("chat_template");
    String fromFile = text(FileNames.CHAT_TEMPLATE);
    if (fromFile != null) {
      templates.put(ChatTemplate.DEFAULT, fromFile);
    } else {
      addAll(fromJson != null ? fromJson : fromConfig, templates);
    }
    for (BundleFile file : bundle.files()) {
      String source = FileNames.isNamedTemplate(file.name()) ? text(file.name()) : null;
      if (source != null) {
        templates.put(FileNames.templateName(file.name()), source);
      }
    }
    return templates;
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
    } catch (JinjaException e) {
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
