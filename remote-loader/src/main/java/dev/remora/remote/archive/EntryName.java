package dev.remora.remote.archive;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which names an entry of a bundle may have (rule C3). Nothing is written to disk, but names are
 * what a tokenizer is built from.
 */
final class EntryName {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

  private EntryName() {}

  /**
   * The name without the {@code ./} that tar puts before it.
   *
   * @throws BundleException if the name is absolute or empty, or holds a {@code ..} segment, a
   *     drive letter, a backslash or a control character
   */
  static String checked(String name) {
    String plain = name;
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    String problem = problem(plain);
    if (problem != null) {
      throw new BundleException(Rule.C3, Printable.of(name, Printable.NAME), problem);
    }
    return plain;
  }

  /**
   * A name as an archive has it.
   *
   * @throws BundleException if it is not UTF-8
   */
  static String decoded(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      String shown = Printable.of(new String(utf8, StandardCharsets.UTF_8), Printable.NAME);
      throw new BundleException(Rule.C3, shown, "the name is not UTF-8", e);
    }
  }

  private static @Nullable String problem(String name) {
    if (name.isEmpty() || name.equals(".")) {
      return "the name is empty";
    }
    if (name.startsWith("/")) {
      return "the name is absolute";
    }
    if (DRIVE.matcher(name).matches()) {
      return "the name has a drive letter";
    }
    if (name.indexOf('\\') >= 0) {
      return "the name has a backslash";
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return "the name has a control character";
    }
    for (String segment : name.split("/", -1)) {
      if (segment.equals("..")) {
        return "the name has a .. segment";
      }
    }
    return null;
  }
}
