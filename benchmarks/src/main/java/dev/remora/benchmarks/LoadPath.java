package dev.remora.benchmarks;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.remora.bundle.FileNames;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.TokenizerCache;
import dev.remora.remote.TokenizerSource;
import dev.remora.remote.Tokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** The ways from a tokenizer.json to a tokenizer that is ready. */
public enum LoadPath {
  /** DJL alone, from the bytes in memory. */
  DJL {
    @Override
    Optional<LoadSubject> open(Model model) {
      return Optional.of(new LoadSubject(() -> djl(model).close(), () -> {}));
    }
  },

  /** Remora over DJL, from the bytes in memory: hashed, read as a definition, built. */
  REMORA_DJL_LOCAL {
    @Override
    Optional<LoadSubject> open(Model model) {
      return local(model, "djl");
    }
  },

  /** Remora over DJL, from a worker on loopback: fetched, verified, unpacked, then as above. */
  REMORA_DJL_REMOTE {
    @Override
    Optional<LoadSubject> open(Model model) throws IOException {
      return remote(model, "djl");
    }
  },

  /** Remora's own engine, from the bytes in memory. */
  REMORA_JAVA_LOCAL {
    @Override
    Optional<LoadSubject> open(Model model) {
      return local(model, "java");
    }
  },

  /** Remora's own engine, from a worker on loopback. */
  REMORA_JAVA_REMOTE {
    @Override
    Optional<LoadSubject> open(Model model) throws IOException {
      return remote(model, "java");
    }
  },

  /** Remora's own engine, from a directory. */
  REMORA_JAVA_DIRECTORY {
    @Override
    Optional<LoadSubject> open(Model model) throws IOException {
      if (!model.isServedBy("java")) {
        return Optional.empty();
      }
      TemporaryFolder folder = new TemporaryFolder();
      Files.write(folder.path().resolve(FileNames.TOKENIZER_JSON), model.json());
      return Optional.of(
          new LoadSubject(() -> Tokenizers.fromDirectory(folder.path(), JAVA).close(), folder));
    }
  },

  /** The same from a warm cache, after a worker that is down has refused the connection. */
  REMORA_JAVA_CACHED {
    @Override
    Optional<LoadSubject> open(Model model) throws IOException {
      return model.isServedBy("java") ? Optional.of(cached(model)) : Optional.empty();
    }
  };

  private static final LoadOptions JAVA = LoadOptions.builder().engine("java").build();

  /** Makes ready for loads of a model; empty where the engine does not serve it. */
  abstract Optional<LoadSubject> open(Model model) throws IOException;

  private static HuggingFaceTokenizer djl(Model model) throws IOException {
    return HuggingFaceTokenizer.newInstance(
        new ByteArrayInputStream(model.json()), Map.of("truncation", "false", "padding", "false"));
  }

  private static Optional<LoadSubject> local(Model model, String engine) {
    return model.isServedBy(engine)
        ? Optional.of(new LoadSubject(() -> model.open(engine).close(), () -> {}))
        : Optional.empty();
  }

  private static Optional<LoadSubject> remote(Model model, String engine) throws IOException {
    if (!model.isServedBy(engine)) {
      return Optional.empty();
    }
    TokenizerServer worker = worker(model);
    ManagedChannel channel = channel(worker);
    LoadOptions options = LoadOptions.builder().engine(engine).build();
    return Optional.of(
        new LoadSubject(
            () -> Tokenizers.fromBackend(channel, options).close(),
            () -> {
              channel.shutdownNow();
              worker.close();
            }));
  }

  private static LoadSubject cached(Model model) throws IOException {
    TemporaryFolder folder = new TemporaryFolder();
    TokenizerServer worker = worker(model);
    ManagedChannel channel = channel(worker);
    TokenizerSource source =
        TokenizerSource.workers(channel).keptIn(TokenizerCache.at(folder.path()), model.name());
    Tokenizers.load(source, JAVA).close();
    worker.close();
    return new LoadSubject(
        () -> Tokenizers.load(source, JAVA).close(),
        () -> {
          channel.shutdownNow();
          folder.run();
        });
  }

  private static TokenizerServer worker(Model model) throws IOException {
    return TokenizerServer.builder(
            TokenizerFiles.of(Map.of(FileNames.TOKENIZER_JSON, model.json())))
        .start();
  }

  private static ManagedChannel channel(TokenizerServer worker) {
    return Grpc.newChannelBuilder(worker.target(), InsecureChannelCredentials.create()).build();
  }
}
