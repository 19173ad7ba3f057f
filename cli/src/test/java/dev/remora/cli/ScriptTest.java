package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remora.forms.TinyTokenizers;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The {@code remora} scripts in a shell, with their own JVM. What is asked is in ASCII and in the
 * shell's notation, so that nothing depends on the locale of the tests.
 */
class ScriptTest {
  @TempDir static Path home;

  /** The scripts in a home of their own, whose build is the class path of the tests. */
  @BeforeAll
  static void install() throws IOException {
    Files.copy(Path.of("../remora"), home.resolve("remora"));
    Path bin = Files.createDirectories(home.resolve("cli/target/remora/bin"));
    Files.copy(Path.of("src/dist/bin/remora"), bin.resolve("remora"));
    Path lib = Files.createDirectories(home.resolve("cli/target/remora/lib"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    try (OutputStream jar = Files.newOutputStream(lib.resolve("all.jar"))) {
      new JarOutputStream(jar, manifest).close();
    }
    Files.createFile(home.resolve("cli/target/remora.built"));
    Path tiny = Files.createDirectory(home.resolve("tiny"));
    Files.write(tiny.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(element -> Path.of(element).toUri().toString())
        .collect(Collectors.joining(" "));
  }

  private record Ended(int exitCode, String out, String err) {
    /** What the command itself printed: neither the shell nor the JVM about its options. */
    String told() {
      return err.lines().filter(line -> line.startsWith("remora: ")).collect(Collectors.joining());
    }
  }

  private static Ended shell(String command, String... environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).directory(home.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("LANG"));
    variables.keySet().removeIf(name -> name.startsWith("REMORA_"));
    variables.put("REMORA_CACHE", ""); // no archive can be made of directories
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    for (String variable : environment) {
      variables.put(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*?=", ""));
    }
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("it hangs: " + command);
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"LC_ALL=en_US.UTF-8", "LC_ALL=C", "LC_CTYPE=POSIX", "LANG=de_DE.ISO-8859-1", "X="})
  void arguments_andNamesOfFiles_areUtf8_whateverTheLocale(String locale) throws Exception {
    Ended ended =
        shell(
            """
            d=$'t\\xc3\\xbcny-'$RANDOM && cp -r tiny "$d" &&
            ./remora encode --dir "$d" $'\\xc3\\xa9\\xf0\\x9f\\xa6\\x88' '' $'a\\xef\\xbf\\xbd' |
              ./remora decode --skip-special-tokens --dir "$d"
            """,
            locale);
    assertEquals("é🦈\n\na\uFFFD\n", ended.out(), ended.err());
  }

  @Test
  void argument_withALineEnd_isOneText() throws Exception {
    assertEquals("264 97 10 98\n", shell("./remora encode --dir tiny $'a\\nb'").out());
  }

  @Test
  void argument_thatIsNotUtf8_isWrongUsage() throws Exception {
    Ended ended = shell("./remora count --json --dir tiny a $'b\\xff'");
    assertEquals(2, ended.exitCode(), ended.err());
    assertEquals("remora: argument 6 is not UTF-8 at byte 1", ended.told());
    assertTrue(ended.out().startsWith("{\"error\":{\"kind\":\"usage\""), ended.out());
  }

  @Test
  void argumentsUnderAPlainJvm_areUtf8() throws Exception {
    Ended ended =
        shell(
            "\"$JAVA_HOME/bin/java\" -cp cli/target/remora/lib/all.jar dev.remora.cli.Remora"
                + " encode --dir tiny $'\\xc3\\xa9'",
            "LC_ALL=C");
    assertEquals("264 195 169\n", ended.out(), ended.err());
  }

  @Test
  void linksToTheScript_theDirectoryAndItsFiles_areFollowed() throws Exception {
    Ended ended =
        shell(
            """
            mkdir -p links/bin linked && ln -s ../../remora links/bin/one && ln -s bin/one links/two
            ln -s ../tiny/tokenizer.json linked/ && ln -s linked last && printf hello > text
            ln -s text text-link
            CDPATH=/ ./links/two encode --dir last --file text-link
            """);
    assertEquals("264 259\n", ended.out(), ended.err());
  }

  @Test
  void whatWasPrintedBeforeAFailure_isNotLost() throws Exception {
    Ended ended = shell("printf '\"a\"\\nx\\n' | ./remora encode --jsonl --dir tiny");
    assertEquals(1, ended.exitCode());
    assertEquals("{\"ids\":[264,97]}\n", ended.out());
    assertTrue(ended.told().startsWith("remora: line 2: "), ended.told());
  }

  @Test
  void closedPipe_endsQuietly_alsoIfTheInputIsEndless() throws Exception {
    Ended ended =
        shell(
            "yes '\"a\"' 2>&- | ./remora encode --jsonl --dir tiny | head -1; echo ${PIPESTATUS[1]}");
    assertEquals("{\"ids\":[264,97]}\n141\n", ended.out());
    assertEquals("", ended.told());
  }

  @Test
  void fullDisk_isAFailure() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    Ended ended = shell("./remora encode --json --dir tiny a >/dev/full");
    assertEquals(1, ended.exitCode());
    assertTrue(ended.told().startsWith("remora: standard output: "), ended.told());
  }

  @Test
  void unknownHost_isOneLine() throws Exception {
    Ended ended = shell("./remora count --worker nobody.invalid:1 --timeout 2s a");
    assertEquals(1, ended.exitCode());
    assertEquals(1, ended.err().lines().count(), ended.err());
    assertTrue(ended.told().contains("nobody.invalid"), ended.told());
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "encode --jsonl", "decode"})
  void inputBeyondTheHeap_thatCannotBeCut_isALimit(String verb) throws Exception {
    Ended ended =
        shell(
            "head -c 3G /dev/zero | ./remora " + verb + " --json --dir tiny",
            "JAVA_TOOL_OPTIONS=-Xmx64m");
    assertEquals(1, ended.exitCode(), ended.err());
    assertTrue(ended.out().startsWith("{\"error\":{\"kind\":\"limit\""), ended.out());
    assertTrue(ended.told().contains("of standard input"), ended.told());
  }

  @Test
  void inputBeyondTheHeap_inWords_isCounted_andEncodedAndDecoded() throws Exception {
    String text = "yes 'hello wor' | tr '\\n' ' ' | head -c 100000000";
    Ended counted = shell(text + " | ./remora count --dir tiny", "JAVA_TOOL_OPTIONS=-Xmx64m");
    assertEquals("30000001\n", counted.out(), counted.err()); // hello, _wor, _ and <s>
    String part = text.replace("100000000", "20000000");
    Ended back =
        shell(
            part
                + " | ./remora encode --dir tiny"
                + " | ./remora decode --skip-special-tokens --dir tiny | cksum; { "
                + part
                + "; echo; } | cksum",
            "JAVA_TOOL_OPTIONS=-Xmx64m");
    List<String> sums = back.out().lines().toList();
    assertEquals(2, sums.size(), back.err());
    assertEquals(sums.get(0), sums.get(1), back.err());
  }

  @Test
  void environment_namesTheSource_unlessTheCommandLineDoes() throws Exception {
    assertEquals("2\n", shell("./remora count hello", "REMORA_DIR=tiny").out());
    assertEquals(
        "2\n", shell("./remora count --dir tiny hello", "REMORA_WORKER=localhost:1").out());
    Ended worker =
        shell("./remora count hello", "REMORA_WORKER=localhost:1 localhost:2", "REMORA_TIMEOUT=2s");
    assertTrue(worker.told().contains("localhost:2"), worker.told());
    Ended wrong = shell("./remora count --dir tiny hello", "REMORA_TIMEOUT=soon");
    assertEquals(2, wrong.exitCode());
    assertTrue(wrong.told().contains("--timeout"), wrong.told());
  }
}
