package dev.remora.remote;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** The running SHA-256 over all data of a stream, under its byte budget (rules A4, B1, C1). */
final class StreamHash {
  private final MessageDigest sha256 = sha256();
  private final ByteBudget budget;
  private long nanos;

  StreamHash(long maxBytes) {
    this.budget = new ByteBudget("streamed bytes", maxBytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Counts, stores and hashes the data, in this order. */
  void append(ByteString data, Segments target) {
    budget.take(data.size());
    long start = System.nanoTime();
    target.append(data, sha256);
    nanos += System.nanoTime() - start;
  }

  long bytes() {
    return budget.used();
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  /** The SHA-256 of all data, in lower-case hex; called once, at the end. */
  String finish() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
