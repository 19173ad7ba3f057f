package dev.remora.remote;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.proto.BareBundle.GetTokenizerChunk;
import java.util.List;

/** Dialect B: the pieces of one archive, and its SHA-256 on the last message (rules B1 to B3). */
final class BareStream implements BundleStream {
  private final StreamHash hash;
  private final LoadOptions options;
  private final Segments archive = new Segments();
  private String lastSha256 = "";
  private boolean shaSeen;

  BareStream(StreamHash hash, LoadOptions options) {
    this.hash = hash;
    this.options = options;
  }

  @Override
  public void accept(byte[] message) {
    GetTokenizerChunk chunk = BundleStream.parse(Rule.B1, message, GetTokenizerChunk::parseFrom);
    hash.append(chunk.getData(), archive);
    lastSha256 = chunk.getSha256(); // if several stand, the last counts
    shaSeen |= !lastSha256.isEmpty();
  }

  @Override
  public Received finish() {
    if (archive.size() == 0) {
      throw new BundleException(Rule.B3, null, "the stream carried no data");
    }
    if (lastSha256.isEmpty() && shaSeen) {
      throw new BundleException(
          Rule.B2, null, "sha256 stands on an early message, not on the last");
    }
    if (lastSha256.isEmpty() && !BundleStream.mayLackFingerprint(options)) {
      throw new BundleException(Rule.B2, null, "the stream ended without sha256");
    }
    Fingerprint fingerprint =
        BundleStream.verify(
            Rule.B2, lastSha256.isEmpty() ? null : lastSha256, hash.finish(), options);
    return new Received(
        "bare",
        BundleFormat.ofMagic(archive),
        null,
        fingerprint,
        List.of(new Part("the archive", Compression.NONE, archive)));
  }
}
