package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a Java module needs no more than the loader's module. */
final class ModulePathTest {
  private static final String DESCRIPTOR = "module app { requires dev.remora.remote; }";

  private static final String MAIN =
      """
      package app;

      import dev.remora.Tokenizer;
      import dev.remora.remote.LoadOptions;
      import dev.remora.remote.Tokenizers;
      import io.grpc.Grpc;
      import io.grpc.InsecureChannelCredentials;
      import io.grpc.ManagedChannel;
      import java.util.List;

      public final class Main {
        public static void main(String[] arguments) {
          ManagedChannel channel =
              Grpc.newChannelBuilder(arguments[0], InsecureChannelCredentials.create()).build();
          for (String engine : List.of("java", "djl")) {
            LoadOptions options = LoadOptions.builder().engine(engine).build();
            try (Tokenizer tokenizer = Tokenizers.fromBackend(channel, options)) {
              System.out.println(
                  tokenizer.engine().name() + " " + tokenizer.decode(tokenizer.encode("hello world").ids())
                      + " in " + Main.class.getModule());
            }
          }
          channel.shutdownNow();
        }
      }
      """;

  /**
   * Its jar describes itself as the module of a library inside it, so it hides its own packages.
   */
  private static final Pattern TRANSPORT = Pattern.compile("grpc-netty-shaded");

  private static final Pattern NOT_OF_AN_APPLICATION =
      Pattern.compile(
          "test-classes|-tests\\.jar|junit|opentest4j|apiguardian|conformance|tokenizer-server|"
              + "spring-boot-loader|grpc-netty-shaded|surefire");

  private static String classPath(Predicate<String> wanted) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void application_thatRequiresOnlyTheLoader_loadsOverBothEngines(@TempDir Path folder)
      throws Exception {
    String modules = classPath(NOT_OF_AN_APPLICATION.asPredicate().negate());
    Path classes = compiled(folder, modules);
    try (TestWorker worker = TestWorker.serving(1)) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--module-path",
                  modules + File.pathSeparator + classes,
                  "--class-path",
                  classPath(TRANSPORT.asPredicate()),
                  "--module",
                  "app/app.Main",
                  worker.server().target())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
      assertTrue(output.contains("java <s>hello world in module app"), output);
      assertTrue(output.contains("djl <s>hello world in module app"), output);
    }
  }

  private static Path compiled(Path folder, String modules) throws IOException {
    Path descriptor = Files.writeString(folder.resolve("module-info.java"), DESCRIPTOR);
    Path sources = Files.createDirectory(folder.resolve("app"));
    Path main = Files.writeString(sources.resolve("Main.java"), MAIN);
    Path classes = folder.resolve("classes");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    List<String> arguments =
        List.of(
            "--module-path",
            modules,
            "-d",
            classes.toString(),
            descriptor.toString(),
            main.toString());
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(out, out, arguments.toArray(String[]::new));
    assertEquals(0, result, said.toString());
    return classes;
  }
}
