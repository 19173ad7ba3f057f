package dev.remora.bpe;

import dev.remora.bpe.PreTokenizer.Prefixing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Reads the pre-tokenizer of a definition.
 *
 * @param preTokenizer the pre-tokenizer
 * @param byteLevel whether it spells pre-tokens in the byte-level alphabet
 */
record PreTokenizers(PreTokenizer preTokenizer, boolean byteLevel) {
  private static final Map<String, Scanner> KNOWN =
      Map.of(
          Gpt2Scanner.REGEX,
          new Gpt2Scanner(),
          Llama3Scanner.BY_THREE,
          new Llama3Scanner(3),
          Llama3Scanner.ALONE,
          new Llama3Scanner(1),
          O200kScanner.REGEX,
          O200kScanner.o200k(),
          O200kScanner.MISTRAL,
          O200kScanner.mistral(),
          O200kScanner.KIMI,
          O200kScanner.kimi());

  private static final byte[] NOTHING = {};
  private static final byte[] SPACE = {' '};

  static PreTokenizers read(Component component) throws Unsupported {
    List<Component> parts = component.flattened("pretokenizers");
    if (parts.isEmpty()) {
      return plain(new WholeScanner(), false);
    }
    Component first = parts.get(0);
    if (parts.size() == 1 && first.type().equals("ByteLevel")) {
      return byteLevel(first);
    }
    if (parts.size() == 1 && first.type().equals("Metaspace")) {
      return metaspace(first);
    }
    if (parts.size() == 2
        && first.type().equals("Split")
        && parts.get(1).type().equals("ByteLevel")) {
      return split(first, parts.get(1));
    }
    for (Component part : parts) {
      if (!List.of("ByteLevel", "Metaspace", "Split").contains(part.type())) {
        throw part.unknown();
      }
    }
    throw first.because("is a sequence that is not known");
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

  private static PreTokenizers split(Component split, Component byteLevel) throws Unsupported {
    if (byteLevel.flag("add_prefix_space") || byteLevel.flag("use_regex", true)) {
      throw byteLevel.because("does more than spell bytes behind a Split");
    }
    boolean inverted = split.flag("invert", false);
    if (!split.string("behavior").equals(inverted ? "Removed" : "Isolated")) {
      throw split.because("has the behavior " + split.string("behavior"));
    }
    String regex = split.object("pattern").string("Regex");
    Scanner scanner = KNOWN.get(regex);
    if (scanner == null) {
      throw split.because("has a regex that is not known: " + regex);
    }
    return plain(scanner, true);
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
