package dev.remora.remote.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What the members of a gzip stream hold, one after the other. The header, CRC-32 and length of
 * each are checked; after the last there may be padding of zeros, and nothing else. (Java's own
 * reader needs a frame of the stack for every empty member, and ends without a word where a
 * member's header is broken.) Not thread-safe.
 */
final class GzipInput extends InputStream {
  private static final int MAGIC = 0x8B1F;
  private static final int DEFLATED = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream compressed;
  private final byte[] buffer = new byte[1 << 16];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 content = new CRC32();
  private final CRC32 header = new CRC32();
  private int at;
  private int end;
  private boolean inMember;
  private boolean anyMember;

  GzipInput(InputStream compressed) {
    this.compressed = compressed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    while (length > 0) {
      if (!inMember && !startMember()) {
        return -1;
      }
      int read = inflate(target, from, length);
      if (read > 0) {
        content.update(target, from, read);
        return read;
      }
      endMember();
    }
    return 0;
  }

  /** Inflates some bytes; 0 at the end of the member. */
  private int inflate(byte[] target, int from, int length) throws IOException {
    try {
      while (true) {
        int read = inflater.inflate(target, from, length);
        if (read > 0 || inflater.finished()) {
          return read;
        }
        if (inflater.needsDictionary()) {
          throw new ZipException("gzip has no dictionaries");
        }
        if (!fill()) {
          throw new EOFException("the gzip data ends within a member");
        }
        inflater.setInput(buffer, 0, end);
        at = end; // unless the member ends before
      }
    } catch (DataFormatException e) {
      throw new ZipException("broken deflate data: " + e.getMessage());
    }
  }

  /** Reads a member's header; false if there is no member any more. */
  private boolean startMember() throws IOException {
    if (anyMember && isAtEnd()) {
      return false;
    }
    header.reset();
    if (uint16() != MAGIC || uint8() != DEFLATED) {
      throw new ZipException(anyMember ? "there is data after the gzip data" : "this is not gzip");
    }
    int flags = uint8();
    skip(6); // time, level, system
    if ((flags & RESERVED) != 0) {
      throw new ZipException("a gzip header has unknown flags");
    }
    if ((flags & EXTRA) != 0) {
      skip(uint16());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0 && (header.getValue() & 0xFFFF) != uint16()) {
      throw new ZipException("a gzip header has another CRC than it says");
    }
    content.reset();
    inflater.reset();
    inflater.setInput(buffer, at, end - at);
    at = end; // unless the member ends before
    anyMember = true;
    inMember = true;
    return true;
  }

  /** Reads a member's end, and compares what it says. */
  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    if (uint32() != content.getValue()) {
      throw new ZipException("the content has another CRC-32 than its gzip data says");
    }
    if (uint32() != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw new ZipException("the content has another length than its gzip data says");
    }
    inMember = false;
  }

  /** Whether no member follows, but padding at most. */
  private boolean isAtEnd() throws IOException {
    if (hasMore() && buffer[at] != 0) {
      return false;
    }
    while (hasMore()) {
      if (buffer[at++] != 0) {
        throw new ZipException("there is data after the gzip data");
      }
    }
    return true;
  }

  private boolean hasMore() throws IOException {
    return at < end || fill();
  }

  private void skipText() throws IOException {
    int read = uint8();
    while (read != 0) {
      read = uint8();
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      uint8();
    }
  }

  private long uint32() throws IOException {
    return uint16() | (long) uint16() << 16;
  }

  private int uint16() throws IOException {
    return uint8() | uint8() << 8;
  }

  private int uint8() throws IOException {
    if (!hasMore()) {
      throw new EOFException("the gzip data ends within a header");
    }
    header.update(buffer[at]);
    return buffer[at++] & 0xFF;
  }

  /** Gets more of the compressed bytes; false if there are none. */
  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, compressed.read(buffer));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    compressed.close();
  }
}
