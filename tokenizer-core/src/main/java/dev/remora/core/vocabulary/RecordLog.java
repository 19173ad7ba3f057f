package dev.remora.core.vocabulary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records of a number and some bytes, one after the other in chunks. It grows without a copy of
 * what is there: what a first load of a JVM waits for is memory that is used for the first time. A
 * record of a token takes two or three bytes beside the token's own. Any thread may read it while
 * none adds to it.
 */
final class RecordLog {
  private static final int FIRST_CHUNK = 1 << 10;
  private static final int LARGEST_CHUNK = 1 << 16;
  private static final int HEADER = 10; // bytes that two numbers have at most

  private final List<byte[]> chunks = new ArrayList<>();
  private int[] ends = new int[4]; // of the records in each chunk
  private int count;
  private long bytes;

  /** How many records there are. */
  int count() {
    return count;
  }

  /** How many bytes all records have together. */
  long bytes() {
    return bytes;
  }

  /** Adds a record: a number from 0 on, and the bytes of two ranges, one after the other. */
  void add(
      int number,
      byte[] first,
      int firstFrom,
      int firstTo,
      byte[] second,
      int secondFrom,
      int secondTo) {
    int length = Math.addExact(firstTo - firstFrom, secondTo - secondFrom);
    byte[] chunk = chunkFor(length);
    int at = putNumber(length, chunk, putNumber(number, chunk, ends[chunks.size() - 1]));
    System.arraycopy(first, firstFrom, chunk, at, firstTo - firstFrom);
    at += firstTo - firstFrom;
    System.arraycopy(second, secondFrom, chunk, at, secondTo - secondFrom);
    ends[chunks.size() - 1] = at + secondTo - secondFrom;
    count++;
    bytes += length;
  }

  private byte[] chunkFor(int length) {
    int last = chunks.size() - 1;
    int needed = Math.addExact(length, HEADER);
    if (last >= 0 && chunks.get(last).length - ends[last] >= needed) {
      return chunks.get(last);
    }
    int next = last < 0 ? FIRST_CHUNK : Math.min(LARGEST_CHUNK, 4 * chunks.get(last).length);
    byte[] chunk = new byte[Math.max(next, needed)];
    chunks.add(chunk);
    if (chunks.size() > ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    return chunk;
  }

  /** Seven bits a byte, the lowest first; all bytes but the last are negative. */
  private static int putNumber(int number, byte[] chunk, int start) {
    int at = start;
    int rest = number;
    while (rest > 0x7F) {
      chunk[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    chunk[at++] = (byte) rest;
    return at;
  }

  /** A reader before the first record. */
  Reader reader() {
    return new Reader();
  }

  /** Goes over the records in their order. Not thread-safe. */
  final class Reader {
    private int chunksBegun;
    private int end;
    private byte[] utf8 = {};
    private int number;
    private int from;
    private int to;

    private Reader() {}

    /** Goes to the next record; false after the last. */
    boolean next() {
      if (to == end) {
        if (chunksBegun == chunks.size()) {
          return false;
        }
        utf8 = chunks.get(chunksBegun);
        end = ends[chunksBegun++];
        to = 0;
      }
      from = to;
      number = readNumber();
      int length = readNumber();
      to = from + length;
      return true;
    }

    private int readNumber() {
      int part = utf8[from++];
      int read = part & 0x7F;
      for (int shift = 7; part < 0; shift += 7) {
        part = utf8[from++];
        read |= (part & 0x7F) << shift;
      }
      return read;
    }

    /** The number of the record. */
    int number() {
      return number;
    }

    /** Holds the bytes of the record, from {@link #from} to {@link #to}; not to be changed. */
    byte[] bytes() {
      return utf8;
    }

    int from() {
      return from;
    }

    int to() {
      return to;
    }
  }
}
