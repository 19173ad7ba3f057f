package dev.remora.routing;

import com.dynatrace.hash4j.hashing.Hasher64;

/** Names blocks by their own ids. Of one thread at a time. */
final class LocalLinks implements BlockLinks {
  private final Hasher64 hasher;
  private final ByteSink sink = new ByteSink();

  LocalLinks(Hasher64 hasher) {
    this.hasher = hasher;
  }

  @Override
  public long next(int[] ids, int from, int to) {
    sink.clear().littleEndian(ids, from, to);
    return hasher.hashBytesToLong(sink.array(), 0, sink.count());
  }

  @Override
  public BlockLinks copy() {
    return new LocalLinks(hasher);
  }
}
