package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.EngineException;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.engine.EngineSession;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the native library loads, and what is said where it does not. */
final class NativeLibraryTest {
  @TempDir private Path folder;

  @Test
  void load_cacheDirectoryIsAFile_failsTheSameWayEachTime() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertSameFailure(
        new ChildJvm().environment(Map.of("ENGINE_CACHE_DIR", file.toString())),
        "ENGINE_CACHE_DIR");
  }

  @Test
  void load_unknownArchitecture_failsTheSameWayEachTime() throws Exception {
    assertSameFailure(new ChildJvm().option("-Dos.arch=riscv64"), "riscv64");
  }

  @Test
  void load_unknownSystem_failsTheSameWayEachTime() throws Exception {
    assertSameFailure(new ChildJvm().option("-Dos.name=Plan9"), "Plan9");
  }

  @Test
  void load_damagedLibrary_failsTheSameWayEachTime() throws Exception {
    Path library = folder.resolve(System.mapLibraryName("tokenizers"));
    Files.writeString(library, "no library");
    assertSameFailure(
        new ChildJvm().environment(Map.of("RUST_LIBRARY_PATH", folder.toString())), "glibc 2.34");
  }

  private static void assertSameFailure(ChildJvm jvm, String remedy) throws Exception {
    ChildJvm.Result result = jvm.run(FailingLoads.class);
    List<String> lines = result.output().lines().toList();
    assertEquals(0, result.exitCode(), result.output());
    assertEquals(3, lines.size(), result.output());
    assertEquals(lines.get(0), lines.get(1));
    assertEquals(lines.get(0), lines.get(2));
    assertTrue(lines.get(0).contains(remedy), lines.get(0));
  }

  @Test
  void open_contextClassLoaderSeesNothing_loads() throws Exception {
    ChildJvm.Result result = new ChildJvm().run(ForeignContext.class);
    assertEquals("[65]", result.output());
    assertEquals(0, result.exitCode());
  }

  @Test
  void open_contextClassLoader_isLeftAsItWas() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    Thread.currentThread().setContextClassLoader(platform);
    try (EngineSession session = DjlEngine.open(ContractBundle.BYTE_LEVEL.definition())) {
      assertEquals(platform, Thread.currentThread().getContextClassLoader());
      assertEquals(1, session.count("A", false));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
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
          DjlEngine.open(ContractBundle.BYTE_LEVEL.definition());
        } catch (EngineException e) {
          System.out.println(e.getMessage());
        }
        if (processorNanos() - start > 1_000_000_000) {
          System.out.println("slow");
        }
      }
    }
  }

  /** Opens on a thread whose context class loader does not see DJL. */
  static final class ForeignContext {
    private ForeignContext() {}

    public static void main(String[] arguments) {
      Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
      try (EngineSession session = DjlEngine.open(ContractBundle.BYTE_LEVEL.definition())) {
        System.out.print(Arrays.toString(session.encode("A", false)));
      }
    }
  }
}
