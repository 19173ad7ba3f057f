package dev.remora.routing;

import com.dynatrace.hash4j.hashing.Hasher64;

/** Names blocks by the name before and their own ids. Of one thread at a time. */
final class RollingLinks implements BlockLinks {
  private final Hasher64 hasher;
  private final LocalLinks local;
  private final ByteSink sink = new ByteSink();
  private boolean isFirst;
  private long parent;

  /** Begins at the first block, whose name is its local one. */
  RollingLinks(Hasher64 hasher) {
    this(hasher, true, 0);
  }

  /** Begins after a block. */
  RollingLinks(Hasher64 hasher, long parent) {
    this(hasher, false, parent);
  }

  private RollingLinks(Hasher64 hasher, boolean isFirst, long parent) {
    this.hasher = hasher;
    this.local = new LocalLinks(hasher);
    this.isFirst = isFirst;
    this.parent = parent;
  }

  @Override
  public long next(int[] ids, int from, int to) {
    long own = local.next(ids, from, to);
    if (isFirst) {
      isFirst = false;
      parent = own;
    } else {
      sink.clear().littleEndian(parent).littleEndian(own);
      parent = hasher.hashBytesToLong(sink.array(), 0, sink.count());
    }
    return parent;
  }

  @Override
  public BlockLinks copy() {
    return new RollingLinks(hasher, isFirst, parent);
  }
}
