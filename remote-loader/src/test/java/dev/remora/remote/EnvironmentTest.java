package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.remora.forms.TinyTokenizers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
