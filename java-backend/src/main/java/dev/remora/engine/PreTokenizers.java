package dev.remora.engine;

import dev.remora.engine.PreTokenizer.Prefixing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the pre-tokenizer of a definition.
 *
 * @param preTokenizer the pre-tokenizer
 * @param byteLevel whether it spells pre-tokens in the byte-level alphabet
 */
record PreTokenizers(PreTokenizer preTokenizer, boolean byteLevel) {
  private static final Map<List<String>, Scanner> KNOWN =
      Map.ofEntries(
          Map.entry(List.of(Gpt2Scanner.REGEX), new Gpt2Scanner()),
          Map.entry(List.of(Llama3Scanner.BY_THREE), new Llama3Scanner(3)),
          Map.entry(List.of(Llama3Scanner.ALONE), new Llama3Scanner(1)),
          Map.entry(List.of(O200kScanner.REGEX), O200kScanner.o200k()),
          Map.entry(List.of(O200kScanner.MISTRAL), O200kScanner.mistral()),
          Map.entry(List.of(O200kScanner.KIMI), O200kScanner.kimi()),
          Map.entry(DeepSeekScanner.REGEXES, new DeepSeekScanner()));

  private static final byte[] NOTHING = {};
  private static final byte[] SPACE = {' '};

  /**
   * Reads it.
   *
   * @param hasSpaces whether a normalized text may have spaces
   */
  static PreTokenizers read(Component component, boolean hasSpaces) throws Unsupported {
    List<Component> parts = component.flattened("pretokenizers");
    if (parts.isEmpty()) {
      return plain(new WholeScanner(), false);
    }
    for (Component part : parts) {
      if (!List.of("ByteLevel", "Metaspace", "Split").contains(part.type())) {
        throw part.unknown();
      }
    }
    Component first = parts.get(0);
    if (parts.size() == 1 && first.type().equals("ByteLevel")) {
      return byteLevel(first);
    }
    if (parts.size() == 1 && first.type().equals("Metaspace")) {
      return metaspace(first);
    }
    if (parts.size() == 1 && isSplitAtSpaces(first) && !hasSpaces) {
      return plain(new WholeScanner(), false);
    }
    int splits = parts.size() - 1;
    if (first.type().equals("Split") && parts.get(splits).type().equals("ByteLevel")) {
      return splits(parts.subList(0, splits), parts.get(splits));
    }
    throw first.because("is a sequence that is not known");
  }

  private static boolean isSplitAtSpaces(Component component) throws Unsupported {
    return component.type().equals("Split")
        && component.object("pattern").has("String")
        && component.object("pattern").string("String").equals(" ")
        && !component.flag("invert", false);
  }

  private static PreTokenizers plain(Scanner scanner, boolean byteLevel) {
    return new PreTokenizers(new PreTokenizer(scanner, null, Prefixing.NEVER, NOTHING), byteLevel);
  }

  private static PreTokenizers byteLevel(Component component) throws Unsupported {
    Scanner scanner = component.flag("use_regex", true) ? new Gpt2Scanner() : new WholeScanner();
    return component.flag("add_prefix_space")
        ? new PreTokenizers(new PreTokenizer(scanner, null, Prefixing.ALWAYS, SPACE), true)
        : plain(scanner, true);
  }

  private static PreTokenizers splits(List<Component> splits, Component byteLevel)
      throws Unsupported {
    if (byteLevel.flag("add_prefix_space") || byteLevel.flag("use_regex", true)) {
      throw byteLevel.because("does more than spell bytes behind a Split");
    }
    List<String> regexes = new ArrayList<>();
    for (Component split : splits) {
      regexes.add(regex(split, splits.size() == 1));
    }
    Scanner scanner = KNOWN.get(regexes);
    if (scanner == null) {
      throw splits.get(0).because("has a regex that is not known: " + String.join(", ", regexes));
    }
    return plain(scanner, true);
  }

  /**
   * The regex of a Split that isolates its matches; a regex that matches all may remove the rest.
   */
  private static String regex(Component split, boolean mayInvert) throws Unsupported {
    if (!split.type().equals("Split")) {
      throw split.because("stands between a Split and a ByteLevel");
    }
    boolean inverted = split.flag("invert", false);
    if (!split.string("behavior").equals(inverted ? "Removed" : "Isolated")
        || (inverted && !mayInvert)) {
      throw split.because("has the behavior " + split.string("behavior"));
    }
    return split.object("pattern").string("Regex");
  }

  private static PreTokenizers metaspace(Component component) throws Unsupported {
    byte[] marker = component.string("replacement").getBytes(StandardCharsets.UTF_8);
    if (marker.length == 0 || marker.length != Utf8.lengthOf(marker[0])) {
      throw component.because("replaces by more than one character");
    }
    if (component.has("add_prefix_space")) {
      throw component.because("is of the form before prepend_scheme");
    }
    Prefixing prefixing =
        switch (component.string("prepend_scheme")) {
          case "always" -> Prefixing.ALWAYS;
          case "first" -> Prefixing.FIRST;
          case "never" -> Prefixing.NEVER;
          default -> throw component.because("has an unknown prepend_scheme");
        };
    Scanner scanner =
        component.flag("split") ? new MarkerScanner(marker, true) : new WholeScanner();
    Normalizer.Step replacement = Normalizer.replace((byte) ' ', marker);
    return new PreTokenizers(new PreTokenizer(scanner, replacement, prefixing, marker), false);
  }
}
