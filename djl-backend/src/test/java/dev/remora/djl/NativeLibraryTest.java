package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import ai.djl.util.ClassLoaderUtils;
import dev.remora.EngineException;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.guard.BuildGuard;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;

/** Where the native library loads, and what is said where it does not. */
final class NativeLibraryTest {
  private static final String IDS = "[65]";

  @TempDir private Path folder;

  @Test
  void load_folderIsAFile_failsTheSameWayEachTime() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertSameFailure(
        new ChildJvm().environment(Map.of("ENGINE_CACHE_DIR", file.toString())),
        "it cannot be written to " + file + ": ",
        "ENGINE_CACHE_DIR");
  }

  /** As a read-only disk does, the folder refuses, even to the user root. */
  @Test
  void load_folderTakesNoFiles_saysSo() throws Exception {
    assertSameFailure(
        new ChildJvm().option("-Djava.io.tmpdir=/proc"),
        "it cannot be written to /proc: ",
        "must be writable and allow execution",
        "ENGINE_CACHE_DIR");
  }

  @Test
  void load_unknownArchitecture_failsTheSameWayEachTime() throws Exception {
    assertSameFailure(new ChildJvm().option("-Dos.arch=riscv64"), "riscv64", "glibc 2.34");
  }

  @Test
  void load_unknownSystem_failsTheSameWayEachTime() throws Exception {
    assertSameFailure(new ChildJvm().option("-Dos.name=Plan9"), "Plan9", "glibc 2.34");
  }

  @Test
  void load_damagedLibrary_failsTheSameWayEachTime() throws Exception {
    Path library = folder.resolve(System.mapLibraryName("tokenizers"));
    Files.writeString(library, "no library");
    assertSameFailure(
        new ChildJvm().environment(Map.of("RUST_LIBRARY_PATH", folder.toString())),
        library.toString(),
        "glibc 2.34");
  }

  @Test
  void load_libraryOfAnotherProject_failsTheSameWayEachTime() throws Exception {
    Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("prefs"));
    assertSameFailure(
        new ChildJvm().environment(Map.of("RUST_LIBRARY_PATH", other.toString())),
        "it lacks functions of DJL's tokenizers",
        "RUST_LIBRARY_PATH");
  }

  private static void assertSameFailure(ChildJvm jvm, String... parts) throws Exception {
    ChildJvm.Result result = jvm.run(FailingLoads.class);
    List<String> lines =
        result
            .output()
            .lines()
            .filter(line -> !isOfTheJvm(line))
            .map(line -> line.replaceAll("remora-native-[0-9]+", "")) // which is new each time
            .toList();
    assertEquals(0, result.exitCode(), result.output());
    assertEquals(3, lines.size(), result.output());
    assertEquals(lines.get(0), lines.get(1));
    assertEquals(lines.get(0), lines.get(2));
    for (String part : parts) {
      assertTrue(lines.get(0).contains(part), lines.get(0));
    }
  }

  /** It warns of libraries that do not say how they use the stack. */
  private static boolean isOfTheJvm(String line) {
    return line.contains("VM warning") || line.startsWith("It's highly recommended");
  }

  @Test
  void load_afterAFailure_triesAgain() throws Exception {
    assertLoads(new ChildJvm().run(SecondTry.class, folder.toString()));
  }

  /** DJL itself would load it. */
  @Test
  void load_plantedInDjlsCache_isNotTouched() throws Exception {
    Path cache = folder.resolve("tokenizers/0.21.0-0.38.0-cpu-linux-x86_64");
    Path planted = Files.createDirectories(cache).resolve(System.mapLibraryName("tokenizers"));
    Files.writeString(planted, "planted");
    assertLoads(
        new ChildJvm()
            .environment(Map.of("ENGINE_CACHE_DIR", folder.toString()))
            .run(ForeignContext.class));
    assertEquals("planted", Files.readString(planted));
  }

  @Test
  void load_leavesNoFile() throws Exception {
    assertLoads(
        new ChildJvm()
            .environment(Map.of("ENGINE_CACHE_DIR", folder.resolve("made").toString()))
            .run(ForeignContext.class));
    assertEquals(0, folder.resolve("made").toFile().list().length);
  }

  @Test
  void open_contextClassLoaderSeesNothing_loads() throws Exception {
    assertLoads(new ChildJvm().run(ForeignContext.class));
  }

  @Test
  void open_contextClassLoader_isLeftAsItWas() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    Thread.currentThread().setContextClassLoader(platform);
    try (EngineSession session =
        DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE)) {
      assertEquals(platform, Thread.currentThread().getContextClassLoader());
      assertEquals(1, session.count("A", false));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void open_twoApplicationsThatShareTheJarOfDjl_load() throws Exception {
    ChildJvm.Result result = new ChildJvm().run(SharedDjl.class);
    assertEquals(IDS + IDS, result.output());
    assertEquals(0, result.exitCode());
  }

  private static void assertLoads(ChildJvm.Result result) {
    assertEquals(IDS, result.output());
    assertEquals(0, result.exitCode());
  }

  /** Prints the failure of three loads, each within a second of its thread. */
  static final class FailingLoads {
    private FailingLoads() {}

    private static long processorNanos() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    public static void main(String[] arguments) {
      for (int attempt = 0; attempt < 3; attempt++) {
        long start = processorNanos();
        try {
          DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE);
        } catch (EngineException e) {
          System.out.println(e.getMessage());
        }
        if (processorNanos() - start > 1_000_000_000) {
          System.out.println("slow");
        }
      }
    }
  }

  /** Opens where the library cannot be extracted, and again where it can. */
  static final class SecondTry {
    private SecondTry() {}

    public static void main(String[] arguments) {
      System.setProperty("ENGINE_CACHE_DIR", "/dev/null/none");
      try {
        DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE);
        System.out.print("loaded from nowhere ");
      } catch (EngineException e) {
        System.setProperty("ENGINE_CACHE_DIR", arguments[0]);
      }
      ForeignContext.main(arguments);
    }
  }

  /** Opens on a thread whose context class loader does not see DJL. */
  static final class ForeignContext {
    private ForeignContext() {}

    public static void main(String[] arguments) {
      Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
      try (EngineSession session =
          DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE)) {
        System.out.print(Arrays.toString(session.encode("A", false)));
      }
    }
  }

  /** Two class loaders with everything but DJL, below one that has it. */
  static final class SharedDjl {
    private SharedDjl() {}

    public static void main(String[] arguments) throws Exception {
      List<URL> shared = new ArrayList<>();
      for (Class<?> type :
          List.of(
              TokenizersLibrary.class,
              ClassLoaderUtils.class,
              Logger.class,
              NOPServiceProvider.class)) {
        shared.add(type.getProtectionDomain().getCodeSource().getLocation());
      }
      List<URL> own = classPath();
      own.removeAll(shared);
      ClassLoader platform = ClassLoader.getPlatformClassLoader();
      try (URLClassLoader server = new URLClassLoader(shared.toArray(URL[]::new), platform)) {
        for (int application = 0; application < 2; application++) {
          try (URLClassLoader loader = new URLClassLoader(own.toArray(URL[]::new), server)) {
            Method main =
                loader.loadClass(ForeignContext.class.getName()).getMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) arguments);
          }
        }
      }
    }

    private static List<URL> classPath() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
      return urls;
    }
  }
}
