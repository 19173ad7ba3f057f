package dev.remora.remote.cache;

import dev.remora.bundle.BundleFile;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.remote.archive.Sha256;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a stored bundle is, as lines of text: of each file the length, the SHA-256 and the name,
 * where a {@code +} says that its content is there too. The last line is the SHA-256 of the others,
 * so that a changed bit shows wherever it is.
 *
 * @param model the model's name as the worker gave it
 * @param wire the SHA-256 of the bytes as they were sent, where it was verified
 */
record Manifest(Optional<String> model, Optional<String> wire, List<Entry> entries) {
  private static final String FORMAT = "remora-bundle 1";

  /**
   * A file.
   *
   * @param isKept whether its content is stored
   */
  record Entry(BundleFile file, boolean isKept) {}

  static Manifest of(TokenizerBundle bundle) {
    return new Manifest(
        bundle.modelIdentifier(),
        bundle.fingerprint().verifiedSha256(),
        bundle.files().stream()
            .map(file -> new Entry(file, bundle.hasContent(file.name())))
            .toList());
  }

  ContentDigest digest() {
    return ContentDigest.of(entries.stream().map(Entry::file).toList());
  }

  String text() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append("model ").append(model.map(Manifest::encoded).orElse("")).append('\n');
    text.append("wire ").append(wire.orElse("")).append('\n');
    for (Entry entry : entries) {
      text.append(entry.isKept() ? "+ " : "- ")
          .append(entry.file().length())
          .append(' ')
          .append(entry.file().sha256())
          .append(' ')
          .append(encoded(entry.file().name()))
          .append('\n');
    }
    return text + Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8)) + "\n";
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @return empty if it is anything else
   */
  static Optional<Manifest> read(String text) {
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    String lines = text.substring(0, last);
    String sum = Sha256.hex(lines.getBytes(StandardCharsets.UTF_8)) + "\n";
    if (!lines.startsWith(FORMAT + "\n") || !text.substring(last).equals(sum)) {
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>();
    String[] each = lines.split("\n", -1);
    for (int line = 3; line < each.length - 1; line++) {
      String[] parts = each[line].split(" ", -1);
      BundleFile file = new BundleFile(decoded(parts[3]), Long.parseLong(parts[1]), parts[2]);
      entries.add(new Entry(file, parts[0].equals("+")));
    }
    return Optional.of(
        new Manifest(
            member(each[1]).map(Manifest::decoded), member(each[2]), List.copyOf(entries)));
  }

  private static Optional<String> member(String line) {
    String value = line.substring(line.indexOf(' ') + 1);
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static String decoded(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }
}
