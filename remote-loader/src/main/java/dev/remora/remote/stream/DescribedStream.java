package dev.remora.remote.stream;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.bundle.Fingerprint;
import dev.remora.proto.DescribedBundle.GetTokenizerChunk;
import dev.remora.proto.DescribedBundle.TokenizerFileChunk;
import dev.remora.proto.DescribedBundle.TokenizerFileDescriptor;
import dev.remora.proto.DescribedBundle.TokenizerMetadata;
import dev.remora.remote.archive.Compression;
import dev.remora.remote.archive.FormatDetector;
import dev.remora.remote.archive.PackedBundle;
import dev.remora.remote.archive.PackedBundle.Part;
import dev.remora.remote.archive.ReceivedBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The described dialect: metadata, then the numbered chunks of one archive or of files (rules A1 to
 * A6).
 */
final class DescribedStream implements BundleStream {
  private final StreamHash hash;
  private final FingerprintPolicy fingerprints;
  private final int maxEntries;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private @Nullable TokenizerMetadata metadata;
  private BundleFormat format = BundleFormat.ZIP;

  /** The part that is being received; null between files and after the last chunk. */
  private @Nullable Part open;

  private long nextIndex; // of the open part

  DescribedStream(StreamHash hash, FingerprintPolicy fingerprints, int maxEntries) {
    this.hash = hash;
    this.fingerprints = fingerprints;
    this.maxEntries = maxEntries;
  }

  @Override
  public void accept(byte[] message) {
    GetTokenizerChunk chunk = MessageParser.parse(Rule.A1, message, GetTokenizerChunk::parseFrom);
    switch (chunk.getChunkCase()) {
      case METADATA -> begin(chunk.getMetadata());
      case FILE_CHUNK -> append(chunk.getFileChunk());
      case CHUNK_NOT_SET ->
          throw new BundleException(Rule.A6, null, "a message holds neither metadata nor a chunk");
    }
  }

  private void begin(TokenizerMetadata received) {
    if (metadata != null) {
      throw new BundleException(Rule.A1, null, "duplicate metadata");
    }
    if (received.getFingerprint().isEmpty() && !fingerprints.mayBeMissing()) {
      throw new BundleException(Rule.C2, null, "the metadata holds no fingerprint");
    }
    metadata = received;
    format = FormatDetector.ofName(received.getBundleFormat());
  }

  @Override
  public Optional<String> announced() {
    return Optional.ofNullable(metadata).map(TokenizerMetadata::getFingerprint);
  }

  private void append(TokenizerFileChunk chunk) {
    if (metadata == null) {
      throw new BundleException(Rule.A1, null, "the first message is not metadata");
    }
    Part part = format == BundleFormat.FILES ? file(chunk) : archive(chunk);
    if (Integer.toUnsignedLong(chunk.getChunkIndex()) != nextIndex) {
      throw new BundleException(
          numberingRule(),
          part.name(),
          String.format(
              Locale.ROOT,
              "chunk_index %d where %d is next",
              Integer.toUnsignedLong(chunk.getChunkIndex()),
              nextIndex));
    }
    hash.append(chunk.getData(), part.data());
    nextIndex++;
    open = chunk.getIsLastChunk() ? null : part;
  }

  private Rule numberingRule() {
    return format == BundleFormat.FILES ? Rule.A3 : Rule.A2;
  }

  private Part archive(TokenizerFileChunk chunk) {
    if (parts.isEmpty()) {
      return start("the archive", chunk.getFileName(), Compression.NONE);
    }
    if (open == null) {
      throw new BundleException(Rule.A6, null, "a chunk follows the last chunk");
    }
    return open;
  }

  private Part file(TokenizerFileChunk chunk) {
    String name = chunk.getFileName();
    Part current = open;
    if (current == null) {
      if (parts.containsKey(name)) {
        throw new BundleException(Rule.A3, name, "a chunk follows the file's last chunk");
      }
      return start(name, name, Compression.named(chunk.getCompression(), name));
    }
    if (!current.name().equals(name)) {
      throw new BundleException(Rule.A3, name, "its chunk comes inside " + current.name());
    }
    // The first chunk names the compression of the file; later ones may leave it out.
    if (!chunk.getCompression().isEmpty()
        && Compression.named(chunk.getCompression(), name) != current.compression()) {
      throw new BundleException(Rule.A3, name, "the compression changes within the file");
    }
    return current;
  }

  private Part start(String name, String key, Compression compression) {
    if (parts.size() == maxEntries) {
      throw new LimitException(Rule.C1, "entries", maxEntries, parts.size() + 1L);
    }
    Part part = new Part(name, compression, new ReceivedBytes());
    parts.put(key, part);
    nextIndex = 0;
    return part;
  }

  @Override
  public BundleDialect dialect() {
    return BundleDialect.DESCRIBED;
  }

  @Override
  public PackedBundle finish() {
    if (metadata == null) {
      throw new BundleException(Rule.A1, null, "the stream ended before its metadata");
    }
    if (open != null || parts.isEmpty()) {
      throw new BundleException(
          Rule.A6,
          open == null ? null : open.name(),
          String.format(
              Locale.ROOT,
              "the stream ended before the last chunk, after %,d bytes",
              hash.bytes()));
    }
    if (format == BundleFormat.FILES) {
      checkRequiredFiles(metadata);
    }
    String announced = metadata.getFingerprint();
    Fingerprint fingerprint =
        fingerprints.verify(Rule.A4, announced.isEmpty() ? null : announced, hash.finish());
    String model = metadata.getModelIdentifier();
    return new PackedBundle(
        format, model.isEmpty() ? null : model, fingerprint, List.copyOf(parts.values()));
  }

  private void checkRequiredFiles(TokenizerMetadata metadata) {
    for (TokenizerFileDescriptor descriptor : metadata.getFilesList()) {
      if (!descriptor.getOptional() && !parts.containsKey(descriptor.getFileName())) {
        throw new BundleException(
            Rule.A3,
            descriptor.getFileName(),
            "the stream does not have this file, which it described");
      }
    }
  }
}
