package dev.remora.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.remora.Prompt;
import dev.remora.Tokenizer;
import dev.remora.routing.BlockChain;
import dev.remora.routing.CachingTokenizer;
import dev.remora.routing.IndexedWorker;
import dev.remora.routing.KvEvent.Block;
import dev.remora.routing.KvEvent.Removed;
import dev.remora.routing.KvEvent.Stored;
import dev.remora.routing.PrefixIndex;
import dev.remora.routing.PromptContext;
import dev.remora.routing.SglangBlockHashing;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * What a router's knowledge of prefixes costs: one more turn of a long conversation from the cache
 * and fresh, the look-up of a long prompt while events arrive, and the memory of a block.
 */
final class Prefixes {
  private static final int CONVERSATION = 38_000; // ids
  private static final int TURN = 200;
  private static final int CALLS = 400;
  private static final long CACHE_BYTES = 256 << 20;

  private static final int BLOCK_SIZE = 16;
  private static final int PROMPT_BLOCKS = 2_500;
  private static final int WORKERS = 8;
  private static final int SHARED_BLOCKS = 1_000_000;
  private static final int WRITERS = 2;
  private static final long LOOKING_UP = 3_000_000_000L; // nanoseconds

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Prefixes() {}

  // ---- one more turn

  /** A conversation, and one with a turn more of a number, as what is encoded. */
  private record Conversation<T>(
      T before, IntFunction<T> next, ToIntFunction<T> fresh, ToIntFunction<T> cached) {}

  /** Measures the next turn of a conversation, as a text and as a prompt. */
  static String turns(String model, Tokenizer tokenizer) {
    String special = tokenizer.specialTokens().all().keySet().stream().findFirst().orElseThrow();
    List<String> turns = conversation(tokenizer, special);
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                | %s, a turn of %d ids on %,d | fresh, ms | cached, ms | ratio | kept, MB |
                |---|---:|---:|---:|---:|
                """,
                model,
                TURN,
                CONVERSATION));
    CachingTokenizer caching = CachingTokenizer.of(tokenizer, CACHE_BYTES); // closed by the caller
    String before = String.join("", turns);
    Conversation<String> text =
        new Conversation<>(
            before,
            number -> before + number + turns.get(0),
            value -> tokenizer.encode(value).size(),
            value -> caching.encode(value).size());
    table.append(row("text", text, caching));
    String lines = before.replace(special, "\n");
    Conversation<String> plain =
        new Conversation<>(
            lines, number -> lines + number + turns.get(0), text.fresh(), text.cached());
    table.append(row("text without added tokens", plain, caching));
    Conversation<Prompt> prompt =
        new Conversation<>(
            prompt(turns, special),
            number -> {
              List<String> more = new ArrayList<>(turns);
              more.add(number + turns.get(0));
              return prompt(more, special);
            },
            value -> tokenizer.encode(value).size(),
            value -> caching.encode(value).size());
    table.append(row("prompt", prompt, caching));
    return table.toString();
  }

  private static List<String> conversation(Tokenizer tokenizer, String special) {
    String story = Corpus.ENGLISH.text();
    List<String> turns = new ArrayList<>();
    int from = 0;
    for (int ids = 0; ids < CONVERSATION; ids += TURN) {
      int length = 4 * TURN;
      from = from + length < story.length() ? from : 0;
      String turn = story.substring(from, from + length);
      while (tokenizer.count(turn) < TURN) {
        turn += " and";
      }
      turns.add(turns.size() + turn + special);
      from += length;
    }
    return turns;
  }

  private static Prompt prompt(List<String> turns, String special) {
    Prompt.Builder prompt = Prompt.builder();
    for (int index = 0; index < turns.size(); index++) {
      String turn = turns.get(index);
      prompt.request(
          "messages[" + index + "].content", turn.substring(0, turn.length() - special.length()));
      prompt.template(special);
    }
    return prompt.build();
  }

  private static <T> String row(String name, Conversation<T> conversation, CachingTokenizer cache) {
    millis(conversation.cached(), conversation.before()); // so that it is known
    double[] fresh = new double[CALLS];
    double[] cached = new double[CALLS];
    for (int round = 0; round < 3; round++) { // the first ones until all is compiled
      for (int call = 0; call < CALLS; call++) {
        T next = conversation.next().apply(round * CALLS + call);
        fresh[call] = millis(conversation.fresh(), next);
        cached[call] = millis(conversation.cached(), next);
      }
    }
    Arrays.sort(fresh);
    Arrays.sort(cached);
    double ratio = fresh[CALLS / 2] / cached[CALLS / 2];
    return String.format(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.1fx | %.1f |\n",
        name,
        fresh[CALLS / 2],
        cached[CALLS / 2],
        ratio,
        cache.statistics().bytes() / 1e6);
  }

  private static <T> double millis(ToIntFunction<T> work, T input) {
    long start = THREADS.getCurrentThreadCpuTime();
    if (work.applyAsInt(input) == 0) {
      throw new IllegalStateException("no ids");
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
  }

  // ---- who holds what

  /** Measures look-ups of long prompts, alone and with writers, and the bytes of a block. */
  static String index() throws InterruptedException {
    SglangBlockHashing hashing = SglangBlockHashing.builder().pageSize(BLOCK_SIZE).build();
    PrefixIndex index = PrefixIndex.withCapacity(4 * SHARED_BLOCKS);
    List<IndexedWorker> workers = new ArrayList<>();
    for (int number = 0; number < WORKERS; number++) {
      workers.add(index.add("worker-" + number, hashing));
    }
    List<int[]> prompts = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int number = 0; number < SHARED_BLOCKS / PROMPT_BLOCKS; number++) {
      int[] prompt = random.ints(PROMPT_BLOCKS * BLOCK_SIZE, 0, 150_000).toArray();
      prompts.add(prompt);
      workers.get(number % WORKERS).apply(stored(hashing.hashes(prompt, PromptContext.NONE)));
    }
    double bytes = (double) index.statistics().bytes() / SHARED_BLOCKS;
    List<BlockChain> chains =
        prompts.stream().limit(32).map(prompt -> hashing.chain().append(prompt)).toList();
    lookups(index, chains); // until all is compiled
    double alone = lookups(index, chains);
    List<Thread> writers = new ArrayList<>();
    for (int number = 0; number < WRITERS; number++) {
      writers.add(writer(workers.get(number), number));
    }
    double withWriters = lookups(index, chains);
    for (Thread writer : writers) {
      writer.interrupt();
      writer.join();
    }
    long start = THREADS.getCurrentThreadCpuTime();
    prompts.stream().limit(32).forEach(prompt -> hashing.chain().append(prompt));
    double hashed = 32e9 / (THREADS.getCurrentThreadCpuTime() - start);
    return String.format(
        Locale.ROOT,
        """
        | prompts of %,d blocks, %d workers, %,d blocks | a second |
        |---|---:|
        | looked up | %,.0f |
        | looked up, %d writers running | %,.0f |
        | hashed, before they can be | %,.0f |

        bytes a block: %.1f
        """,
        PROMPT_BLOCKS,
        WORKERS,
        SHARED_BLOCKS,
        alone,
        WRITERS,
        withWriters,
        hashed,
        bytes);
  }

  private static Stored stored(long[] names) {
    return new Stored(
        OptionalLong.empty(), Arrays.stream(names).mapToObj(name -> new Block(name)).toList());
  }

  /** Stores and removes blocks that no prompt has, as fast as it can. */
  private static Thread writer(IndexedWorker worker, int seed) {
    Thread writer =
        new Thread(
            () -> {
              SplittableRandom random = new SplittableRandom(100 + seed);
              while (!Thread.currentThread().isInterrupted()) {
                long[] names = random.longs(32).toArray();
                worker.apply(stored(names));
                worker.apply(new Removed(names));
              }
            });
    writer.setDaemon(true);
    writer.start();
    return writer;
  }

  /** Look-ups in a second of this thread's processor time. */
  private static double lookups(PrefixIndex index, List<BlockChain> chains) {
    long end = System.nanoTime() + LOOKING_UP;
    long start = THREADS.getCurrentThreadCpuTime();
    int count = 0;
    while (System.nanoTime() < end) {
      BlockChain chain = chains.get(count % chains.size());
      int most = index.match(chain).values().stream().mapToInt(Integer::intValue).max().orElse(0);
      if (most != PROMPT_BLOCKS * BLOCK_SIZE) {
        throw new IllegalStateException("held are " + most + " ids");
      }
      count++;
    }
    return count * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
  }
}
