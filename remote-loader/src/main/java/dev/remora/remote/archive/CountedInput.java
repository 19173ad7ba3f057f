package dev.remora.remote.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read or skipped, before the reader gets to keep it. Not thread-safe. */
abstract class CountedInput extends FilterInputStream {
  CountedInput(InputStream in) {
    super(in);
  }

  /** Is told of so many more bytes; what it throws ends the reading. */
  abstract void count(long bytes);

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int read = super.read(target, from, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    count(skipped);
    return skipped;
  }
}
