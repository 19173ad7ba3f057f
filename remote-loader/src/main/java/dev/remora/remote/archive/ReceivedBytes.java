package dev.remora.remote.archive;

import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes as they arrive, in segments of one size: chunks of any size cost their own length, and
 * growing copies nothing. Not thread-safe while it grows.
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
      if (at == 0) {
        segments.add(new byte[SEGMENT_SIZE]);
      }
      byte[] segment = segments.get(segments.size() - 1);
      int length = Math.min(SEGMENT_SIZE - at, data.size() - from);
      data.substring(from, from + length).copyTo(segment, at);
      sha256.update(segment, at, length);
      from += length;
      size += length;
    }
  }

  /** The first bytes, at most {@code length}. */
  byte[] head(int length) {
    byte[] head = new byte[(int) Math.min(length, size)];
    for (int i = 0; i < head.length; i++) {
      head[i] = segments.get(i / SEGMENT_SIZE)[i % SEGMENT_SIZE];
    }
    return head;
  }

  /** How often these four bytes occur, the first of them in the low bits and not 0. */
  int occurrences(int littleEndian) {
    int found = 0;
    int window = 0;
    long left = size;
    for (byte[] segment : segments) {
      int length = (int) Math.min(SEGMENT_SIZE, left);
      for (int at = 0; at < length; at++) {
        window = window >>> 8 | segment[at] << 24;
        found += window == littleEndian ? 1 : 0;
      }
      left -= length;
    }
    return found;
  }

  /** A stream from the first byte. */
  InputStream open() {
    return Channels.newInputStream(new View());
  }

  /** A read-only channel from the first byte. */
  SeekableByteChannel channel() {
    return new View();
  }

  @Override
  public String toString() {
    return size + " bytes";
  }

  /** A read-only view with a position of its own. Not thread-safe. */
  private final class View implements SeekableByteChannel {
    private long position;
    private boolean closed;

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
      checkOpen();
      if (position >= size) {
        return target.hasRemaining() ? -1 : 0;
      }
      int read = 0;
      while (target.hasRemaining() && position < size) {
        int at = (int) (position % SEGMENT_SIZE);
        int length =
            (int) Math.min(Math.min(SEGMENT_SIZE - at, size - position), target.remaining());
        target.put(segments.get((int) (position / SEGMENT_SIZE)), at, length);
        position += length;
        read += length;
      }
      return read;
    }

    @Override
    public long position() throws ClosedChannelException {
      checkOpen();
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
      checkOpen();
      if (newPosition < 0) {
        throw new IllegalArgumentException("position " + newPosition);
      }
      position = newPosition;
      return this;
    }

    @Override
    public long size() throws ClosedChannelException {
      checkOpen();
      return size;
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
      throw new NonWritableChannelException();
    }

    private void checkOpen() throws ClosedChannelException {
      if (closed) {
        throw new ClosedChannelException();
      }
    }
  }
}
