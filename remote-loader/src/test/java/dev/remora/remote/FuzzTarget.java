package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.bundle.BundleFile;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.archive.Unpacker;
import dev.remora.remote.stream.BundleStream;
import dev.remora.remote.stream.LoadDeadline;
import dev.remora.remote.stream.StreamHash;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What is fuzzed, and with how many of a thousand cases. */
enum FuzzTarget {
  /** The messages of a stream, read without a socket. */
  STREAMS(300) {
    @Override
    Cases open() {
      return random -> unpack(FuzzStreams.mutated(random));
    }
  },

  /** The same and the archives as well, over a real socket, up to the tokenizer. */
  SOCKET(10) {
    @Override
    Cases open() {
      return new OverSocket();
    }
  },

  /** Archives whose fingerprint is right. */
  ARCHIVES(390) {
    @Override
    Cases open() {
      return random -> unpack(FuzzArchives.mutated(random));
    }
  },

  /** The files of a bundle, for the own engine. */
  BPE(150) {
    @Override
    Cases open() {
      return random -> FuzzTokenizers.use(FuzzBundles.mutated(random, 16), "java", random);
    }
  },

  /** The files of a bundle, for the native library, which could end the process. */
  DJL(150) {
    @Override
    void prepare() {
      FuzzTokenizers.use(TinyTokenizers.bundle(TinyTokenizers.byteLevel()), "djl", new Random(0));
    }

    @Override
    Cases open() {
      return random -> FuzzTokenizers.use(FuzzBundles.mutated(random, 4), "djl", random);
    }
  };

  private static final LoadOptions OPTIONS =
      LoadOptions.builder()
          .services(List.of(ScriptedWorker.SERVICE))
          .timeout(Duration.ofSeconds(4))
          .maxAttempts(2)
          .backoff(Duration.ofMillis(1))
          .maxStreamedBytes(1 << 20)
          .maxUnpackedBytes(1 << 20)
          .maxEntries(8)
          .build();

  private final int permille;

  FuzzTarget(int permille) {
    this.permille = permille;
  }

  long share(long cases) {
    return cases * permille / 1000;
  }

  /** What a library does once in a process belongs to no case: DJL's loading leaves threads. */
  void prepare() {}

  /** Makes ready. */
  abstract Cases open();

  /** Cases, each of which is a function of its random sequence. */
  interface Cases extends AutoCloseable {
    /** Runs a case; only a TokenizerException may come out of it. */
    void run(Random random);

    @Override
    default void close() {}
  }

  private static void unpack(List<byte[]> messages) {
    StreamHash hash = new StreamHash(OPTIONS.maxStreamedBytes());
    BundleStream stream =
        BundleStream.startingWith(
            messages.isEmpty() ? new byte[0] : messages.get(0),
            hash,
            OPTIONS.fingerprints(),
            OPTIONS.maxEntries());
    messages.forEach(stream::accept);
    TokenizerBundle bundle =
        Unpacker.unpack(stream.finish(), OPTIONS.limits(), LoadDeadline.after(OPTIONS.timeout()));
    long bytes = bundle.files().stream().mapToLong(BundleFile::length).sum();
    assertTrue(bytes <= OPTIONS.maxUnpackedBytes(), "unpacked " + bytes);
    assertTrue(bundle.files().size() <= OPTIONS.maxEntries(), "entries");
  }

  /** Loads from one worker that sends each case's messages. */
  private static final class OverSocket implements Cases {
    private volatile List<byte[]> messages = List.of();
    private volatile Status end = Status.OK;
    private final ScriptedWorker worker =
        ScriptedWorker.scripted((call, stream) -> ScriptedWorker.send(stream, messages, end));

    @Override
    public void run(Random random) {
      messages = random.nextBoolean() ? FuzzStreams.mutated(random) : FuzzArchives.mutated(random);
      Status.Code[] codes = Status.Code.values();
      end = random.nextInt(4) > 0 ? Status.OK : codes[random.nextInt(codes.length)].toStatus();
      RemoteTokenizerLoader.of(worker.channel(), OPTIONS).load().close();
    }

    @Override
    public void close() {
      worker.close();
    }
  }
}
