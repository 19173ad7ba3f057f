package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.routing.IndexedWorker;
import dev.remora.routing.KvEventClient;
import dev.remora.routing.PrefixIndex;
import dev.remora.routing.PromptContext;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServeCommandTest {
  private static final int[] PROMPT = {1, 2, 3, 4};
  private static final Pattern TARGET = Pattern.compile(" on (\\S+)\n");

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "in time");
      Thread.sleep(20);
    }
  }

  private static void say(PipedOutputStream input, String line) throws IOException {
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** A router's index follows what the lines say, over a real socket. */
  @Test
  void kvEvents_areToldAsStandardInputSays() throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PipedOutputStream input = new PipedOutputStream();
    InputStream before = System.in;
    System.setIn(new PipedInputStream(input));
    Thread serving =
        new Thread(
            () ->
                Remora.commandLine(new PrintWriter(out), new PrintWriter(err))
                    .execute("serve", "--port", "0", "--kv-events", "2"));
    serving.start();
    try {
      await(() -> TARGET.matcher(out.toString()).find());
      Matcher target = TARGET.matcher(out.toString());
      assertTrue(target.find());
      ManagedChannel channel =
          Grpc.newChannelBuilder(target.group(1), InsecureChannelCredentials.create()).build();
      PrefixIndex index = PrefixIndex.withCapacity(1_000);
      IndexedWorker worker = index.addByContent("one");
      KvEventClient client = KvEventClient.subscribe(channel, worker);
      try {
        do { // what nobody listens to is lost
          say(input, "stored 1 2 3 4");
          Thread.sleep(50);
        } while (held(index) == 0);
        await(() -> held(index) == 4);
        say(input, "nonsense 1");
        say(input, "removed 1,2,3,4");
        await(() -> held(index) == 2);
        assertTrue(err.toString().contains("'nonsense 1' is none of stored IDS"), err.toString());
        say(input, "gap");
        do { // what is missing cannot be sent again: all is forgotten once more comes
          say(input, "stored 5 6");
          Thread.sleep(50);
        } while (held(index) > 0);
      } finally {
        client.close();
        channel.shutdownNow();
      }
    } finally {
      System.setIn(before);
      input.close();
      serving.interrupt();
      serving.join();
    }
  }

  private static int held(PrefixIndex index) {
    Map<String, Integer> held = index.match(PROMPT, PromptContext.NONE);
    assertEquals(1, held.size());
    return held.getOrDefault("one", -1);
  }
}
