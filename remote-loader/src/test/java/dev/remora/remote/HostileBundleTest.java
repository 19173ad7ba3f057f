package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bundles made to be slow or large: building takes processor time that is linear in their bytes,
 * and 4 MiB of them need no more than 256 MiB of heap.
 */
class HostileBundleTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"java", "djl"})
  void bundle_ofAnyShape_isBuiltInLinearTimeAndBoundedMemory(String engine) throws Exception {
    ChildJvm.Result result =
        new ChildJvm(folder).option("-Xmx256m").run(HostileBundleMain.class, engine, "");
    System.out.println(result.output());
    List<String> wrong =
        result
            .output()
            .lines()
            .filter(line -> line.contains("GROWS") || line.contains("OUT OF MEMORY"))
            .toList();
    assertEquals(List.of(), wrong, result.errors());
    assertEquals(0, result.exitCode(), result.errors());
  }
}
