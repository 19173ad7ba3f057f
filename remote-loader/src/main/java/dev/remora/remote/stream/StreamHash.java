package dev.remora.remote.stream;

import com.google.protobuf.ByteString;
import dev.remora.remote.archive.ByteBudget;
import dev.remora.remote.archive.ReceivedBytes;
import dev.remora.remote.archive.Sha256;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The running SHA-256 over all data of a stream, under its byte budget (rules A4, B1, C1). Not
 * thread-safe.
 */
public final class StreamHash {
  private final MessageDigest sha256 = Sha256.newDigest();
  private final ByteBudget budget;
  private long nanos;

  /**
   * @param maxBytes how many bytes of data the stream may carry
   */
  public StreamHash(long maxBytes) {
    this.budget = new ByteBudget("streamed bytes", maxBytes);
  }

  /** Counts, stores and hashes the data, in this order. */
  void append(ByteString data, ReceivedBytes target) {
    budget.take(data.size());
    long start = System.nanoTime();
    target.append(data, sha256);
    nanos += System.nanoTime() - start;
  }

  /** How many bytes of data there were so far. */
  public long bytes() {
    return budget.used();
  }

  /** How long hashing took so far. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  /** The SHA-256 of all data, in lower-case hex; called once, at the end. */
  String finish() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
