package dev.remora.remote.archive;

import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Bytes as they arrive, in segments of one size, of which the first grows to it: chunks of any size
 * cost their own length, and so do many short files. Not thread-safe while it grows.
 */
public final class ReceivedBytes {
  private static final int SEGMENT_SIZE = 1 << 18;

  private final List<byte[]> segments = new ArrayList<>();
  private long size;

  /** How many bytes there are. */
  public long size() {
    return size;
  }

  /** Appends the data and hashes it. */
  public void append(ByteString data, MessageDigest sha256) {
    int from = 0;
    while (from < data.size()) {
      int at = (int) (size % SEGMENT_SIZE);
      int length = Math.min(SEGMENT_SIZE - at, data.size() - from);
      byte[] segment = segment(at, length);
      data.substring(from, from + length).copyTo(segment, at);
      sha256.update(segment, at, length);
      from += length;
      size += length;
    }
  }

  /** The last segment, with room for so much more. */
  private byte[] segment(int used, int more) {
    int last = segments.size() - 1;
    if (used == 0) {
      segments.add(new byte[last < 0 ? more : SEGMENT_SIZE]); // many files are short
    } else if (segments.get(last).length < used + more) {
      int grown = Math.min(SEGMENT_SIZE, Math.max(used + more, 2 * used));
      segments.set(last, Arrays.copyOf(segments.get(last), grown));
    }
    return segments.get(segments.size() - 1);
  }

  /** The first bytes, at most {@code length}. */
  byte[] head(int length) {
    return bytes(0, (int) Math.min(length, size));
  }

  /** The bytes of a range, which must be one of these. */
  byte[] bytes(long from, int length) {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      done += copy(from + done, bytes, done, length - done);
    }
    return bytes;
  }

  /** Copies what one segment has of a range; how much that was. */
  private int copy(long from, byte[] target, int at, int length) {
    int start = (int) (from % SEGMENT_SIZE);
    int copied = Math.min(SEGMENT_SIZE - start, length);
    System.arraycopy(segments.get((int) (from / SEGMENT_SIZE)), start, target, at, copied);
    return copied;
  }

  /** A stream from the first byte. */
  InputStream open() {
    return open(0, size);
  }

  /** A stream over a range, which must be one of these bytes. */
  InputStream open(long from, long length) {
    return new Range(from, Math.addExact(from, length));
  }

  @Override
  public String toString() {
    return size + " bytes";
  }

  /** Not thread-safe. */
  private final class Range extends InputStream {
    private final long end;
    private long position;

    Range(long start, long end) {
      this.position = start;
      this.end = Objects.checkIndex(end, size + 1);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) {
      if (length == 0) {
        return 0;
      }
      if (position == end) {
        return -1;
      }
      int read = copy(position, target, from, (int) Math.min(length, end - position));
      position += read;
      return read;
    }
  }
}
