package dev.remora.remote.archive;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header block of a tar entry, whose checksum is right.
 *
 * @param name with the prefix that POSIX puts before it
 * @param type what the entry is: the letter of the format
 * @param size how many bytes follow, without padding
 */
record TarHeader(String name, char type, long size) {
  static final int BLOCK = 512;

  private static final int NAME_LENGTH = 100;
  private static final int SIZE = 124;
  private static final int SUM = 148;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;

  /** What POSIX writes; GNU writes a space, and has no prefix. */
  private static final byte[] POSIX = {'u', 's', 't', 'a', 'r', 0};

  boolean isRegular() {
    return type == 0 || type == '0' || type == '7';
  }

  boolean isDirectory() {
    return type == '5';
  }

  /**
   * Reads a block.
   *
   * @throws BundleException if its checksum is wrong, or its numbers are none
   */
  static TarHeader of(byte[] block) {
    String shown =
        Printable.of(
            new String(text(block, 0, NAME_LENGTH), StandardCharsets.UTF_8), Printable.NAME);
    long sum = octal(block, SUM, 8);
    if (sum != sum(block, 0xFF) && sum != sum(block, -1)) { // old ones added signed bytes
      throw new BundleException(Rule.C3, shown, "its tar header has another checksum than it says");
    }
    long size = (block[SIZE] & 0x80) == 0 ? octal(block, SIZE, 12) : base256(block, SIZE, 12);
    if (size < 0) {
      throw new BundleException(Rule.C3, shown, "its tar header has no length");
    }
    String name = EntryName.decoded(text(block, 0, NAME_LENGTH));
    boolean posix = Arrays.equals(block, MAGIC, MAGIC + POSIX.length, POSIX, 0, POSIX.length);
    if (posix && block[PREFIX] != 0) {
      name = EntryName.decoded(text(block, PREFIX, PREFIX_LENGTH)) + "/" + name;
    }
    return new TarHeader(name, (char) (block[TYPE] & 0xFF), size);
  }

  private static long sum(byte[] block, int mask) {
    long sum = 8 * ' '; // the checksum itself
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= SUM && i < SUM + 8 ? 0 : block[i] & mask;
    }
    return sum;
  }

  /** The bytes before the first zero. */
  static byte[] text(byte[] bytes, int from, int most) {
    int end = from;
    while (end < from + most && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(bytes, from, end);
  }

  /** Octal digits, with spaces before and spaces or zeros after; -1 if it is something else. */
  private static long octal(byte[] block, int from, int length) {
    String digits = new String(text(block, from, length), StandardCharsets.ISO_8859_1).strip();
    return digits.isEmpty()
        ? 0
        : digits.chars().allMatch(c -> c >= '0' && c <= '7') ? Long.parseLong(digits, 8) : -1;
  }

  /** A binary number whose first bit only marks it; -1 if it is negative or too large. */
  private static long base256(byte[] block, int from, int length) {
    long number = block[from] & 0x7F;
    for (int i = from + 1; i < from + length; i++) {
      if (number >= 1L << 55) {
        return -1;
      }
      number = number << 8 | (block[i] & 0xFF);
    }
    return number;
  }
}
