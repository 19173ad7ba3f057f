package dev.remora.remote;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.forms.TinyTokenizers;
import dev.remora.proto.BareBundle;
import dev.remora.proto.DescribedBundle;
import dev.remora.remote.stream.DialectDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Streams of both dialects, their messages changed, dropped, repeated, swapped and mixed. */
final class FuzzStreams {
  private static final Map<String, byte[]> FILES = files();
  private static final List<List<byte[]>> SOUND = sound();

  private FuzzStreams() {}

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("tokenizer.json", TinyTokenizers.byteLevel());
    files.put("tokenizer_config.json", Archives.utf8("{\"bos_token\": \"<s>\"}"));
    files.put("notes.bin", new byte[3000]);
    return files;
  }

  private static List<List<byte[]>> sound() {
    List<List<byte[]>> streams = new ArrayList<>();
    for (BundleFormat format : BundleFormat.values()) {
      if (format == BundleFormat.FILES) {
        for (String compression : List.of("", "none", "gzip", "zstd")) {
          streams.add(ofFiles(compression));
        }
      } else {
        byte[] archive = FuzzArchives.archive(format, FILES);
        streams.add(Messages.bareStream(archive, 700));
        streams.add(Messages.described(format.wireName(), archive));
        streams.add(numbered(format, archive));
      }
    }
    return streams;
  }

  private static List<byte[]> numbered(BundleFormat format, byte[] archive) {
    List<byte[]> messages = new ArrayList<>();
    messages.add(Messages.metadata(format.wireName(), Messages.sha256(archive)));
    int half = archive.length / 2;
    messages.add(Messages.chunk(0, Arrays.copyOf(archive, half), false));
    messages.add(Messages.chunk(1, Arrays.copyOfRange(archive, half, archive.length), true));
    return messages;
  }

  private static List<byte[]> ofFiles(String compression) {
    List<byte[]> chunks = new ArrayList<>();
    List<byte[]> sent = new ArrayList<>();
    FILES.forEach(
        (name, content) -> {
          byte[] data = FuzzArchives.compressed(compression, content);
          byte[] head = Arrays.copyOf(data, data.length / 2);
          byte[] tail = Arrays.copyOfRange(data, data.length / 2, data.length);
          chunks.add(Messages.chunk(name, 0, head, false, compression));
          chunks.add(Messages.chunk(name, 1, tail, true, compression));
          sent.add(data);
        });
    String fingerprint = Messages.sha256(sent.toArray(new byte[0][]));
    chunks.add(0, Messages.metadata("files", fingerprint, "tokenizer.json"));
    return chunks;
  }

  /** A stream with one to three changes; often its fingerprint is right again. */
  static List<byte[]> mutated(Random random) {
    List<byte[]> stream = new ArrayList<>(any(random));
    for (int change = random.nextInt(8) / 3; change >= 0; change--) {
      change(stream, random);
    }
    return random.nextBoolean() ? fingerprinted(stream) : stream;
  }

  private static List<byte[]> any(Random random) {
    return SOUND.get(random.nextInt(SOUND.size()));
  }

  private static void change(List<byte[]> stream, Random random) {
    if (stream.isEmpty()) {
      stream.addAll(any(random));
      return;
    }
    int at = random.nextInt(stream.size());
    int other = random.nextInt(stream.size());
    switch (random.nextInt(12)) {
      case 0 -> stream.remove(at);
      case 1 -> stream.add(other, stream.get(at));
      case 2 -> Collections.swap(stream, at, other);
      case 3 -> stream.subList(at, stream.size()).clear();
      case 4 -> stream.add(at, new byte[0]);
      case 5 -> {
        List<byte[]> foreign = any(random);
        stream.add(at, foreign.get(random.nextInt(foreign.size())));
      }
      case 6, 7, 8 -> stream.set(at, FuzzBytes.mutated(stream.get(at), random));
      default -> stream.set(at, mutated(stream.get(at), random));
    }
  }

  private static byte[] mutated(byte[] message, Random random) {
    try {
      Message parsed =
          DialectDetector.of(message) == BundleDialect.BARE
              ? BareBundle.GetTokenizerChunk.parseFrom(message)
              : DescribedBundle.GetTokenizerChunk.parseFrom(message);
      return FuzzMessages.mutated(parsed, random).toByteArray();
    } catch (InvalidProtocolBufferException e) {
      return FuzzBytes.mutated(message, random);
    }
  }

  /** The stream with the fingerprint of the data that it carries, if it can still be read. */
  private static List<byte[]> fingerprinted(List<byte[]> stream) {
    try {
      return stream.isEmpty() || DialectDetector.of(stream.get(0)) == BundleDialect.BARE
          ? bareFingerprinted(stream)
          : describedFingerprinted(stream);
    } catch (InvalidProtocolBufferException e) {
      return stream;
    }
  }

  private static List<byte[]> describedFingerprinted(List<byte[]> stream)
      throws InvalidProtocolBufferException {
    ByteString data = ByteString.EMPTY;
    for (byte[] message : stream) {
      data =
          data.concat(
              DescribedBundle.GetTokenizerChunk.parseFrom(message).getFileChunk().getData());
    }
    DescribedBundle.GetTokenizerChunk.Builder first =
        DescribedBundle.GetTokenizerChunk.parseFrom(stream.get(0)).toBuilder();
    first.getMetadataBuilder().setFingerprint(Messages.sha256(data.toByteArray()));
    List<byte[]> fixed = new ArrayList<>(stream);
    fixed.set(0, first.build().toByteArray());
    return fixed;
  }

  private static List<byte[]> bareFingerprinted(List<byte[]> stream)
      throws InvalidProtocolBufferException {
    ByteString data = ByteString.EMPTY;
    for (byte[] message : stream) {
      data = data.concat(BareBundle.GetTokenizerChunk.parseFrom(message).getData());
    }
    List<byte[]> fixed = new ArrayList<>(stream);
    fixed.add(Messages.bare(new byte[0], Messages.sha256(data.toByteArray())));
    return fixed;
  }
}
