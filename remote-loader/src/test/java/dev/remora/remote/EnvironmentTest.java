package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.remora.bundle.BundleFormat;
import dev.remora.forms.TinyTokenizers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a loader has to live: processes with other class loaders, directories and packaging. */
class EnvironmentTest {
  private static final String IDS = "[264, 259, 262, 263] <s>hello world";
  private static final String NOWHERE = Path.of("/dev/null/none").toString();

  @TempDir private Path folder;
  private ChildJvm jvm;

  @BeforeEach
  void newProcess() throws Exception {
    jvm = new ChildJvm(folder);
  }

  private List<String> run(String... arguments) throws Exception {
    return lines(jvm.run(EnvironmentMain.class, arguments));
  }

  private static List<String> lines(ChildJvm.Result result) {
    assertEquals(0, result.exitCode(), result.output() + result.errors());
    return result.output().lines().toList();
  }

  @Test
  void contextClassLoaderOfThePlatform_loadsWithBothEngines() throws Exception {
    jvm.option("-Dplatform.context=true");
    List<String> lines = run("TAR_ZST", "djl", "java");
    assertEquals(List.of("djl: " + IDS, "java: " + IDS), lines.subList(0, 2));
  }

  @Test
  void oneWritableFolderThatOptionsName_isEnough() throws Exception {
    jvm.option("-Duser.home=" + NOWHERE)
        .option("-Djava.io.tmpdir=" + jvm.natives()); // and ENGINE_CACHE_DIR, as always here
    List<String> lines = run("TAR_ZST", "djl", "java");
    assertEquals(List.of("djl: " + IDS, "java: " + IDS), lines.subList(0, 2));
  }

  @Test
  void zstdWithoutAWritableFolder_isTheSameRefusalEachTime() throws Exception {
    byte[] tar = Archives.tar(Map.of("tokenizer.json", TinyTokenizers.byteLevel()));
    jvm.option("-DZstdTempFolder=" + NOWHERE)
        .option("-Darchive=" + Base64.getEncoder().encodeToString(Zstd.compress(tar)));
    for (String line : run("TAR_ZST", "java", "java").subList(0, 2)) {
      assertTrue(line.startsWith("java: bundle the archive: it cannot be unpacked: "), line);
      assertTrue(line.contains("ZstdTempFolder"), line);
      assertTrue(line.contains("rule C3"), line);
    }
  }

  @Test
  void zstdLibraryOfAnotherProject_isTheSameRefusalEachTime() throws Exception {
    byte[] tar = Archives.tar(Map.of("tokenizer.json", TinyTokenizers.byteLevel()));
    Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("prefs"));
    jvm.option("-DZstdNativePath=" + other)
        .option("-Darchive=" + Base64.getEncoder().encodeToString(Zstd.compress(tar)));
    for (String line : run("TAR_ZST", "java", "java").subList(0, 2)) {
      assertTrue(line.startsWith("java: bundle the archive: it cannot be unpacked: "), line);
      assertTrue(line.contains("UnsatisfiedLinkError"), line);
    }
  }

  @Test
  void nativeLibraries_leaveNoFile() throws Exception {
    ChildJvm.Result result = jvm.run(EnvironmentMain.class, "TAR_ZST", "djl");
    assertTrue(lines(result).contains("djl: " + IDS), result.output());
    assertEquals(List.of(), result.filesLeft());
    assertEquals(0, jvm.natives().toFile().list().length);
  }

  @Test
  void ownEngineAlone_loadsNoNativeCode() throws Exception {
    assertEquals(List.of("java: " + IDS, "native: []"), run("TAR_GZ", "java"));
    assertEquals(0, jvm.natives().toFile().list().length);
  }

  static List<byte[]> everyModel() {
    return List.of(
        TinyTokenizers.byteLevel(), TinyTokenizers.wordPiece(), TinyTokenizers.unigram());
  }

  @ParameterizedTest
  @MethodSource("everyModel")
  void ownEngineWithoutDjl_loadsEveryModelAndNoNativeCode(byte[] json) throws Exception {
    serve(FuzzArchives.archive(BundleFormat.TAR_GZ, Map.of("tokenizer.json", json)));
    List<String> lines = lines(jvm.withoutDjl().run(EnvironmentMain.class, "TAR_GZ", "java"));
    assertTrue(lines.get(0).startsWith("java: ["), lines.get(0));
    assertEquals("native: []", lines.get(1));
  }

  @Test
  void djlEngine_loadsNativeCode() throws Exception {
    assertTrue(run("TAR_GZ", "djl").get(1).contains("tokenizers"), "the check above can fail");
  }

  @Test
  void nestedJar_loadsWithBothEngines() throws Exception {
    Path jar = NestedJar.ofClassPath(folder.resolve("app.jar"), EnvironmentMain.class);
    List<String> lines = lines(jvm.runJar(jar, "TAR_ZST", "djl", "java"));
    assertEquals(List.of("djl: " + IDS, "java: " + IDS), lines.subList(0, 2));
  }

  /** Served as it is: the server's own packing needs the libraries that are left out. */
  private void serve(byte[] archive) {
    jvm.option("-Darchive=" + Base64.getEncoder().encodeToString(archive));
  }

  @ParameterizedTest
  @EnumSource(names = {"ZIP", "TAR", "TAR_GZ"})
  void classPathWithoutZstdAndCommons_loads(BundleFormat format) throws Exception {
    serve(FuzzArchives.archive(format, Map.of("tokenizer.json", TinyTokenizers.byteLevel())));
    jvm.without("zstd-jni", "commons-");
    assertEquals(List.of("java: " + IDS, "native: []"), run(format.name(), "java"));
  }

  @Test
  void zstdWithoutItsJar_isARefusalThatNamesIt() throws Exception {
    serve(
        FuzzArchives.archive(
            BundleFormat.TAR_ZST, Map.of("tokenizer.json", TinyTokenizers.byteLevel())));
    jvm.without("zstd-jni");
    for (String line : run("TAR_ZST", "java", "java").subList(0, 2)) {
      assertTrue(line.startsWith("java: bundle the archive: it cannot be unpacked: "), line);
      assertTrue(line.contains("zstd-jni is missing; zstd needs com.github.luben:zstd-jni"), line);
    }
  }

  @Test
  void zstdOfAnOldJar_isARefusalThatNamesIt() throws Exception {
    Path old = Path.of("target", "old-jars", "zstd-jni-1.4.4-7.jar").toAbsolutePath();
    assertTrue(Files.exists(old), old + " is put there by Maven");
    serve(
        FuzzArchives.archive(
            BundleFormat.TAR_ZST, Map.of("tokenizer.json", TinyTokenizers.byteLevel())));
    jvm.without("zstd-jni").with(old);
    for (String line : run("TAR_ZST", "java", "java").subList(0, 2)) {
      assertTrue(line.startsWith("java: bundle the archive: it cannot be unpacked: "), line);
      assertTrue(line.contains("zstd-jni-1.4.4-7.jar"), line);
      assertTrue(line.contains("zstd-jni 1.5.0 or newer"), line);
    }
  }

  /** From a worker in this process: the server needs the library too. */
  private List<String> loadFromHere() throws Exception {
    try (TestWorker worker = TestWorker.serving(1, server -> server.format(BundleFormat.TAR_GZ))) {
      jvm.option("-Dworker=" + worker.server().target());
      return run("TAR_GZ", "java", "java");
    }
  }

  @ParameterizedTest
  @CsvSource({"protobuf-java,protobuf-java 3.23.4", "gson,gson 2.8.9"})
  void libraryThatIsLeftOut_isAFailureThatNamesIt(String jar, String needed) throws Exception {
    jvm.without(jar);
    assertNamed(loadFromHere(), jar + " is missing", needed);
  }

  @Test
  void protobufThatTheJvmRefusesItsMemory_isAFailureThatNamesIt() throws Exception {
    assumeTrue(Runtime.version().feature() >= 24, "older JVMs have no such option");
    jvm.option("--sun-misc-unsafe-memory-access=deny");
    assertNamed(loadFromHere(), "protobuf-java-3.25", "protobuf-java 3.23.4 or newer");
  }

  private static void assertNamed(List<String> lines, String found, String needed) {
    for (String line : lines) { // the second time, the JVM remembers that a class has failed
      assertTrue(line.startsWith("java: load the attempt ended with "), line);
      assertTrue(line.contains(found) && line.contains(needed), line);
    }
    assertEquals(2, lines.size());
  }

  @Test
  void zipEntriesThatShareBytes_takeNoMemory() throws Exception {
    serve(ArchiveIntegrityTest.overlapping(45, 11 << 20));
    jvm.option("-Xmx64m");
    String line = run("ZIP", "java").get(0);
    assertTrue(line.contains("shares bytes"), line);
  }

  @Test
  void fileOfHundredsOfMegabytes_isRefusedAtItsLimit() throws Exception {
    serve(tarOfZeros(Map.of("tokenizer.json", 400 << 20)));
    jvm.option("-Xmx160m");
    String line = run("TAR_ZST", "java").get(0);
    assertTrue(line.contains("67,108,864 bytes of tokenizer.json"), line);
  }

  @Test
  void filesThatAreKept_areRefusedAtTheirLimitTogether() throws Exception {
    Map<String, Integer> lengths = new TreeMap<>();
    lengths.put("merges.txt", 64 << 20);
    lengths.put("tokenizer.json", 64 << 20);
    lengths.put("vocab.json", 1);
    serve(tarOfZeros(lengths));
    jvm.option(
        "-Xmx384m"); // 192 MiB (docs/loading.md), and what G1 needs to place arrays of 64 MiB
    String line = run("TAR_ZST", "java").get(0);
    assertTrue(line.contains("134,217,728 bytes of the files that are kept"), line);
  }

  private static byte[] tarOfZeros(Map<String, Integer> lengths) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(archive))) {
      for (Map.Entry<String, Integer> file : lengths.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue());
        tar.putArchiveEntry(entry);
        for (int left = file.getValue(); left > 0; left -= 1 << 20) {
          tar.write(new byte[Math.min(left, 1 << 20)]);
        }
        tar.closeArchiveEntry();
      }
    }
    return archive.toByteArray();
  }
}
