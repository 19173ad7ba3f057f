package dev.remora.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the normalizer of a definition. */
final class Normalizers {
  private Normalizers() {}

  static Normalizer read(Component component) throws Unsupported {
    List<Normalizer.Step> steps = new ArrayList<>();
    for (Component part : component.flattened("normalizers")) {
      steps.add(
          switch (part.type()) {
            case "NFC" -> Normalizer.nfc();
            case "Prepend" -> Normalizer.prepend(bytes(part, "prepend"));
            case "Replace" -> replace(part);
            default -> throw part.unknown();
          });
    }
    return new Normalizer(steps);
  }

  /** Whether what this normalizer makes has no space: it replaces them last. */
  static boolean removesSpaces(Component component) throws Unsupported {
    List<Component> parts = component.flattened("normalizers");
    Component last = parts.isEmpty() ? component : parts.get(parts.size() - 1);
    return last.has("pattern")
        && last.object("pattern").has("String")
        && last.object("pattern").string("String").equals(" ")
        && !last.string("content").contains(" ");
  }

  private static Normalizer.Step replace(Component component) throws Unsupported {
    byte[] replaced = bytes(component.object("pattern"), "String");
    if (replaced.length != 1) {
      throw component.because("replaces more than one ASCII character");
    }
    return Normalizer.replace(replaced[0], bytes(component, "content"));
  }

  private static byte[] bytes(Component component, String name) throws Unsupported {
    String value = component.string(name);
    if (value.isEmpty()) {
      throw component.because("has nothing in " + name);
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
