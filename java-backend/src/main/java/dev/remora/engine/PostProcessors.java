package dev.remora.engine;

import java.util.ArrayList;
import java.util.List;

/** Reads the post-processor of a definition. */
final class PostProcessors {
  private PostProcessors() {}

  static PostProcessor read(Component component) throws Unsupported {
    List<PostProcessor.Trim> trims = new ArrayList<>();
    List<PostProcessor.Template> templates = new ArrayList<>();
    for (Component part : component.flattened("processors")) {
      switch (part.type()) {
        case "ByteLevel" -> {
          if (part.flag("trim_offsets") && !templates.isEmpty()) {
            throw part.because("trims offsets behind a template");
          }
          if (part.flag("trim_offsets")) {
            trims.add(new PostProcessor.Trim(part.flag("add_prefix_space")));
          }
        }
        case "TemplateProcessing" -> templates.add(template(part));
        default -> throw part.unknown();
      }
    }
    return new PostProcessor(trims, templates);
  }

  private static PostProcessor.Template template(Component component) throws Unsupported {
    PostProcessor.Template template =
        new PostProcessor.Template(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int texts = 0;
    for (Component piece : component.objects("single")) {
      if (piece.has("Sequence")) {
        texts += piece.object("Sequence").string("id").equals("A") ? 1 : 2;
        continue;
      }
      String id = piece.object("SpecialToken").string("id");
      Component token = component.object("special_tokens").object(id);
      (texts == 0 ? template.idsBefore() : template.idsBehind()).addAll(ids(token));
      (texts == 0 ? template.tokensBefore() : template.tokensBehind()).addAll(tokens(token));
    }
    if (texts != 1) {
      throw component.because("has a template without exactly one text");
    }
    return template;
  }

  private static List<Integer> ids(Component token) throws Unsupported {
    List<Integer> ids = new ArrayList<>();
    for (Object id : token.list("ids")) {
      if (!(id instanceof Long value) || value < 0 || value > Integer.MAX_VALUE) {
        throw token.because("has something else in ids");
      }
      ids.add(value.intValue());
    }
    return ids;
  }

  private static List<String> tokens(Component token) throws Unsupported {
    List<String> tokens = new ArrayList<>();
    for (Object value : token.list("tokens")) {
      tokens.add(String.valueOf(value));
    }
    if (tokens.size() != token.list("ids").size()) {
      throw token.because("has not as many tokens as ids");
    }
    return tokens;
  }
}
