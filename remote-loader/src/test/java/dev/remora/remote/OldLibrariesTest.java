package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.bundle.BundleFormat;
import dev.remora.forms.TinyTokenizers;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.TrainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The class paths of older frameworks, in a JVM each: the jars that Maven puts into a folder for
 * each take the place of this build's. What they bring, docs/loading.md says.
 */
class OldLibrariesTest {
  private static final Path FRAMEWORKS = Path.of("target", "old-jars").toAbsolutePath();

  private static final Pattern JAR = Pattern.compile("([a-z0-9-]+?)-([0-9].*)\\.jar");

  @TempDir private Path folder;
  private ChildJvm jvm;
  private Path files;

  @BeforeEach
  void write() throws IOException {
    jvm = new ChildJvm(folder);
    files = Files.createDirectory(folder.resolve("files"));
    Path json = Files.createDirectory(files.resolve("json"));
    Files.write(json.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Files.writeString(
        json.resolve("tokenizer_config.json"),
        "{\"chat_template\": \"{% for m in messages %}{{ m | tojson }}{% endfor %}\"}");
    Path model = Files.createDirectory(files.resolve("sentencepiece"));
    Files.write(model.resolve("tokenizer.model"), sentencePiece());
  }

  private static byte[] sentencePiece() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setTrainerSpec(TrainerSpec.newBuilder().setModelType(TrainerSpec.ModelType.BPE))
            .addPieces(piece("<unk>", 0, SentencePiece.Type.UNKNOWN))
            .addPieces(piece("<s>", 0, SentencePiece.Type.CONTROL))
            .addPieces(piece("</s>", 0, SentencePiece.Type.CONTROL));
    for (String piece : List.of("he", "ll", "hell", "▁", "w", "r", "l", "d", "o", "h", "e")) {
      model.addPieces(piece(piece, -model.getPiecesCount(), SentencePiece.Type.NORMAL));
    }
    return model.build().toByteArray();
  }

  private static SentencePiece piece(String text, float score, SentencePiece.Type type) {
    return SentencePiece.newBuilder().setPiece(text).setScore(score).setType(type).build();
  }

  /** The jars of a framework, by their artifacts. */
  private static Map<String, String> versions(String framework) throws IOException {
    try (Stream<Path> jars = Files.list(FRAMEWORKS.resolve(framework))) {
      return jars.map(jar -> JAR.matcher(jar.getFileName().toString()))
          .filter(Matcher::matches)
          .collect(Collectors.toMap(jar -> jar.group(1), jar -> jar.group(2)));
    }
  }

  private static List<String> cells(String row) {
    return Stream.of(row.split("\\|")).map(String::strip).skip(1).toList();
  }

  @Test
  void tableOfTheDocumentation_isWhatIsTested() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/loading.md")).stream()
            .dropWhile(line -> !line.startsWith("| class path |"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    List<String> columns = cells(rows.get(0));
    for (String row : rows.subList(2, rows.size())) {
      List<String> cells = cells(row);
      String framework = cells.get(0).replace("`", "");
      Map<String, String> versions = versions(framework);
      for (int column = 2; column < columns.size() - 1; column++) {
        String version = versions.getOrDefault(columns.get(column), "–");
        assertEquals(version, cells.get(column), framework + " " + columns.get(column));
      }
    }
    assertEquals(4, rows.size() - 2);
  }

  /** Puts the jars of a framework in the place of this build's. */
  private void on(String framework) throws IOException {
    try (Stream<Path> jars = Files.list(FRAMEWORKS.resolve(framework))) {
      for (Path jar : jars.toList()) {
        Matcher name = JAR.matcher(jar.getFileName().toString());
        assertTrue(name.matches(), jar.toString());
        jvm.without(name.group(1) + "-").with(jar);
      }
    }
  }

  private List<String> run(String... arguments) throws Exception {
    ChildJvm.Result result = jvm.run(OldLibrariesMain.class, arguments);
    assertEquals(0, result.exitCode(), result.output() + result.errors());
    return result.output().lines().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring-boot-3.2", "quarkus-3.8", "spark-3.5"})
  void classPathOfAFramework_givesTheSame(String framework) throws Exception {
    on(framework);
    try (TestWorker worker = TestWorker.serving(1, server -> server.format(BundleFormat.TAR_GZ))) {
      String target = worker.server().target();
      List<String> expected = new ArrayList<>(OldLibrariesMain.fromDirectories(files));
      expected.addAll(OldLibrariesMain.fromWorker(target));
      assertTrue(expected.contains("name: workers"), expected.toString());
      assertEquals(expected, run(files.toString(), target));
    }
  }

  /** Gson 2.2.4, Guava 14 and protobuf 2.5, before those of a job. */
  @Test
  void jarsOfASparkCluster_readDirectories_orNameTheJar() throws Exception {
    on("spark-3.5-cluster");
    List<String> lines = run(files.toString());
    List<String> expected = OldLibrariesMain.fromDirectories(files);
    assertEquals(expected.subList(0, 2), lines.subList(0, 2));
    assertEquals(expected.get(3), lines.get(3));
    String protobuf = lines.get(2);
    assertTrue(protobuf.startsWith("sentencepiece: load "), protobuf);
    assertTrue(protobuf.contains("protobuf-java-2.5.0.jar"), protobuf);
    assertTrue(protobuf.contains("protobuf-java 3.23.4 or newer"), protobuf);
  }
}
