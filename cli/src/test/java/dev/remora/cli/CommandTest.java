package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleDialect;
import dev.remora.chat.ChatTemplate;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.Tokenizers;
import dev.remora.server.Fault;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every verb against a worker on a real socket. */
class CommandTest {
  private static final Map<String, byte[]> FILES =
      Map.of("tokenizer.json", TinyTokenizers.byteLevel());
  private static TokenizerServer worker;

  @BeforeAll
  static void start() throws IOException {
    worker = TokenizerServer.builder(TokenizerFiles.of(FILES)).modelIdentifier("tiny").start();
  }

  @AfterAll
  static void close() {
    worker.close();
  }

  private static Run remora(String... arguments) {
    return Run.of(withWorker(arguments));
  }

  private static String[] withWorker(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--worker";
    all[arguments.length + 1] = worker.target();
    return all;
  }

  @Test
  void encode_texts_oneLineEach() {
    assertEquals(
        new Run(0, "264 259 262 263\n264 101\n", ""), remora("encode", "hello world", "e"));
  }

  @Test
  void encode_withoutSpecialTokens() {
    assertEquals("259\n", remora("encode", "--no-special-tokens", "hello").out());
  }

  @Test
  void encode_json_hasTokensAndOffsets() {
    assertEquals(
        "{\"ids\":[264,259,262],\"tokens\":[\"<s>\",\"hello\",\"Ġwor\"],"
            + "\"offsets\":[[0,0],[0,5],[5,9]]}\n",
        remora("encode", "--json", "hello wor").out());
  }

  @Test
  void encode_jsonLines_oneObjectALine() {
    Run run =
        Run.withInput(
            "\"hello\"\r\n\"\"\n\"\\u00e9\\n\"\n\"\\ud800\"\n", withWorker("encode", "--jsonl"));
    assertEquals(0, run.exitCode(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(4, lines.size());
    assertEquals(List.of("{\"ids\":[264,259]}", "{\"ids\":[264]}"), lines.subList(0, 2));
  }

  @Test
  void encode_jsonLinesThatAreNoStrings_nameTheLine() {
    for (String bad : new String[] {"[1]", "{}", "hello", "\"a", "", "'a'", "1", "null"}) {
      Run run = Run.withInput("\"a\"\n" + bad + "\n", withWorker("encode", "--jsonl"));
      assertEquals(1, run.exitCode(), bad);
      assertTrue(run.err().startsWith("remora: line 2: "), run.err());
      assertEquals("{\"ids\":[264,97]}\n", run.out());
    }
  }

  @Test
  void encode_standardInput_isOneText() {
    Run run = Run.withInput("hello\nhello", withWorker("encode"));
    assertEquals("264 259 10 259\n", run.out());
  }

  @Test
  void decode_idsAndLines() {
    assertEquals("<s>hello world\n", remora("decode", "264", "259", "262", "263").out());
    assertEquals("hello\n", remora("decode", "--skip-special-tokens", "264,259").out());
    assertEquals("{\"text\":\"hello\"}\n", remora("decode", "--json", "259").out());
    assertEquals("hello\n", remora("decode", "[259]").out());
    assertEquals("<s>hellohello\n", remora("decode", "[264, 259,259 ]").out());
    assertEquals("<s>hello\n", remora("decode", "[264,", "259]").out());
    Run bracketed = Run.withInput("[264, 259]\r\n\n[]\n259", withWorker("decode"));
    assertEquals("<s>hello\n\n\nhello\n", bracketed.out());
    Run lines = Run.withInput("[264,259]\n[]\n", withWorker("decode", "--jsonl"));
    assertEquals("\"<s>hello\"\n\"\"\n", lines.out());
  }

  @Test
  void decode_unknownId_isAFailureWithItsKind() {
    Run run = remora("decode", "--json", "259", "9999");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("id 9999 at index 1 has no token"), run.err());
    assertTrue(run.out().startsWith("{\"error\":{\"kind\":\"unknown-token\""), run.out());
  }

  @Test
  void decode_idBeyond32Bits_isNotCut() {
    for (String id : new String[] {"4294967555", "1.5", "1e99999", "1e99999999999"}) {
      Run run = Run.withInput("[" + id + "]\n", withWorker("decode", "--jsonl"));
      assertEquals(1, run.exitCode());
      assertTrue(run.err().startsWith("remora: line 1: "), run.err());
    }
  }

  @Test
  void tokens_areALineEach_orOneObject() {
    assertEquals(
        "264\t0-0\t<s>\t\n259\t0-5\thello\thello\n262\t5-9\tĠwor\t wor\n10\t9-10\tĊ\t\\n\n",
        remora("tokens", "hello wor\n").out());
    assertEquals(
        "{\"text\":\"hello\",\"ids\":[259],\"tokens\":[\"hello\"],\"offsets\":[[0,5]]}\n",
        remora("tokens", "--json", "--no-special-tokens", "hello").out());
  }

  @Test
  void tokens_onATerminal_areColouredByTheirIds() {
    StringWriter out = new StringWriter();
    CommandLine command =
        Remora.commandLine(new PrintWriter(out), new PrintWriter(out))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.ON));
    assertEquals(0, command.execute(withWorker("tokens", "he\u001bhe\nlo")));
    String plain = out.toString().replaceAll("\u001b\\[[0-9;]*m", "");
    assertEquals("he\\u001bhe↵\nlo\n7 tokens\n", plain);
    List<String> painted =
        Arrays.stream(out.toString().split("\u001b\\[39m\u001b\\[49m|\u001b\\[0m", -1)).toList();
    assertEquals(painted.get(0), painted.get(2)); // one id, one colour
    assertNotEquals(color(painted.get(0)), color(painted.get(1)));
  }

  private static String color(String painted) {
    return painted.replaceAll("m[^m]*$", "");
  }

  @Test
  void tokens_asAPage_keepAFileThatIsThere(@TempDir Path folder) throws IOException {
    String page = folder.resolve("page.html").toString();
    assertEquals(new Run(0, "", ""), remora("tokens", "--html", page, "</script>"));
    String written = Files.readString(Path.of(page));
    assertFalse(written.contains("\"</script>\""), written);
    Run again = remora("tokens", "--html", page, "a");
    assertEquals(1, again.exitCode());
    assertEquals(written, Files.readString(Path.of(page)));
    assertEquals(written, remora("tokens", "--html", "-", "</script>").out());
  }

  @Test
  void count_inspect_tellTheFacts() {
    assertEquals("2\n1\n", remora("count", "hello", "").out());
    assertEquals("{\"count\":1}\n", remora("count", "--json", "--no-special-tokens", "he").out());
    String facts = remora("inspect", "--json").out();
    for (String fact :
        new String[] {
          "\"model\":\"tiny\"",
          "\"engine\":\"java\"",
          "\"form\":\"tokenizer.json\"",
          "MATCHED",
          "\"proof\":\"FINGERPRINT\""
        }) {
      assertTrue(facts.contains(fact), facts);
    }
  }

  /** The hashes are those that Python's hashlib gives for the rules of the engines. */
  @Test
  void blocks_tellTheHashesOfEachKind() {
    assertEquals(
        new Run(
            0,
            """
            sglang\t0\t0-1\t-3866809576290332963
            sglang\t1\t2-3\t3995883514702740243
            vllm\t0\t0-1\t7435548777998150233
            vllm\t1\t2-3\t7198298503192582021
            """,
            ""),
        remora(
            "blocks",
            "--kind",
            "sglang",
            "--kind",
            "vllm",
            "--seed",
            "0",
            "--block-size",
            "2",
            "hello world"));
    assertEquals(
        "{\"kind\":\"sglang\",\"blockSize\":2,\"ids\":4,\"hashes\":[\"-3866809576290332963\",\"3995883514702740243\"]}\n",
        remora("blocks", "--json", "--kind", "sglang", "--block-size", "2", "hello world").out());
  }

  @Test
  void blocks_whoseHashesCannotBeComputed_areWrongUsage() {
    for (String[] arguments :
        new String[][] {
          {"blocks", "--kind", "vllm", "--block-size", "16", "a"}, // no seed
          {"blocks", "--kind", "sglang", "--block-size", "0", "a"},
          {"blocks", "--kind", "xxh3-local", "--block-size", "16", "--salt", "s", "a"},
          {"blocks", "--kind", "sha256", "--block-size", "16", "a"},
          {"blocks", "--kind", "sglang", "a"}
        }) {
      assertEquals(2, remora(arguments).exitCode(), () -> String.join(" ", arguments));
    }
  }

  @Test
  void demo_showsEveryStepAndEqualTexts() {
    Run run = remora("demo");
    assertEquals(0, run.exitCode(), run.err());
    for (String step : new String[] {"fetch", "verify", "unpack", "build", "(equal)"}) {
      assertTrue(run.out().contains(step), run.out());
    }
  }

  @Test
  void folder_isReadInsteadOfAWorker(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Files.write(folder.resolve("model.safetensors"), new byte[10]);
    assertEquals("264 259\n", Run.of("encode", "--dir", folder.toString(), "hello").out());
  }

  @Test
  void folder_isReadWhereNoWorkerHasATokenizer(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Run run =
        Run.of(
            "encode",
            "--worker",
            "localhost:1",
            "--worker",
            "localhost:2",
            "--dir",
            folder.toString(),
            "hello");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("264 259\n", run.out());
    assertTrue(run.err().startsWith("workers [localhost:1, localhost:2]: "), run.err());
    assertTrue(run.err().endsWith("; trying directory " + folder + "\n"), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "wrong-fingerprint, fingerprint, A4",
    "cut-after:1, bundle, A6",
    "missing-fingerprint, bundle, C2",
    "status:PERMISSION_DENIED, load, C7"
  })
  void badWorker_isOneLineAndExitCode1(String fault, String kind, Rule rule) throws IOException {
    try (TokenizerServer bad =
        TokenizerServer.builder(TokenizerFiles.of(FILES))
            .chunkSize(100)
            .fault(Fault.parse(fault))
            .start()) {
      Run run = Run.of("encode", "--json", "--worker", bad.target(), "a");
      assertEquals(1, run.exitCode());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(
          run.out().startsWith("{\"error\":{\"kind\":\"%s\",\"rule\":\"%s\"".formatted(kind, rule)),
          run.out());
    }
  }

  @Test
  void missingFingerprint_isAcceptedByOptionOnly() throws IOException {
    try (TokenizerServer bare =
        TokenizerServer.builder(TokenizerFiles.of(FILES))
            .dialect(BundleDialect.BARE)
            .fault(Fault.parse("missing-fingerprint"))
            .start()) {
      assertEquals(1, Run.of("count", "--worker", bare.target(), "a").exitCode());
      assertEquals(
          "2\n",
          Run.of("count", "--insecure-skip-fingerprint", "--worker", bare.target(), "a").out());
    }
  }

  @Test
  void zipThatLeaves_andBundleWithoutTokenizer_areRefused() throws IOException {
    for (Map<String, byte[]> files :
        List.of(Map.of("../x", new byte[1]), Map.of("config.json", new byte[0]))) {
      try (TokenizerServer bad = TokenizerServer.builder(TokenizerFiles.of(files)).start()) {
        Run run = Run.of("encode", "--worker", bad.target(), "a");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
      }
    }
  }

  @Test
  void workerThatIsNotThere_isToldOfSoon_withoutATimeout() {
    Run run = Run.of("encode", "--worker", "localhost:1", "a");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("UNAVAILABLE x5"), run.err());
  }

  @Test
  void workerThatIsNotThere_endsWithinTheTimeout() {
    Run run = Run.of("encode", "--worker", "localhost:1", "--timeout", "800ms", "a");
    assertEquals(1, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encode --timeout 5",
        "encode --timeout 0s",
        "encode --expect-fingerprint xyz a",
        "encode --timeout 999999999m a",
        "encode --service= a",
        "encode --engine= a",
        "encode a --jsonl",
        "decode x",
        "decode [1",
        "decode 1]",
        "decode 1[2]",
        "decode [1]2",
        "decode [[1]]",
        "decode 4294967296",
        "count --tls-cert x a",
        "count --tls-name x a",
        "count --header x a",
        "count --header ä:x a",
        "drift --dir x",
        "nonsense",
        "serve --dialect bare --format files",
        "serve --format rar",
        "serve --fault nonsense",
        "serve --kv-replay",
        "serve --kv-events 0",
        "serve --port x"
      })
  void wrongUsage_isExitCode2(String line) {
    Run run = Run.of(line.split(" ", -1));
    assertEquals(2, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().endsWith(" --help tells more\n"), run.err());
  }

  @Test
  void contradictoryOptions_areWrongUsageThatNamesBoth() {
    String sha = "00".repeat(32);
    Run run = Run.of("encode", "--expect-fingerprint", sha, "--insecure-skip-fingerprint", "a");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(
        run.err().contains("--expect-fingerprint and --insecure-skip-fingerprint"), run.err());
  }

  @Test
  void version_isThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.replaceFirst("(?s).*?<version>([^<]*)</version>.*", "$1"); // the parent's
    String said = Run.of("--version").out();
    assertEquals("remora " + version + " (Java " + Runtime.version() + ")\n", said);
  }

  @Test
  void verbs_areThoseOfTheirClasses() {
    PrintWriter none = new PrintWriter(new StringWriter());
    Remora.commandLine(none, none)
        .getSubcommands()
        .forEach(
            (name, verb) -> {
              Class<?> type = verb.getCommandSpec().userObject().getClass();
              assertEquals(type.getAnnotation(CommandLine.Command.class).name(), name);
            });
  }

  @Test
  void noVerb_isWrongUsage() {
    assertEquals(2, Run.of().exitCode());
  }

  @Test
  void published_comparesLineByLine_andAFileOfOneLineAsAWhole(@TempDir Path folder)
      throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Files.writeString(folder.resolve("small_input.txt"), "hello\nh\\s\n");
    Files.writeString(folder.resolve("small_tokens_tiny.txt"), "259\n104, 32\n");
    Files.writeString(folder.resolve("whole_input.txt"), "hello\n");
    Files.writeString(folder.resolve("sp_whole_tokens_tiny.txt"), "259, 1");
    String[] command = {
      "conformance", "published", folder.toString(), "--ids", folder.toString(), "--name", "tiny"
    };
    Run run = Run.of(command);
    assertEquals(1, run.exitCode());
    assertTrue(run.out().endsWith("2 passed, 1 failed\n"), run.out());
    assertTrue(run.out().contains("sp_whole_tokens_tiny.txt: text 0 \"hello"), run.out());
    command[command.length - 1] = "another";
    assertTrue(Run.of(command).err().contains("has no ids of another"));
  }

  @Test
  void reference_isNamedByInspect() {
    assertTrue(remora("inspect", "--json").out().contains("\"reference\":\"0.21\""));
    assertTrue(
        remora("inspect", "--json", "--reference", "0.23")
            .out()
            .contains("\"reference\":\"0.23\""));
    assertEquals(2, remora("inspect", "--reference", "0.22").exitCode());
  }

  @Test
  void engines_bothGiveTheSameIds_andADeclinedBundleIsAFailure(@TempDir Path folder)
      throws IOException {
    for (String engine : new String[] {"java", "djl"}) {
      assertEquals("264 259\n", remora("encode", "--engine", engine, "hello").out());
    }
    String replacing =
        new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8)
            .replace(
                "\"normalizer\":null",
                "\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(?i:ss)\"},"
                    + "\"content\":\"k\"}");
    Files.writeString(folder.resolve("tokenizer.json"), replacing);
    Run declined = Run.of("count", "--json", "--engine", "java", "--dir", folder.toString(), "a");
    assertEquals(1, declined.exitCode());
    assertTrue(declined.out().contains("\"kind\":\"engine\""), declined.out());
    Run inspected = Run.of("inspect", "--json", "--dir", folder.toString());
    assertTrue(inspected.out().contains("\"engine\":\"djl\",\"declined\":{\"java\":"));
  }

  @Test
  void export_writesOnce(@TempDir Path folder) throws IOException {
    String target = folder.resolve("out.json").toString();
    assertEquals(0, remora("export", target).exitCode());
    assertTrue(Files.size(Path.of(target)) > 1000);
    Run again = remora("export", target);
    assertEquals(1, again.exitCode());
    assertEquals(1, again.err().lines().count(), again.err());
  }

  @Test
  void chat_rendersAndEncodes(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Files.writeString(
        folder.resolve("chat_template.jinja"),
        "<s>{% for m in messages %}{{ m.content }}{% endfor %}{{ x }}");
    Path messages = folder.resolve("messages.json");
    Files.writeString(messages, "[{\"role\": \"user\", \"content\": \"hello\"}]");
    String[] arguments = {
      "chat",
      "--json",
      "--dir",
      folder.toString(),
      "--messages",
      messages.toString(),
      "--kwargs",
      "{\"x\": 1}"
    };
    assertEquals(
        """
        {"prompt":"<s>hello1","spans":[{"start":0,"end":3,"trusted":true},\
        {"start":3,"end":8,"trusted":false,"path":"messages[0].content"},\
        {"start":8,"end":9,"trusted":false,"path":"x"}],"ids":[264,259,49],"refused":[]}
        """,
        Run.of(arguments).out());
    Files.writeString(messages, "{}");
    assertEquals(1, Run.of(arguments).exitCode());
    Files.writeString(
        folder.resolve("chat_template.jinja"), "\n{{ raise_exception('no such role') }}");
    Files.writeString(messages, "[]");
    Run raised = Run.of(arguments);
    assertTrue(raised.out().contains("\"kind\":\"template\""), raised.out());
    assertTrue(raised.err().contains("line 2: no such role"), raised.err());
  }

  @Test
  void chatEncode_hasExactlyOneBos(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Files.writeString(folder.resolve("chat_template.jinja"), "<s>{{ messages[0].content }}");
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(folder)) {
      ChatTemplate template = ChatTemplate.of(tokenizer.bundle());
      List<Map<String, Object>> messages = List.of(Map.of("role", "user", "content", "hello"));
      assertArrayEquals(new int[] {264, 259}, template.encode(tokenizer, messages).ids());
    }
  }

  @Test
  void conformanceIds_countsEqualAndDifferentTexts(@TempDir Path folder) throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.write(one.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Files.write(other.resolve("tokenizer.json"), TinyTokenizers.wordPiece());
    Run equal = conformance(one, one);
    assertEquals(new Run(0, "200 passed, 0 failed\n", ""), equal);
    Run different = conformance(other, one);
    assertEquals(1, different.exitCode());
    assertTrue(different.out().strip().endsWith(" failed"), different.out());
    Run engines = Run.of("conformance", "engines", "--dir", folder.toString(), "--texts", "50");
    assertTrue(engines.out().contains("other: served by java"), engines.out());
    assertTrue(engines.out().strip().endsWith(" passed, 0 failed"), engines.out());
  }

  @Test
  void textOfTheWorker_reachesTheTerminalEscaped() throws IOException {
    String model = "a\u001b[31m\u009b2J\r\n\u202e\u2028b";
    String escaped = "a\\u001b[31m\\u009b2J\\r\\n\\u202e\\u2028b";
    try (TokenizerServer hostile =
        TokenizerServer.builder(TokenizerFiles.of(FILES)).modelIdentifier(model).start()) {
      for (String verb : new String[] {"inspect", "demo"}) {
        Run run = Run.of(verb, "--worker", hostile.target());
        assertTrue(run.out().contains(escaped), run.out());
        Run json = Run.of(verb, "--json", "--worker", hostile.target());
        assertTrue(json.out().contains(escaped), json.out());
      }
    }
    Run failed = Run.of("count", "--dir", "no\u001b[1m\nsuch", "a");
    assertTrue(failed.err().startsWith("remora: no\\u001b[1m\\nsuch is not"), failed.err());
    Run wrong = Run.of("count", "--timeout", "\u001b[1m", "a");
    assertTrue(wrong.err().contains("\\u001b[1m"), wrong.err());
  }

  @Test
  void conformanceHostile_triesEveryBundleOnEveryEngine(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("harmless.json"), TinyTokenizers.byteLevel());
    Files.writeString(folder.resolve("harmless.text"), "1 00680069");
    Files.createDirectory(folder.resolve("empty")); // refused, with a type
    Run run = Run.of("conformance", "hostile", "--dir", folder.toString());
    assertEquals(new Run(0, "4 passed, 0 failed\n", ""), run);
    Run none = Run.of("conformance", "hostile", "--engine", "no", "--dir", folder.toString());
    assertEquals(1, none.exitCode(), none.out());
  }

  @Test
  void conformanceGolden_countsTexts_andNamesWhatHasNoIds(@TempDir Path folder) throws IOException {
    Path tokenizers = Files.createDirectory(folder.resolve("tokenizers"));
    for (String name : List.of("kept", "other")) {
      Path bundle = Files.createDirectory(tokenizers.resolve(name));
      Files.write(bundle.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    }
    Path texts = Files.writeString(folder.resolve("texts.json"), "[\"hello\",\"\",\"lol\"]");
    Path ids = Files.createDirectory(folder.resolve("ids"));
    Path kept = ids.resolve("kept.json");
    Files.writeString(kept, golden("[108,111,108]", "[264,108,111,108]", "lol"));
    String[] golden = {
      "conformance",
      "golden",
      "--tokenizers",
      tokenizers.toString(),
      "--ids",
      ids.toString(),
      "--texts",
      texts.toString(),
      "--engine",
      "java"
    };
    Run equal = Run.of(golden);
    assertEquals(new Run(0, "other: no ids to compare with\n3 passed, 0 failed\n", ""), equal);
    for (String wrong :
        List.of(
            golden("[108,108]", "[264,108,111,108]", "lol"),
            golden("[108,111,108]", "[108,111,108]", "lol"),
            golden("[108,111,108]", "[264,108,111,108]", "lo"))) {
      Files.writeString(kept, wrong);
      Run different = Run.of(golden);
      assertEquals(1, different.exitCode());
      assertTrue(different.out().endsWith("2 passed, 1 failed\n"), different.out());
    }
    Files.writeString(kept, "{}");
    assertTrue(Run.of(golden).err().contains("one entry for each text"));
  }

  private static String golden(String ids, String withSpecial, String decoded) {
    return "{\"ids\":[[259],[],%s],\"ids_with_special\":[[264,259],[264],%s],\"decoded\":[\"hello\",\"\",\"%s\"]}"
        .formatted(ids, withSpecial, decoded);
  }

  private static Run conformance(Path one, Path other) {
    return Run.of("conformance", "ids", one.toString(), other.toString(), "--texts", "100");
  }

  @Test
  void pinnedFingerprint_wrong_isRefused() {
    Run run = remora("count", "--expect-fingerprint", "00".repeat(32), "a");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("rule C2") || run.err().contains("mismatch"), run.err());
  }

  @Test
  void namedEngine_thatIsNotThere_isAFailure() {
    Run run = remora("count", "--json", "--engine", "nonsense", "a");
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains("\"kind\":\"engine\""), run.out());
  }

  /** What command lines give a meaning to, and texts do not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@tokens.txt",
        "@@a",
        "${sys:user.home}",
        "${env:HOME}",
        "_NULL_",
        "__unspecified__",
        "\"quoted\"",
        "'a'",
        "a,b",
        "a=b",
        "%s%n",
        "@|red a|@",
        "~",
        "*",
        "--",
        "-f",
        "--jsonl"
      })
  void text_isTakenAsItIs(String text) throws IOException {
    Files.writeString(Path.of("tokens.txt"), "--insecure-skip-fingerprint\nhello");
    try {
      String[] arguments = {"encode", "--worker", worker.target(), "--", text};
      Run decoded =
          Run.withInput(
              Run.of(arguments).out(), withWorker("decode", "--skip-special-tokens", "--json"));
      assertEquals(Json.write(Map.of("text", text)) + "\n", decoded.out(), decoded.err());
    } finally {
      Files.delete(Path.of("tokens.txt"));
    }
  }

  @Test
  void argumentWithAnAtSign_opensNoFile(@TempDir Path folder) throws IOException {
    Path options = Files.writeString(folder.resolve("options"), "--insecure-skip-fingerprint");
    try (TokenizerServer bare =
        TokenizerServer.builder(TokenizerFiles.of(FILES))
            .fault(Fault.parse("missing-fingerprint"))
            .start()) {
      Run run = Run.of("count", "--worker", bare.target(), "@" + options);
      assertEquals(1, run.exitCode(), run.out());
    }
  }

  @Test
  void fileOption_readsFiles_andAnArgumentNamingOneIsNoted(@TempDir Path folder)
      throws IOException {
    String file = Files.writeString(folder.resolve("a"), "hello world").toString();
    assertEquals("264 259 262 263\n", remora("encode", "-f", file).out());
    Run named = remora("encode", file);
    assertEquals(0, named.exitCode());
    assertTrue(named.err().startsWith("remora: note: '" + file + "' is taken as a text"));
    Run missing = remora("count", "-f", folder.resolve("b").toString());
    assertEquals(1, missing.exitCode());
    assertTrue(missing.err().endsWith("b: there is no such file\n"), missing.err());
    assertEquals(1, remora("count", "-f", folder.toString()).exitCode());
    Files.write(folder.resolve("a"), new byte[] {'a', (byte) 0xC3});
    assertTrue(remora("count", "-f", file).err().endsWith("a is not UTF-8 at byte 1\n"));
  }

  @Test
  void count_ofFiles_namesThem_andTellsATotal(@TempDir Path folder) throws IOException {
    String one = Files.writeString(folder.resolve("a"), "hello world").toString();
    String other = Files.writeString(folder.resolve("b"), "").toString();
    assertEquals(new Run(0, "4 %s\n".formatted(one), ""), remora("count", one));
    String both = "4 %s\n1 %s\n5 total\n".formatted(one, other);
    assertEquals(new Run(0, both, ""), remora("count", one, other));
    assertEquals(new Run(0, both, ""), remora("count", "-f", one, "-f", other));
    assertEquals(
        "4 %s\n2 -\n6 total\n".formatted(one),
        Run.withInput("hello", withWorker("count", one, "-")).out());
    String json = remora("count", "--json", one, other).out();
    assertTrue(json.startsWith("{\"count\":4,\"file\":\""), json);
    assertTrue(json.endsWith("\n{\"total\":5}\n"), json);
    Run mixed = remora("count", one, "hello");
    assertEquals(1, mixed.exitCode());
    assertTrue(mixed.err().startsWith("remora: hello: there is no such file"), mixed.err());
    Run text = remora("count", "--text", "--json", one);
    assertFalse(text.out().contains("\"file\""), text.out());
  }

  @Test
  void dash_isStandardInput_once() {
    assertEquals("2\n3\n", Run.withInput("hello ", withWorker("count", "a", "-")).out());
    assertEquals("2 -\n", Run.withInput("hello", withWorker("count", "-f", "-")).out());
    assertEquals(2, remora("count", "-", "-").exitCode());
    assertEquals(2, remora("count", "a", "-f", "-").exitCode());
  }

  @Test
  void encodeThenDecode_isTheTexts() {
    String[] decode = withWorker("decode", "--skip-special-tokens");
    String ids = remora("encode", "hello world", "", "a b").out();
    assertEquals("hello world\n\na b\n", Run.withInput(ids, decode).out());
    assertEquals("", Run.withInput("", decode).out());
    String[] lines = withWorker("decode", "--skip-special-tokens", "--jsonl");
    for (String how : new String[] {"--json", "--jsonl"}) {
      Run encoded = Run.withInput("\"hello\"", withWorker("encode", how));
      String text = how.equals("--json") ? "\"\\\"hello\\\"\"\n" : "\"hello\"\n";
      assertEquals(text, Run.withInput(encoded.out(), lines).out());
    }
    Run bad = Run.withInput("259\n25x\n", decode);
    assertEquals(new Run(1, "hello\n", "remora: line 2: '25x' is not an id\n"), bad);
  }

  @Test
  void wrongUsage_json_isOneObject() {
    Run run = Run.of("count", "--json", "--timeout", "5", "a");
    assertEquals(2, run.exitCode());
    assertTrue(run.out().startsWith("{\"error\":{\"kind\":\"usage\",\"rule\":\"\""), run.out());
    assertEquals("", Run.of("count", "--timeout", "5", "--", "--json").out());
  }

  @Test
  void errorOfTheJvm_isOneLine() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Remora.commandLine(new PrintWriter(out), new PrintWriter(err))
            .addSubcommand("deep", new Deep());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertEquals(1, command.execute("deep", "--json"));
    assertEquals("remora: java.lang.StackOverflowError\n", err.toString());
    assertTrue(out.toString().contains("java.lang.StackOverflowError"), out.toString());
  }

  /** A verb with a fault. */
  @CommandLine.Command(name = "deep")
  static final class Deep extends Verb {
    @Override
    public Integer call() {
      throw new StackOverflowError();
    }
  }
}
