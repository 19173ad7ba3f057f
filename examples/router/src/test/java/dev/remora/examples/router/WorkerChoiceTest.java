package dev.remora.examples.router;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.forms.TinyTokenizers;
import dev.remora.server.KvEventFeed;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two workers that tell of their blocks over real sockets. */
@Timeout(60)
class WorkerChoiceTest {
  private static final int[] PROMPT = {1, 2, 3, 4};

  private final KvEventFeed oneTells = KvEventFeed.ofBlockSize(2);
  private final KvEventFeed otherTells = KvEventFeed.ofBlockSize(2);
  private final WorkerChoice choice = new WorkerChoice();
  private TokenizerServer oneServer;
  private TokenizerServer otherServer;
  private ManagedChannel one;
  private ManagedChannel other;
  private List<Channel> both;

  private static TokenizerServer serve(KvEventFeed feed) throws IOException {
    Map<String, byte[]> files = Map.of("tokenizer.json", TinyTokenizers.byteLevel());
    return TokenizerServer.builder(TokenizerFiles.of(files)).kvEvents(feed).start();
  }

  private ManagedChannel watched(TokenizerServer server) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
    choice.watch(server.target(), channel);
    return channel;
  }

  @BeforeEach
  void start() throws Exception {
    oneServer = serve(oneTells);
    otherServer = serve(otherTells);
    one = watched(oneServer);
    other = watched(otherServer);
    both = List.of(one, other);
    while (oneTells.subscribers() == 0 || otherTells.subscribers() == 0) {
      Thread.sleep(5);
    }
  }

  @AfterEach
  void close() {
    choice.close();
    one.shutdownNow();
    other.shutdownNow();
    oneServer.close();
    otherServer.close();
  }

  /** The choice for a request that ends at once. */
  private Channel chosen() {
    try (WorkerChoice.Chosen chosen = choice.choose(both, PROMPT)) {
      return chosen.channel();
    }
  }

  /** Waits until both requests of a pair go to one worker, which in turn they never do. */
  private void awaitBothTo(Channel wanted) throws InterruptedException {
    for (int inARow = 0; inARow < 2; inARow++) {
      if (chosen() != wanted) {
        inARow = -1;
        Thread.sleep(5);
      }
    }
  }

  @Test
  void longestPrefix_countsMore_thanRequestsUnderWay() throws InterruptedException {
    assertNotSame(chosen(), chosen());
    oneTells.stored(1, 2);
    awaitBothTo(one);
    otherTells.stored(1, 2, 3, 4);
    awaitBothTo(other);
    WorkerChoice.Chosen running = choice.choose(both, PROMPT);
    assertSame(other, chosen());
    running.close();
    otherTells.cleared();
    awaitBothTo(one);
  }

  @Test
  void ofEqualPrefixes_theWorkerWithFewestRequestsIsChosen() {
    WorkerChoice.Chosen first = choice.choose(both, PROMPT);
    for (int request = 0; request < 4; request++) {
      assertNotSame(first.channel(), chosen());
    }
    WorkerChoice.Chosen second = choice.choose(both, PROMPT);
    assertNotSame(first.channel(), second.channel());
    first.close();
    for (int request = 0; request < 4; request++) {
      assertSame(first.channel(), chosen());
    }
    second.close();
  }

  @Test
  void noWorker_isUnavailable() {
    assertThrows(ApiException.class, () -> choice.choose(List.of(), PROMPT));
  }
}
