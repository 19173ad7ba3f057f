package dev.remora.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads the decoder of a definition. */
final class Decoders {
  private Decoders() {}

  static Decoder.Form read(Component component, boolean byteLevel) throws Unsupported {
    if (component.isAbsent()) {
      throw new Unsupported("there is no decoder");
    }
    Deque<Component> parts = new ArrayDeque<>(component.flattened("decoders"));
    if (byteLevel) {
      if (parts.size() != 1 || !parts.getFirst().type().equals("ByteLevel")) {
        throw component.because("is not ByteLevel as the pre-tokenizer is");
      }
      return new Decoder.Form(true, "", "", false, 0);
    }
    String marker = "";
    String replacement = "";
    if (isNext(parts, "Replace")) {
      Component replace = parts.removeFirst();
      marker = replace.object("pattern").string("String");
      replacement = replace.string("content");
      if (marker.isEmpty() || marker.chars().allMatch(sign -> sign < 0x80)) {
        throw replace.because("replaces ASCII characters"); // could change what stands for a byte
      }
    }
    if (bytes(replacement) > bytes(marker)) {
      throw component.because("replaces characters by more");
    }
    boolean byteFallback = isNext(parts, "ByteFallback");
    if (byteFallback) {
      parts.removeFirst();
    }
    boolean fuses = isNext(parts, "Fuse");
    if (fuses) {
      parts.removeFirst();
    }
    int strip = 0;
    if (fuses && isNext(parts, "Strip")) {
      Component strips = parts.removeFirst();
      strip = strips.count("start");
      if (!strips.string("content").equals(" ") || strips.count("stop") != 0) {
        throw strips.because("strips more than spaces in front");
      }
    }
    if (!parts.isEmpty()) {
      throw parts.getFirst().unknown();
    }
    return new Decoder.Form(false, marker, replacement, byteFallback, strip);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean isNext(Deque<Component> parts, String type) throws Unsupported {
    return !parts.isEmpty() && parts.getFirst().type().equals(type);
  }
}
