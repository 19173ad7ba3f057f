package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.FingerprintException;
import dev.remora.LoadException;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.Proof;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.TinyTokenizers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handles as a job has them: written, read elsewhere, one tokenizer a JVM. */
@Timeout(60)
class TokenizerHandleTest {
  private static final AtomicInteger LOADS = new AtomicInteger();

  /** A bundle of a content of its own. */
  private static TokenizerBundle bundle(String name) {
    return TokenizerBundle.builder(Fingerprint.local())
        .modelIdentifier(name)
        .add("tokenizer.json", TinyTokenizers.byteLevel())
        .add("config.json", Archives.utf8("{\"name\": \"" + name + "\"}"))
        .add(new BundleFile("weights.bin", 1L << 40, "ab".repeat(32)))
        .build();
  }

  private static TokenizerHandle written(TokenizerHandle handle) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(handle);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (TokenizerHandle) in.readObject();
    }
  }

  @Test
  void fromBundle_givesATokenizerOfItsOwn() {
    try (Tokenizer tokenizer = Tokenizers.fromBundle(bundle("own"))) {
      assertEquals(4, tokenizer.count("hello world"));
    }
  }

  @Test
  void handleThatWasWritten_hasTheTokenizerOfItsContent() throws Exception {
    TokenizerHandle handle = TokenizerHandle.of(bundle("a"));
    TokenizerHandle read = written(handle);
    assertEquals(handle, read);
    assertEquals(bundle("a").digest(), read.content());
    assertEquals(bundle("a").files(), read.bundle().files());
    assertEquals(Optional.of("a"), read.bundle().modelIdentifier());
    assertEquals(4, read.tokenizer().count("hello world"));
    assertEquals(Proof.CONTENT_DIGEST, read.tokenizer().bundle().proof());
    assertSame(read.tokenizer(), handle.tokenizer());
    assertNotSame(read.tokenizer(), TokenizerHandle.of(bundle("b")).tokenizer());
    assertNotEquals(handle, TokenizerHandle.of(bundle("b")));
    assertEquals("TokenizerHandle[" + handle.content() + "]", read.toString());
  }

  @Test
  void closing_doesNothing() {
    TokenizerHandle handle = TokenizerHandle.of(bundle("closed"));
    handle.tokenizer().close();
    assertEquals(4, handle.tokenizer().count("hello world"));
  }

  @Test
  void manyThreadsAndHandles_loadOnce() throws Exception {
    ContentDigest content = bundle("many").digest();
    TokenizerHandle handle =
        TokenizerHandle.of(
            content,
            () -> {
              LOADS.incrementAndGet();
              return bundle("many");
            });
    ExecutorService threads = Executors.newFixedThreadPool(16);
    Set<Tokenizer> tokenizers = ConcurrentHashMap.newKeySet();
    List<Future<?>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tasks.add(threads.submit(() -> tokenizers.add(written(handle).tokenizer())));
    }
    for (Future<?> task : tasks) {
      task.get();
    }
    threads.shutdown();
    assertEquals(1, tokenizers.size());
    assertEquals(1, LOADS.get());
  }

  @Test
  void sourceOfAnotherContent_isRefused() throws Exception {
    ContentDigest content = bundle("expected").digest();
    TokenizerHandle handle = written(TokenizerHandle.of(content, () -> bundle("other")));
    FingerprintException refused = assertThrows(FingerprintException.class, handle::tokenizer);
    assertEquals(Optional.of(Rule.H1), refused.rule());
    assertEquals(content.hex(), refused.expected());
    assertEquals(bundle("other").digest().hex(), refused.actual());
  }

  @Test
  void sourceThatFails_isAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    TokenizerHandle handle =
        TokenizerHandle.of(
            bundle("flaky").digest(),
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IOException("not there");
              }
              return bundle("flaky");
            });
    LoadException failed = assertThrows(LoadException.class, handle::tokenizer);
    assertEquals("java.io.IOException: not there", String.valueOf(failed.getCause()));
    assertEquals(4, handle.tokenizer().count("hello world"));
  }

  @Test
  void contentOfHex_isThatOfTheDigest() {
    ContentDigest digest = bundle("hex").digest();
    assertEquals(digest, ContentDigest.ofHex(digest.hex()));
    for (String wrong : List.of("", "ab", digest.hex().toUpperCase(Locale.ROOT))) {
      assertThrows(IllegalArgumentException.class, () -> ContentDigest.ofHex(wrong), wrong);
    }
  }
}
