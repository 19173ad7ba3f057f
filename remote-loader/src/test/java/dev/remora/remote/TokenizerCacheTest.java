package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.FingerprintException;
import dev.remora.LoadException;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.Proof;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.archive.Sha256;
import dev.remora.remote.cache.BundleStore;
import dev.remora.server.Fault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The last bundle that a worker gave, in a directory: whole, or not at all. */
@Timeout(180)
class TokenizerCacheTest {
  private static final BuildGuard NEVER = () -> {};

  @TempDir Path folder;
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final LoadOptions options =
      LoadOptions.builder()
          .listener(
              new LoadListener() {
                @Override
                public void movedOn(
                    TokenizerSource from, TokenizerException failure, TokenizerSource to) {
                  events.add("moved on by " + failure.kind());
                }

                @Override
                public void serving(TokenizerSource source, List<TokenizerException> passedOver) {
                  events.add("serves after " + passedOver.size());
                }
              })
          .build();

  private TokenizerSource kept(TestWorker worker) {
    return TokenizerSource.workers(worker.channel()).keptIn(TokenizerCache.at(folder), "m");
  }

  static TokenizerBundle bundle(int version) {
    return TokenizerBundle.builder(Fingerprint.local())
        .modelIdentifier("model %+ \n" + version)
        .add("tokenizer.json", TinyTokenizers.byteLevel())
        .add("config.json", Archives.utf8("{\"version\": " + version + "}"))
        .build();
  }

  @Test
  void workerThatIsGone_isServedByWhatItGaveLast() {
    try (TestWorker worker = TestWorker.serving(1)) {
      TokenizerSource source = kept(worker);
      try (Tokenizer sent = Tokenizers.load(source, options)) {
        assertEquals(Proof.FINGERPRINT, sent.bundle().proof());
        worker.server().close();
        try (Tokenizer last = Tokenizers.load(source, options)) {
          assertEquals(sent.bundle().digest(), last.bundle().digest());
          assertEquals(Proof.CONTENT_DIGEST, last.bundle().proof());
          assertEquals(sent.bundle().fingerprint().sha256(), last.bundle().fingerprint().sha256());
          assertEquals(4, last.count("hello world"));
        }
      }
    }
    assertEquals(List.of("serves after 0", "moved on by load", "serves after 1"), events);
  }

  @Test
  void emptyCache_isNoSource() {
    LoadOptions brief = options.toBuilder().timeout(Duration.ofMillis(700)).build();
    try (TestWorker worker = TestWorker.serving(1)) {
      worker.server().close();
      long start = System.nanoTime();
      assertThrows(LoadException.class, () -> Tokenizers.load(kept(worker), brief));
      assertTrue(
          System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(600), "workers are awaited");
    }
    assertEquals(List.of(), events);
  }

  @Test
  void announcedFingerprintOfTheCache_endsTheCallAfterItsFirstMessage() throws Exception {
    try (TestWorker first = TestWorker.serving(1);
        TestWorker slow =
            TestWorker.serving(
                1, server -> server.chunkSize(100).fault(Fault.parse("trickle:100ms")))) {
      Tokenizers.load(kept(first), options).close();
      try (Tokenizer again = Tokenizers.load(kept(slow), options)) {
        assertEquals(Proof.CONTENT_DIGEST, again.bundle().proof());
        assertTrue(slow.server().awaitIdle(Duration.ofSeconds(5)));
        assertEquals(1, slow.server().cancelledCalls());
        assertTrue(slow.server().messagesSent() < 5, "sent " + slow.server().messagesSent());
      }
    }
    assertEquals(List.of("serves after 0", "serves after 0"), events);
  }

  @Test
  void bundleOfWhichNothingCanBeMade_isNotKept() {
    try (TestWorker bad = TestWorker.serving(1, server -> server.fault(Fault.noMessages()))) {
      assertThrows(TokenizerException.class, () -> Tokenizers.load(kept(bad), options));
    }
    assertFalse(TokenizerCache.at(folder).has("m"));
  }

  @Test
  void directoryThatCannotBeWritten_failsNoLoad() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    try (TestWorker worker = TestWorker.serving(1)) {
      TokenizerSource source =
          TokenizerSource.workers(worker.channel()).keptIn(TokenizerCache.at(file), "m");
      Tokenizers.load(source, options).close();
    }
  }

  @Test
  void store_restoresEveryFact() throws IOException {
    BundleStore store = new BundleStore(folder);
    TokenizerBundle stored = bundle(1);
    String hostile = "../../etc/passwd\0\n" + "x".repeat(5_000);
    store.store(hostile, stored);
    TokenizerBundle read = store.byName(hostile, NEVER).orElseThrow();
    assertEquals(stored.digest(), read.digest());
    assertEquals(stored.files(), read.files());
    assertEquals(stored.modelIdentifier(), read.modelIdentifier());
    assertEquals(Fingerprint.Check.CACHED, read.fingerprint().check());
    assertEquals(Optional.empty(), store.byName("another", NEVER));
    assertEquals(Optional.empty(), store.byFingerprint("../names", NEVER));
  }

  /** Every bit of every file: what is read is the bundle, or nothing. */
  @Test
  void changedBit_isNeverRead() throws IOException {
    Random random = new Random(1);
    int missed = 0;
    for (int place = 0; place < 1_000; place++) {
      BundleStore store = new BundleStore(folder);
      store.store("m", bundle(1));
      List<Path> files = files();
      Path file = files.get(random.nextInt(files.size()));
      byte[] content = Files.readAllBytes(file);
      content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, content);
      Optional<TokenizerBundle> read = store.byName("m", NEVER);
      assertEquals(Optional.empty(), read.filter(bundle -> !isWhole(bundle)), file.toString());
      missed += read.isEmpty() ? 1 : 0;
    }
    assertEquals(1_000, missed, "each file is needed, and each bit of it");
  }

  @Test
  void missingFile_isHealedByTheNextStore() throws IOException {
    BundleStore store = new BundleStore(folder);
    store.store("m", bundle(1));
    Path stored = folder.resolve("bundles").resolve(bundle(1).digest().hex());
    for (Path file : files().stream().filter(each -> each.startsWith(stored)).toList()) {
      Files.delete(file);
      assertTrue(store.hasName("m"));
      assertEquals(Optional.empty(), store.byName("m", NEVER), file.toString());
      assertFalse(store.hasName("m"), "what is gone is no source");
      store.store("m", bundle(1));
      assertTrue(store.byName("m", NEVER).isPresent());
    }
  }

  @Test
  void equalFilesSentAsOtherBytes_areNotTakenForThem() throws IOException {
    BundleStore store = new BundleStore(folder);
    String one = "1".repeat(64);
    String two = "a".repeat(64);
    store.store("m", sentAs(one));
    store.store("m", sentAs(two));
    assertTrue(store.byFingerprint(one, NEVER).isPresent());
    assertEquals(Optional.empty(), store.byFingerprint(two, NEVER));
  }

  private static TokenizerBundle sentAs(String sha256) {
    return TokenizerBundle.builder(Fingerprint.matched(sha256, sha256).orElseThrow())
        .add("config.json", Archives.utf8("{}"))
        .build();
  }

  private static boolean isWhole(TokenizerBundle read) {
    TokenizerBundle one = bundle(1);
    return read.digest().equals(one.digest())
        && read.modelIdentifier().equals(one.modelIdentifier());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void leastRecentlyUsed_goesFirst_andWhatEndedProcessesLeft() throws IOException {
    BundleStore store = new BundleStore(folder);
    for (int version = 1; version <= 3; version++) {
      store.store("m" + version, bundle(version));
    }
    Path bundles = folder.resolve("bundles");
    for (int version = 1; version <= 3; version++) {
      Path stored = bundles.resolve(bundle(version).digest().hex());
      Files.setLastModifiedTime(stored, FileTime.from(Instant.ofEpochSecond(version)));
    }
    Path left = Files.createDirectory(bundles.resolve(".new-left"));
    Files.writeString(left.resolve("part"), "part");
    Files.setLastModifiedTime(left, FileTime.from(Instant.ofEpochSecond(1)));
    assertTrue(store.byName("m1", NEVER).isPresent());
    long two = store.list().get(0).bytes() * 2 + 3 * 64 + 10; // and the three names
    assertEquals(List.of(bundle(2).digest().hex()), digests(store.prune(two, "")));
    assertFalse(Files.exists(left));
    assertEquals(
        List.of(bundle(1).digest().hex()), digests(store.prune(1, bundle(3).digest().hex())));
    assertTrue(store.byName("m3", NEVER).isPresent(), "what was stored last stays");
    assertTrue(store.byName("m1", NEVER).isEmpty());
  }

  private static List<String> digests(List<BundleStore.Stored> stored) {
    return stored.stream().map(BundleStore.Stored::digest).toList();
  }

  /** Each bit of the archive is the worker's word: what arrives otherwise is kept nowhere. */
  @Test
  void changedBitOfWhatWasSent_isNotKept() throws IOException {
    byte[] zip = Archives.zip(Map.of("tokenizer.json", TinyTokenizers.byteLevel()));
    String announced = Sha256.hex(zip);
    LoadOptions scripted =
        options.toBuilder().services(List.of(ScriptedWorker.SERVICE)).maxAttempts(1).build();
    Random random = new Random(3);
    for (int place = 0; place < 100; place++) {
      byte[] changed = zip.clone();
      changed[random.nextInt(zip.length)] ^= (byte) (1 << random.nextInt(8));
      List<byte[]> sent =
          List.of(Messages.metadata("zip", announced), Messages.chunk(0, changed, true));
      try (ScriptedWorker worker = ScriptedWorker.sending(sent)) {
        TokenizerSource source =
            TokenizerSource.workers(worker.channel()).keptIn(TokenizerCache.at(folder), "m");
        assertThrows(FingerprintException.class, () -> Tokenizers.load(source, scripted));
      }
      assertEquals(List.of(), TokenizerCache.at(folder).entries());
    }
  }

  @Test
  void changedBit_isNotReadByItsFingerprint() throws IOException {
    Random random = new Random(4);
    String wire = "2".repeat(64);
    for (int place = 0; place < 200; place++) {
      BundleStore store = new BundleStore(folder);
      store.store("m", sentAs(wire));
      List<Path> files = files();
      Path file = files.get(random.nextInt(files.size()));
      byte[] content = Files.readAllBytes(file);
      content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, content);
      Optional<TokenizerBundle> read = store.byFingerprint(wire, NEVER);
      assertTrue(
          read.isEmpty() || read.get().digest().equals(sentAs(wire).digest()), file.toString());
    }
  }

  @Test
  void largeBundle_isKeptAndRead_andEachBitOfItCounts() throws IOException {
    byte[] large = new byte[10 << 20];
    new Random(5).nextBytes(large);
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local()).add("tokenizer.model", large).build();
    BundleStore store = new BundleStore(folder);
    Random random = new Random(6);
    for (int place = 0; place < 10; place++) {
      store.store("m", bundle);
      assertEquals(bundle.digest(), store.byName("m", NEVER).orElseThrow().digest());
      Path file = folder.resolve("bundles").resolve(bundle.digest().hex());
      Path content = file.resolve(bundle.files().get(0).sha256());
      try (RandomAccessFile bits = new RandomAccessFile(content.toFile(), "rw")) {
        long at = random.nextInt(large.length);
        bits.seek(at);
        bits.write(large[(int) at] ^ 1 << random.nextInt(8));
      }
      assertEquals(Optional.empty(), store.byName("m", NEVER));
    }
  }

  @Test
  void entriesVerifyAndPrune_sayWhatIsThereAndGoes() throws IOException {
    TokenizerCache cache = TokenizerCache.at(folder);
    assertEquals(List.of(), cache.entries());
    for (int version = 1; version <= 3; version++) {
      cache.keep("m" + version, bundle(version));
    }
    List<TokenizerCache.Entry> entries = cache.entries();
    assertEquals(3, entries.size());
    assertTrue(entries.stream().allMatch(entry -> entry.model().orElseThrow().startsWith("model")));
    assertEquals(List.of(), cache.verify());
    String second = bundle(2).digest().hex();
    Path file =
        folder.resolve("bundles").resolve(second).resolve(bundle(2).files().get(0).sha256());
    Files.writeString(file, "damaged");
    assertEquals(
        List.of(second), cache.verify().stream().map(TokenizerCache.Entry::digest).toList());
    assertEquals(2, cache.entries().size());
    assertEquals(List.of(), cache.prune());
    assertEquals(2, TokenizerCache.at(folder, 1).prune().size());
    assertEquals(List.of(), cache.entries());
    assertEquals(List.of(), files().stream().filter(path -> path.endsWith("manifest")).toList());
    Path noDirectory = Files.writeString(folder.resolve("bundles2"), "");
    assertEquals(List.of(), TokenizerCache.at(noDirectory).entries());
  }

  /** A name for each request would fill the disk, however few bundles there are. */
  @Test
  void names_countAsBytes() throws IOException {
    BundleStore store = new BundleStore(folder);
    for (int name = 0; name < 100; name++) {
      store.store("m" + name, bundle(1));
    }
    long bytes = store.list().get(0).bytes();
    store.store("other", bundle(2));
    store.prune(2 * bytes + 20 * 64, bundle(2).digest().hex());
    try (Stream<Path> names = Files.list(folder.resolve("names"))) {
      assertTrue(names.count() <= 21);
    }
    assertTrue(store.byName("other", NEVER).isPresent());
  }
}
