package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.stream.LoadDeadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule C4 holds while a tokenizer is built. */
@Timeout(120)
class BuildingEndsTest {
  /** Runs something between unpacking and building, and notes whether anything was built. */
  private static class Between implements LoadListener {
    private final Runnable action;
    boolean isBuilt;

    Between(Runnable action) {
      this.action = action;
    }

    @Override
    public void unpacked(TokenizerBundle bundle, Duration elapsed) {
      action.run();
    }

    @Override
    public void built(Tokenizer tokenizer, Duration elapsed) {
      isBuilt = true;
    }
  }

  private static ScriptedWorker worker() {
    byte[] zip = Archives.zip(Map.of("tokenizer.json", TinyTokenizers.byteLevel()));
    return ScriptedWorker.sending(Messages.described("zip", zip));
  }

  private static LoadOptions options(String engine, LoadListener listener) {
    return LoadOptions.builder()
        .services(List.of(ScriptedWorker.SERVICE))
        .engine(engine)
        .timeout(Duration.ofMinutes(1))
        .listener(listener)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "djl"})
  void deadlineThatPassed_endsTheBuilding(String engine) {
    Between between = new Between(() -> {});
    LoadOptions options = options(engine, between);
    TokenizerBundle bundle = TinyTokenizers.bundle(TinyTokenizers.byteLevel());
    LoadDeadline passed = LoadDeadline.after(Duration.ofNanos(1));
    LoadException end =
        assertThrows(LoadException.class, () -> BuiltTokenizer.build(bundle, options, passed));
    assertEquals(LoadStatus.DEADLINE_EXCEEDED, end.status());
    assertEquals(Optional.of(Rule.C4), end.rule());
    assertFalse(between.isBuilt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "djl"})
  void interruptBeforeBuilding_endsTheLoadAndStays(String engine) {
    Between between = new Between(() -> Thread.currentThread().interrupt());
    try (ScriptedWorker worker = worker()) {
      RemoteTokenizerLoader loader =
          RemoteTokenizerLoader.of(worker.channel(), options(engine, between));
      LoadException end = assertThrows(LoadException.class, loader::load);
      assertTrue(Thread.interrupted());
      assertEquals(LoadStatus.CANCELLED, end.status());
      assertFalse(between.isBuilt);
    }
  }

  @Test
  void futureCancelledBeforeBuilding_endsTheLoad() throws Exception {
    CountDownLatch unpacked = new CountDownLatch(1);
    CompletableFuture<TokenizerException> ended = new CompletableFuture<>();
    Between between =
        new Between(
            () -> {
              unpacked.countDown();
              awaitInterrupt();
            }) {
          @Override
          public void failed(TokenizerException failure) {
            ended.complete(failure);
          }
        };
    try (ScriptedWorker worker = worker()) {
      CompletableFuture<Tokenizer> future =
          RemoteTokenizerLoader.of(worker.channel(), options("java", between)).loadAsync();
      assertTrue(unpacked.await(50, TimeUnit.SECONDS));
      future.cancel(true);
      LoadException end = assertInstanceOf(LoadException.class, ended.get(50, TimeUnit.SECONDS));
      assertEquals(LoadStatus.CANCELLED, end.status());
      assertFalse(between.isBuilt);
    }
  }

  private static void awaitInterrupt() {
    try {
      Thread.sleep(50_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void directory_interrupted_endsTheLoad(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Thread.currentThread().interrupt();
    LoadException end =
        assertThrows(LoadException.class, () -> Tokenizers.fromDirectory(directory));
    assertTrue(Thread.interrupted());
    assertEquals(LoadStatus.CANCELLED, end.status());
  }
}
