package dev.remora.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Tar files block by block: every type of entry, and headers whose numbers lie under a checksum
 * that is right.
 */
final class FuzzTars {
  private static final int BLOCK = 512;
  private static final String TYPES = "\0" + "01234567LKxgXSDMNVA";
  private static final String[] PAX = {
    "path=tokenizer.json",
    "path=../x",
    "size=3",
    "size=-1",
    "size=9223372036854775807",
    "size=x",
    "linkpath=/etc",
    "mtime=1e999",
    "GNU.sparse.map=0,1,2",
    "GNU.sparse.major=1",
    "GNU.sparse.realsize=99999999999",
    "GNU.sparse.numblocks=2147483647",
    "SCHILY.devminor=x",
    "=",
    ""
  };

  private FuzzTars() {}

  static byte[] any(Random random) {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    int copies = random.nextInt(50) == 0 ? 300 : 1;
    for (int count = random.nextInt(6); count > 0; count--) {
      byte[] entry = entry(random);
      for (int copy = entry.length <= 4 * BLOCK ? copies : 1; copy > 0; copy--) {
        tar.writeBytes(entry);
      }
    }
    tar.writeBytes(new byte[BLOCK * random.nextInt(3)]);
    return tar.toByteArray();
  }

  private static byte[] entry(Random random) {
    char type = random.nextBoolean() ? '0' : TYPES.charAt(random.nextInt(TYPES.length()));
    byte[] content =
        switch (type) {
          case 'x', 'g', 'X' -> pax(random);
          case 'L', 'K' -> Archives.utf8(FuzzArchives.name(random) + "\0");
          default -> FuzzArchives.content(random);
        };
    byte[] header = new byte[BLOCK];
    put(header, 0, FuzzArchives.name(random), 100);
    put(header, 100, "0000644\0", 8);
    put(header, 124, "%011o\0".formatted(content.length), 12);
    put(header, 136, "00000000000\0", 12);
    header[156] = (byte) type;
    put(header, 257, random.nextInt(4) == 0 ? "ustar  \0" : "ustar\00000", 8);
    if (random.nextInt(3) == 0) {
      lie(header, random);
    }
    if (random.nextInt(16) > 0) {
      sum(header);
    }
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(header);
    entry.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
    return entry.toByteArray();
  }

  private static byte[] pax(Random random) {
    StringBuilder records = new StringBuilder();
    for (int count = random.nextInt(4); count >= 0; count--) {
      String record = " " + PAX[random.nextInt(PAX.length)] + "\n";
      int length = record.length() + (record.length() < 9 ? 1 : 2);
      records.append(random.nextInt(8) == 0 ? FuzzBytes.telling(random) : length).append(record);
    }
    return Archives.utf8(records.toString());
  }

  /** A number in octal, or in base 256, or none at all, in place of one of the header's. */
  private static void lie(byte[] header, Random random) {
    int[] fields = {100, 108, 116, 124, 136, 329, 337, 386, 398, 410, 422, 434, 482, 483};
    int field = random.nextInt(3) == 0 ? 124 : fields[random.nextInt(fields.length)];
    switch (random.nextInt(3)) {
      case 0 -> put(header, field, Long.toOctalString(FuzzBytes.telling(random)), 12);
      case 1 -> put(header, field, "99 x\u00FF", 8);
      default -> {
        header[field] = (byte) (random.nextBoolean() ? 0x80 : 0xFF);
        put(header, field + 4, "" + (char) random.nextInt(128) + (char) random.nextInt(128), 8);
      }
    }
  }

  private static void put(byte[] header, int at, String text, int most) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, Math.min(Math.min(most, bytes.length), BLOCK - at));
  }

  private static void sum(byte[] header) {
    put(header, 148, "        ", 8);
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum), 8);
  }
}
