package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.remora.BundleException;
import dev.remora.EncodeOptions;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.Proof;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.TinyTokenizers;
import dev.remora.proto.ProbeMessages.TokenizeRequest;
import dev.remora.proto.ProbeMessages.TokenizeResponse;
import dev.remora.proto.TokenizerlessService;
import dev.remora.remote.stream.WorkerCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule P1 over real sockets: a worker confirms local files, or does not. */
@Timeout(60)
class ProbesTest {
  private static final String FILES =
      new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8);
  private static final LoadOptions OPTIONS = LoadOptions.builder().maxAttempts(1).build();

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private @Nullable Server server;
  private @Nullable ManagedChannel channel;
  private @Nullable Tokenizer workers;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), FILES);
  }

  @AfterEach
  void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (server != null) {
      server.shutdownNow();
    }
    if (workers != null) {
      workers.close();
    }
  }

  /** A worker that tokenizes by this tokenizer.json. */
  private TokenizerSource provenBy(String tokenizerJson) throws IOException {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("tokenizer.json", tokenizerJson.getBytes(StandardCharsets.UTF_8))
            .build();
    workers = Tokenizers.load(TokenizerSource.bundle(bundle), LoadOptions.DEFAULT);
    Tokenizer own = workers;
    String service = TokenizerlessService.SGLANG_RUNTIME.fullName();
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder(service)
                    .addMethod(
                        WorkerCall.descriptor(service, "Tokenize"),
                        ServerCalls.asyncServerStreamingCall(
                            (request, answer) -> {
                              asked.incrementAndGet();
                              answer.onNext(tokenize(own, request));
                              answer.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    return TokenizerSource.provenDirectory(folder, channelTo(server.getPort()));
  }

  private ManagedChannel channelTo(int port) {
    channel =
        Grpc.newChannelBuilderForAddress("localhost", port, InsecureChannelCredentials.create())
            .build();
    return channel;
  }

  private static byte[] tokenize(Tokenizer own, byte[] request) {
    try {
      TokenizeRequest asked = TokenizeRequest.parseFrom(request);
      TokenizeResponse.Builder response = TokenizeResponse.newBuilder();
      int[] ids =
          asked.getAddSpecialTokens()
              ? own.encode(asked.getText()).ids()
              : own.encode(asked.getText(), EncodeOptions.NO_SPECIAL_TOKENS).ids();
      Arrays.stream(ids).forEach(response::addTokens);
      return response.setCount(ids.length).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw Status.INVALID_ARGUMENT.withCause(e).asRuntimeException();
    }
  }

  @Test
  void workerOfTheSameFiles_provesThem() throws IOException {
    TokenizerSource source = provenBy(FILES);
    try (Tokenizer tokenizer = Tokenizers.load(source, OPTIONS)) {
      assertEquals(Proof.PROBES, tokenizer.bundle().proof());
      assertTrue(asked.get() >= 3, asked + " probes");
    }
    try (Tokenizer unproven = Tokenizers.fromDirectory(folder)) {
      assertEquals(Proof.NONE, unproven.bundle().proof());
    }
    try (TestWorker sender = TestWorker.serving(1);
        Tokenizer sent = Tokenizers.fromBackend(sender.channel())) {
      assertEquals(Proof.FINGERPRINT, sent.bundle().proof());
    }
  }

  /** Each time one thing is another one, and all ids stay as many as they are. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "',\"l d\"' -> ''",
        "'\"l d\"' -> '\"d l\"'",
        "'\"content\":\"</s>\"' -> '\"content\":\"</z>\"'",
        "'\"normalizer\":null' -> '\"normalizer\":{\"type\":\"NFC\"}'",
      })
  void workerThatDiffersInOneThing_isFound(String own, String workers) throws IOException {
    String changed = FILES.replace(own, workers);
    if (changed.contains("\"d l\"")) {
      changed = changed.replace("\"ld\":", "\"dl\":");
    }
    TokenizerSource source = provenBy(changed);
    BundleException failure =
        assertThrows(BundleException.class, () -> Tokenizers.load(source, OPTIONS));
    assertEquals(Optional.of(Rule.P1), failure.rule());
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("the worker gives other ids to \""), message);
  }

  @Test
  void workerThatCannotBeAsked_isALoadFailure_soThatAnotherSourceMayServe() throws IOException {
    try (TestWorker without = TestWorker.serving(1)) {
      TokenizerSource proven = TokenizerSource.provenDirectory(folder, without.channel());
      LoadException failure =
          assertThrows(LoadException.class, () -> Tokenizers.load(proven, OPTIONS));
      assertEquals(LoadStatus.UNIMPLEMENTED, failure.status());
      TokenizerSource either = proven.orElse(TokenizerSource.directory(folder));
      try (Tokenizer tokenizer = Tokenizers.load(either, OPTIONS)) {
        assertEquals(Proof.NONE, tokenizer.bundle().proof());
      }
    }
  }

  @Test
  void bundleAlone_isNotProven() throws IOException {
    TokenizerSource source = provenBy(FILES);
    TokenizerBundle bundle = RemoteTokenizerLoader.of(source, OPTIONS).loadBundle();
    assertEquals(Fingerprint.Check.LOCAL, bundle.fingerprint().check());
    assertEquals(0, asked.get());
  }
}
