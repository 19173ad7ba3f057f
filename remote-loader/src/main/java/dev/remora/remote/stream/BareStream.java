package dev.remora.remote.stream;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.Fingerprint;
import dev.remora.proto.BareBundle.GetTokenizerChunk;
import dev.remora.remote.archive.Compression;
import dev.remora.remote.archive.FormatDetector;
import dev.remora.remote.archive.PackedBundle;
import dev.remora.remote.archive.ReceivedBytes;
import java.util.List;

/**
 * The bare dialect: pieces of one archive, and its SHA-256 in the last message (rules B1 to B3).
 */
final class BareStream implements BundleStream {
  private final StreamHash hash;
  private final FingerprintPolicy fingerprints;
  private final ReceivedBytes archive = new ReceivedBytes();
  private String lastSha256 = "";
  private boolean shaSeen;

  BareStream(StreamHash hash, FingerprintPolicy fingerprints) {
    this.hash = hash;
    this.fingerprints = fingerprints;
  }

  @Override
  public void accept(byte[] message) {
    GetTokenizerChunk chunk = MessageParser.parse(Rule.B1, message, GetTokenizerChunk::parseFrom);
    hash.append(chunk.getData(), archive);
    lastSha256 = chunk.getSha256(); // of several the last counts
    shaSeen |= !lastSha256.isEmpty();
  }

  @Override
  public BundleDialect dialect() {
    return BundleDialect.BARE;
  }

  @Override
  public PackedBundle finish() {
    if (archive.size() == 0) {
      throw new BundleException(Rule.B3, null, "the stream carried no data");
    }
    if (lastSha256.isEmpty() && shaSeen) {
      throw new BundleException(Rule.B2, null, "sha256 is in an early message, not in the last");
    }
    if (lastSha256.isEmpty() && !fingerprints.mayBeMissing()) {
      throw new BundleException(Rule.B2, null, "the stream ended without sha256");
    }
    Fingerprint fingerprint =
        fingerprints.verify(Rule.B2, lastSha256.isEmpty() ? null : lastSha256, hash.finish());
    return new PackedBundle(
        FormatDetector.ofFirstBytes(archive),
        null,
        fingerprint,
        List.of(new PackedBundle.Part("the archive", Compression.NONE, archive)));
  }
}
