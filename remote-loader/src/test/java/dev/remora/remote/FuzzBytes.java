package dev.remora.remote;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Changes of bytes that any format must stand. */
final class FuzzBytes {
  /** Lengths and counts at which readers go wrong. */
  private static final long[] TELLING = {
    0,
    1,
    -1,
    0x7F,
    0x80,
    0xFF,
    512,
    0x7FFF,
    0xFFFF,
    1 << 20,
    1 << 24,
    Integer.MAX_VALUE,
    1L << 31,
    0xFFFF_FFFFL,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private FuzzBytes() {}

  static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutant = bytes;
    for (int change = random.nextInt(4); change >= 0; change--) {
      mutant = changed(mutant, random);
    }
    return mutant;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int end = at + random.nextInt(bytes.length - at + 1);
    int near = Math.min(bytes.length, at + random.nextInt(9));
    return switch (random.nextInt(8)) {
      case 0 -> flipped(bytes, random);
      case 1 -> replaced(bytes, at, near, random(random.nextInt(16), random)); // another byte
      case 2 -> overwritten(bytes, at, 1 << random.nextInt(4), random);
      case 3 -> Arrays.copyOf(bytes, at); // cut off
      case 4 -> replaced(bytes, at, near, new byte[0]);
      case 5 -> replaced(bytes, at, end, new byte[0]);
      case 6 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end)); // twice
      default -> { // spliced
        int to = random.nextInt(bytes.length + 1);
        yield replaced(bytes, to, to, Arrays.copyOfRange(bytes, at, end));
      }
    };
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] mutant = bytes.clone();
    for (int bit = bytes.length == 0 ? 0 : 1 + random.nextInt(3); bit > 0; bit--) {
      mutant[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return mutant;
  }

  /** A number that tells, in either order of bytes, in place of {@code width} bytes. */
  static byte[] overwritten(byte[] bytes, int at, int width, Random random) {
    byte[] mutant = bytes.clone();
    long value = telling(random);
    boolean littleEndian = random.nextInt(4) > 0;
    for (int i = 0; i < width && at + i < mutant.length; i++) {
      mutant[at + i] = (byte) (value >>> (8 * (littleEndian ? i : width - 1 - i)));
    }
    return mutant;
  }

  /** A number at or near a bound of some type. */
  static long telling(Random random) {
    return TELLING[random.nextInt(TELLING.length)] + random.nextInt(3) - 1;
  }

  static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    ByteArrayOutputStream mutant = new ByteArrayOutputStream();
    mutant.write(bytes, 0, from);
    mutant.writeBytes(by);
    mutant.write(bytes, to, bytes.length - to);
    return mutant.toByteArray();
  }

  private static byte[] random(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
