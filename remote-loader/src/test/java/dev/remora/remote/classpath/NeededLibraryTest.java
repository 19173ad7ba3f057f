package dev.remora.remote.classpath;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NeededLibraryTest {
  private static final String METADATA =
      "/META-INF/native-image/dev.remora/remora-remote-loader/reachability-metadata.json";

  @ParameterizedTest
  @EnumSource
  void classThatTellsTheJar_isAResourceOfNativeImages(NeededLibrary library) throws IOException {
    try (InputStream file = NeededLibraryTest.class.getResourceAsStream(METADATA)) {
      String metadata =
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(metadata.contains('"' + library.resource() + '"'), library.resource());
    }
  }
}
