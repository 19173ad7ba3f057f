package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.PageExamples;
import dev.remora.forms.TinyTokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java examples of the README, docs/loading.md and docs/chat.md compile and run against a
 * worker.
 */
class ReadmeTest {
  private static final String FRAME =
      """
      import dev.remora.*;
      import dev.remora.bundle.*;
      import dev.remora.chat.*;
      import dev.remora.chat.response.*;
      import dev.remora.proto.*;
      import dev.remora.remote.*;
      import io.grpc.*;
      import java.net.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      public class Example {
        public static void run(ManagedChannel channel) throws Exception {
          %s
        }
      }
      """;

  @TempDir Path folder;

  private static List<String> examples() throws Exception {
    return examples("../README.md");
  }

  private static List<String> examples(String page) throws Exception {
    return PageExamples.of(Path.of(page), "java");
  }

  @Test
  void firstExample_roundTripsAText() throws Exception {
    String printed = run(examples().get(0).replace("ManagedChannel channel =", "channel ="));
    assertEquals("9 tokens: <s>Hello, world!\n", printed);
  }

  @Test
  void secondExample_printsTokensAndOffsets() throws Exception {
    String printed = run(examples().get(1));
    assertTrue(printed.startsWith("H 0–1\ni 1–2\n"), printed);
  }

  @Test
  void thirdExample_takesTheWorkerFirst() throws Exception {
    assertEquals("FINGERPRINT: 3\n", run(examples().get(2)));
  }

  @Test
  void fourthExample_comparesAWorker() throws Exception {
    assertEquals("equal\n3\n", run(examples().get(3)));
  }

  @Test
  void fifthExample_countsWithALease() throws Exception {
    assertEquals("3\n", run(examples().get(4)));
  }

  @Test
  void sixthExample_streamsThePromptBack() throws Exception {
    assertEquals("[user] Hi \n", run(examples().get(5)));
  }

  @Test
  void seventhExample_tellsAReplyApart() throws Exception {
    String printed = run(examples().get(6));
    assertEquals(
        "REASONING Text\nREASONING Closed\nCONTENT Opened\nCONTENT Text\nCONTENT Closed\n"
            + "TOOL_CALLS Opened\nTOOL_CALLS Text\nTOOL_CALLS Text\nOptional[Easy.] Optional[Hi] "
            + "[ToolCall[id=Optional.empty, name=f, arguments={}]]\n",
        printed);
    assertEquals(7, examples().size());
  }

  @Test
  void examplesOfLoading_runToo() throws Exception {
    List<String> examples = examples("../docs/loading.md");
    assertEquals("", run(examples.get(0)));
    assertEquals("", run(examples.get(1)));
    String cache = folder.resolve("cache").toString().replace('\\', '/');
    assertEquals("3\n", run(examples.get(2).replace("/var/cache/remora", cache)));
    assertEquals("built by java\n", run(examples.get(3)));
    assertEquals(4, examples.size());
  }

  @Test
  void examplesOfConversations_runToo() throws Exception {
    List<String> examples = examples("../docs/chat.md");
    assertEquals("tools[0].function\nmessages[0].content\n", run(examples.get(0)));
    assertEquals("[1, 2] true\n", run(examples.get(1)));
    assertEquals(2, examples.size());
  }

  /** Compiles and runs an example; what it prints. */
  private String run(String example) throws Exception {
    Map<String, byte[]> files = Map.of("tokenizer.json", TinyTokenizers.byteLevel());
    try (TokenizerServer server = TokenizerServer.builder(TokenizerFiles.of(files)).start()) {
      Method method = compile(example.replace("localhost:50051", server.target()));
      ManagedChannel channel =
          Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
      PrintStream before = System.out;
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      try {
        method.invoke(null, channel);
      } finally {
        System.setOut(before);
        channel.shutdownNow();
      }
      return printed.toString(StandardCharsets.UTF_8);
    }
  }

  private Method compile(String example) throws Exception {
    return PageExamples.compile(folder, "Example", FRAME.formatted(example))
        .getMethod("run", ManagedChannel.class);
  }
}
