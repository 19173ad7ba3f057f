package dev.remora.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileBundleTest {
  @TempDir Path folder;
  @TempDir Path work;

  @Test
  void definition_becomesADirectory_withItsText() throws Exception {
    Files.write(folder.resolve("7.json"), new byte[] {'{', '}'});
    Files.writeString(folder.resolve("7.text"), "0 00e9d83edd88d83e");
    Files.createDirectory(folder.resolve("b"));
    List<HostileBundle> bundles = HostileBundle.list(folder, work);
    assertEquals(
        List.of(
            new HostileBundle("7", work.resolve("7"), List.of("é🦈\uD83E")),
            new HostileBundle("b", folder.resolve("b"), List.of())),
        bundles);
    assertArrayEquals(
        new byte[] {'{', '}'}, Files.readAllBytes(work.resolve("7").resolve("tokenizer.json")));
  }

  @Test
  void definition_withAnEmptyText() throws Exception {
    Files.write(folder.resolve("a.json"), new byte[0]);
    Files.writeString(folder.resolve("a.text"), "1 ");
    assertEquals(List.of(""), HostileBundle.list(folder, work).get(0).texts());
  }
}
