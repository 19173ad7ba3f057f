package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.forms.TinyTokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that people download: unpacked, and started as they start it. */
@SuppressWarnings("NullAway.Init") // @BeforeAll sets them
class DistributionIT {
  @TempDir private static Path folder;
  private static Path home;

  @BeforeAll
  static void unpack() throws Exception {
    String archive = System.getProperty("remora.distribution");
    assertEquals(new Ended(0, "", ""), run(Map.of(), "tar", "-xzf", archive));
    try (Stream<Path> files = Files.list(folder)) {
      home = files.filter(file -> file.toString().contains("remora-")).findFirst().orElseThrow();
    }
    Path tiny = Files.createDirectory(folder.resolve("tiny"));
    Files.write(tiny.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
  }

  private record Ended(int exitCode, String out, String err) {}

  private static Ended run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("REMORA_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("it hangs: " + String.join(" ", command));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static String remora() {
    return home.resolve("bin/remora").toString();
  }

  @Test
  void firstRun_makesAnArchiveOfClasses_andLaterOnesUseIt() throws Exception {
    for (int run = 0; run < 2; run++) {
      assertEquals(
          new Ended(0, "2\n", ""), run(Map.of(), remora(), "count", "--dir", "tiny", "hello"));
    }
    List<Path> archives;
    try (Stream<Path> files = Files.list(folder.resolve("cache/remora"))) {
      archives = files.toList();
    }
    assertEquals(1, archives.size(), archives.toString());
    Ended loaded =
        run(
            Map.of("REMORA_JAVA_OPTIONS", "-Xlog:class+load:file=loaded.txt"),
            remora(),
            "count",
            "--dir",
            "tiny",
            "hello");
    assertEquals(0, loaded.exitCode(), loaded.err());
    String mapped = "dev.remora.cli.CountCommand source: shared objects file";
    assertTrue(Files.readString(folder.resolve("loaded.txt")).contains(mapped));
  }

  @Test
  void linkToIt_inADirectoryWithASpace_withJavaOnThePath_works() throws Exception {
    Path spaced = Files.createDirectories(folder.resolve("with a space"));
    Path copy = spaced.resolve("remora");
    assertEquals(0, run(Map.of(), "cp", "-r", home.toString(), copy.toString()).exitCode());
    Path link = Files.createSymbolicLink(spaced.resolve("link"), Path.of("remora/bin/remora"));
    String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
    Ended ended =
        run(
            Map.of("JAVA_HOME", "", "PATH", path, "REMORA_CACHE", ""),
            link.toString(),
            "--version");
    assertEquals(0, ended.exitCode(), ended.err());
    assertTrue(ended.out().startsWith("remora "), ended.out());
  }

  @Test
  void runtimeThatIsMissingOrTooOld_isToldOf() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old/bin"));
    Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 3\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(
        folder.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\nOS_NAME=\"Linux\"\n");
    assertEquals(
        new Ended(1, "", "remora: Java 17 or newer is needed; " + java + " is 11.0.2\n"),
        run(Map.of("JAVA_HOME", folder.resolve("old").toString()), remora(), "--version"));
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n");
    Files.delete(folder.resolve("old/release"));
    assertEquals(
        new Ended(1, "", "remora: Java 17 or newer is needed; " + java + " is 1.8.0_392\n"),
        run(Map.of("JAVA_HOME", folder.resolve("old").toString()), remora(), "--version"));
    assertEquals(
        new Ended(1, "", "remora: JAVA_HOME is /nowhere, and there is no bin/java in it\n"),
        run(Map.of("JAVA_HOME", "/nowhere"), remora(), "--version"));
    Ended none = run(Map.of("JAVA_HOME", "", "PATH", ""), "/bin/sh", remora(), "--version");
    assertEquals(1, none.exitCode());
  }

  @Test
  void whatBelongsToIt_isThere() throws Exception {
    for (String file :
        List.of(
            "LICENSE",
            "bin/remora.cmd",
            "share/man/man1/remora.1",
            "share/bash-completion/completions/remora")) {
      assertTrue(Files.size(home.resolve(file)) > 100, file);
    }
    String completed =
        run(
                Map.of(),
                "bash",
                "-c",
                ". '"
                    + home.resolve("share/bash-completion/completions/remora")
                    + "' && COMP_WORDS=(remora cou) && COMP_CWORD=1 && _complete_remora"
                    + " && echo \"${COMPREPLY[@]}\"")
            .out();
    assertEquals("count\n", completed);
    String page = Files.readString(home.resolve("share/man/man1/remora.1"));
    assertTrue(page.startsWith(".TH REMORA 1 "), page);
    assertTrue(page.contains(".SH \"remora count\"\n"), page);
  }
}
