package dev.remora.server.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes a tar of regular files in memory, in the form of POSIX; names of over 100 bytes stand in
 * an extended header. Not thread-safe.
 */
public final class TarWriter {
  private static final int BLOCK = 512;
  private static final int MAX_NAME = 100;
  private static final int CHECKSUM = 148;
  private static final byte FILE = '0';
  private static final byte EXTENDED = 'x';

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final long modified;

  /**
   * An empty archive.
   *
   * @param modified the time of all files, of which the seconds count
   */
  public TarWriter(Instant modified) {
    this.modified = modified.getEpochSecond();
  }

  /** Adds a file of a name that was not added before. */
  public void add(String name, byte[] content) {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length > MAX_NAME) {
      entry("PaxHeader".getBytes(StandardCharsets.UTF_8), EXTENDED, pathRecord(path));
    }
    entry(path, FILE, content);
  }

  /** The whole archive, to which nothing can be added then. */
  public byte[] finish() {
    out.writeBytes(new byte[2 * BLOCK]);
    return out.toByteArray();
  }

  private void entry(byte[] path, byte type, byte[] content) {
    byte[] header = new byte[BLOCK];
    System.arraycopy(path, 0, header, 0, Math.min(path.length, MAX_NAME));
    octal(0644, header, 100, 8);
    octal(0, header, 108, 8); // owner
    octal(0, header, 116, 8); // group
    octal(content.length, header, 124, 12);
    octal(modified, header, 136, 12);
    header[156] = type;
    System.arraycopy("ustar\u000000".getBytes(StandardCharsets.UTF_8), 0, header, 257, 8);
    int sum = 8 * ' '; // what stands for the sum while it is taken
    for (byte value : header) {
      sum += value & 0xFF;
    }
    octal(sum, header, CHECKSUM, 7);
    header[CHECKSUM + 7] = ' ';
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  /** Digits that fill a field but for the zero byte at its end. */
  private static void octal(long value, byte[] header, int offset, int length) {
    long rest = value;
    for (int at = offset + length - 2; at >= offset; at--) {
      header[at] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
  }

  /** {@code LENGTH path=NAME}, where the length counts its own digits too. */
  private static byte[] pathRecord(byte[] path) {
    int rest = " path=".length() + path.length + 1;
    int length = rest + 1;
    while (length != rest + Integer.toString(length).length()) {
      length++;
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes((length + " path=").getBytes(StandardCharsets.UTF_8));
    record.writeBytes(path);
    record.write('\n');
    return record.toByteArray();
  }
}
