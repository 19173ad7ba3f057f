package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.cache.BundleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes in one directory, of which some are killed while they write. */
@Timeout(600)
class CacheProcessesTest {
  private static final int VERSIONS = 4;

  /** A fair sample; 200 with {@code -Psoak}. */
  private static final int KILLS = Integer.getInteger("remora.cache.kills", 25);

  /** For a process that is to be killed: it ends by itself where nobody does. */
  private static final int MANY = 1_000_000;

  @TempDir Path folder;

  private static TokenizerBundle bundle(int version) {
    byte[] model = new byte[20_000];
    new Random(version).nextBytes(model);
    return TokenizerBundle.builder(Fingerprint.local())
        .add("tokenizer.model", model)
        .add("config.json", Archives.utf8("{\"version\": " + version + "}"))
        .build();
  }

  /** Stores, prunes and reads by turns; an exit code of 1 if anything was read wrongly. */
  public static void main(String[] arguments) throws IOException {
    BundleStore store = new BundleStore(Path.of(arguments[0]));
    int turns = Integer.parseInt(arguments[1]);
    boolean onlyReads = turns < 0;
    Random random = new Random();
    Map<Integer, TokenizerBundle> bundles = new HashMap<>();
    for (int turn = 0; turn < Math.abs(turns); turn++) {
      int version = random.nextInt(VERSIONS);
      if (!onlyReads) {
        store.store("m" + version, bundles.computeIfAbsent(version, CacheProcessesTest::bundle));
        store.prune(random.nextInt(100_000), "");
      }
      if (!onlyReads && turn % 4 > 0) {
        continue; // it is to be killed while it writes
      }
      int other = random.nextInt(VERSIONS);
      ContentDigest expected = bundles.computeIfAbsent(other, CacheProcessesTest::bundle).digest();
      if (isWrong(store.byName("m" + other, BuildGuard.NONE), expected)) {
        System.exit(1);
      }
      if (turn == 0) {
        System.out.println("works");
      }
    }
  }

  private static boolean isWrong(Optional<TokenizerBundle> read, ContentDigest expected) {
    return read.isPresent() && !read.get().digest().equals(expected);
  }

  /** What killed processes left under another name. */
  private int leftOvers() throws IOException {
    int count = 0;
    for (String parent : List.of("bundles", "names")) {
      try (Stream<Path> all = Files.list(folder.resolve(parent))) {
        count += (int) all.filter(path -> path.getFileName().toString().startsWith(".")).count();
      }
    }
    return count;
  }

  private Process start(int turns) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            CacheProcessesTest.class.getName(),
            folder.toString(),
            Integer.toString(turns));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Two at a time are killed, so that each also meets what others leave. */
  @Test
  void processesThatAreKilledAtRandom_leaveNothingThatIsReadWrongly() throws Exception {
    BundleStore store = new BundleStore(folder);
    List<Process> running = new ArrayList<>();
    Random random = new Random(2);
    int found = 0;
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        while (running.size() < 2) {
          running.add(start(MANY));
        }
        Process victim = running.remove(0);
        assertEquals("works", victim.inputReader().readLine());
        Thread.sleep(0, random.nextInt(1_000_000)); // a turn takes about a millisecond
        victim.destroyForcibly().waitFor();
        for (int version = 0; version < VERSIONS; version++) {
          Optional<TokenizerBundle> read = store.byName("m" + version, BuildGuard.NONE);
          found += read.isPresent() ? 1 : 0;
          assertTrue(!isWrong(read, bundle(version).digest()), "version " + version);
        }
      }
    } finally {
      running.forEach(Process::destroyForcibly);
    }
    assertTrue(found > 0, "some are there");
    int torn = leftOvers();
    System.out.println(KILLS + " kills, of which " + torn + " left something half written");
    assertTrue(torn > 0, "some were writing");
    store.store("m0", bundle(0));
    assertEquals(bundle(0).digest(), store.byName("m0", BuildGuard.NONE).orElseThrow().digest());
  }

  @Test
  void eightProcesses_readNothingWrongly() throws Exception {
    List<Process> running = new ArrayList<>();
    for (int process = 0; process < 8; process++) {
      running.add(start(50));
    }
    for (Process process : running) {
      assertEquals("works", process.inputReader().readLine());
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void pruneWhileAnotherProcessReads_isAMissAtMost() throws Exception {
    BundleStore store = new BundleStore(folder);
    store.store("m0", bundle(0));
    Process reader = start(-MANY);
    try {
      assertEquals("works", reader.inputReader().readLine());
      for (int turn = 0; turn < 100; turn++) {
        store.store("m" + turn % VERSIONS, bundle(turn % VERSIONS));
        store.prune(1, "");
      }
      assertTrue(reader.isAlive(), "it has read nothing wrongly");
    } finally {
      reader.destroyForcibly().waitFor();
    }
  }
}
