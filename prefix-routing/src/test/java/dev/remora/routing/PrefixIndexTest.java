package dev.remora.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.routing.KvEvent.Block;
import dev.remora.routing.KvEvent.Cleared;
import dev.remora.routing.KvEvent.Removed;
import dev.remora.routing.KvEvent.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an index answers. */
final class PrefixIndexTest {
  private static final BlockHashing ROLLING = Xxh3BlockHashing.rolling(2);
  private static final int[] PROMPT = {1, 2, 3, 4, 5, 6, 7};

  private final PrefixIndex index = PrefixIndex.withCapacity(1000);

  /** What a worker that names blocks by a hashing tells when it has computed a prompt. */
  private static Stored stored(BlockHashing hashing, int... ids) {
    return stored(hashing.chain().append(ids), 0);
  }

  /** The same from a block on. */
  private static Stored stored(BlockChain chain, int first) {
    return stored(chain, first, OptionalInt.empty());
  }

  private static Stored stored(BlockChain chain, int first, OptionalInt level) {
    int size = chain.hashing().blockSize();
    List<Block> blocks = new ArrayList<>();
    int[] ids = PROMPT;
    for (int block = first; block < chain.blocks(); block++) {
      int[] own = Arrays.copyOfRange(ids, block * size, (block + 1) * size);
      blocks.add(new Block(chain.hash(block), own, OptionalInt.empty(), level));
    }
    OptionalLong parent =
        first == 0 ? OptionalLong.empty() : OptionalLong.of(chain.hash(first - 1));
    return new Stored(parent, blocks);
  }

  @Test
  void match_isTheLongestPrefix_inWholeBlocks_ofEachWorker() {
    IndexedWorker one = index.add("one", ROLLING);
    IndexedWorker two = index.addByContent("two");
    index.addByContent("three");
    one.apply(stored(ROLLING, PROMPT));
    two.apply(stored(ROLLING, 1, 2, 3, 4));
    assertEquals(Map.of("one", 6, "two", 4, "three", 0), index.match(PROMPT));
    assertEquals(Map.of("one", 2, "two", 2, "three", 0), index.match(new int[] {1, 2, 9, 4, 5, 6}));
    assertEquals(Map.of("one", 0, "two", 0, "three", 0), index.match(new int[0]));
    assertEquals(Map.of("one", 6), index.match(ROLLING.chain().append(PROMPT)));
  }

  @Test
  void orphans_doNotCount_untilTheirAncestorsAreBack() {
    for (boolean byContent : List.of(false, true)) {
      IndexedWorker worker = byContent ? index.addByContent("w") : index.add("w", ROLLING);
      BlockChain chain = ROLLING.chain().append(PROMPT);
      worker.apply(stored(chain, 0));
      worker.apply(new Removed(chain.hash(0)));
      assertEquals(Map.of("w", 0), index.match(PROMPT));
      worker.apply(stored(ROLLING.chain().append(1, 2), 0));
      assertEquals(Map.of("w", 6), index.match(PROMPT));
      worker.apply(new Removed(chain.hash(1)));
      assertEquals(Map.of("w", 2), index.match(PROMPT));
      worker.remove();
    }
  }

  @Test
  void unknownParent_isDropped_whereNamesAreMadeOfContents() {
    IndexedWorker worker = index.addByContent("w");
    BlockChain chain = ROLLING.chain().append(PROMPT);
    worker.apply(stored(chain, 1));
    assertEquals(Map.of("w", 0), index.match(PROMPT));
    assertEquals(2, worker.unusableBlocks());
    assertEquals(Map.of("w", 0), index.match(new int[] {3, 4, 5, 6})); // nor at another place
  }

  @Test
  void levels_areCountedApart() {
    IndexedWorker worker = index.add("w", ROLLING);
    BlockChain chain = ROLLING.chain().append(1, 2);
    worker.apply(stored(chain, 0, OptionalInt.of(0)));
    worker.apply(stored(chain, 0, OptionalInt.of(1)));
    worker.apply(new Removed(new long[] {chain.hash(0)}, OptionalInt.of(0)));
    assertEquals(Map.of("w", 2), index.match(PROMPT));
    worker.apply(new Removed(new long[] {chain.hash(0)}, OptionalInt.of(1)));
    assertEquals(Map.of("w", 0), index.match(PROMPT));
    worker.apply(stored(chain, 0, OptionalInt.of(3)));
    worker.apply(new Removed(chain.hash(0)));
    assertEquals(0, worker.blocks());
  }

  @Test
  void blocksOfEqualContent_countUntilTheLastIsGone() {
    IndexedWorker worker = index.addByContent("w");
    for (long hash : new long[] {100, 200, 300}) { // as of three cache salts
      worker.apply(new Stored(OptionalLong.empty(), List.of(new Block(hash, 1, 2))));
    }
    worker.apply(new Removed(100, 300));
    assertEquals(Map.of("w", 2), index.match(PROMPT));
    worker.apply(new Removed(200));
    assertEquals(Map.of("w", 0), index.match(PROMPT));
  }

  @Test
  void contexts_areToldApart_orNothingIsKnown() {
    VllmBlockHashing vllm = VllmBlockHashing.builder().seed("0").blockSize(2).build();
    PromptContext salted = PromptContext.builder().cacheSalt("s").build();
    index.add("seeded", vllm).apply(stored(vllm.chain(salted).append(PROMPT), 0));
    index.addByContent("unseeded").apply(stored(vllm.chain(salted).append(PROMPT), 0));
    assertEquals(Map.of("seeded", 6, "unseeded", 0), index.match(PROMPT, salted));
    assertEquals(Map.of("seeded", 0, "unseeded", 6), index.match(PROMPT));
  }

  @Test
  void adaptersByNumber_areToldApart() {
    IndexedWorker worker = index.addByContent("w");
    Block block = new Block(7, new int[] {1, 2}, OptionalInt.of(3), OptionalInt.empty());
    worker.apply(new Stored(OptionalLong.empty(), List.of(block)));
    assertEquals(Map.of("w", 0), index.match(PROMPT));
    assertEquals(Map.of("w", 2), index.match(PROMPT, PromptContext.builder().loraId(3).build()));
  }

  @Test
  void blocksThatCannotBeUsed_areCounted() {
    IndexedWorker computed = index.add("computed", ROLLING);
    computed.apply(new Stored(OptionalLong.empty(), List.of(new Block(1, 1, 2, 3))));
    assertEquals(1, computed.unusableBlocks());
    IndexedWorker byContent = index.addByContent("content");
    byContent.apply(new Stored(OptionalLong.empty(), List.of(new Block(1))));
    byContent.apply(
        new Stored(
            OptionalLong.empty(),
            List.of(new Block(1, 1, 2), new Block(2, 3), new Block(3, 4, 5))));
    assertEquals(3, byContent.unusableBlocks());
    assertEquals(1, byContent.blocks());
    assertEquals(4, index.statistics().unusableBlocks());
  }

  @Test
  void capacity_isNotExceeded_andFreedByRemoval() {
    PrefixIndex small = PrefixIndex.withCapacity(4);
    IndexedWorker one = small.add("one", ROLLING);
    IndexedWorker two = small.addByContent("two");
    one.apply(stored(ROLLING, PROMPT));
    two.apply(stored(ROLLING, PROMPT));
    assertEquals(Map.of("one", 6, "two", 2), small.match(PROMPT));
    assertEquals(2, two.unusableBlocks());
    one.clear();
    two.apply(stored(ROLLING, PROMPT));
    assertEquals(Map.of("one", 0, "two", 6), small.match(PROMPT));
    assertEquals(3, small.statistics().blocks());
  }

  @Test
  void hundredsOfWorkers_haveTheirOwnBlocks_andNamesComeBackFree() {
    List<IndexedWorker> workers = new ArrayList<>();
    for (int number = 0; number < 150; number++) {
      IndexedWorker worker = index.add("w" + number, ROLLING);
      worker.apply(stored(ROLLING, Arrays.copyOf(PROMPT, number % 4 * 2)));
      workers.add(worker);
    }
    Map<String, Integer> match = index.match(PROMPT);
    for (int number = 0; number < 150; number++) {
      assertEquals(number % 4 * 2, match.get("w" + number));
    }
    workers.subList(0, 149).forEach(IndexedWorker::remove);
    workers.get(0).apply(stored(ROLLING, PROMPT)); // as an event that comes late
    assertEquals(Map.of("w149", 2), index.match(PROMPT));
    index.add("w0", ROLLING);
    assertEquals(Map.of("w149", 2, "w0", 0), index.match(PROMPT));
    assertThrows(IllegalArgumentException.class, () -> index.addByContent("w0"));
  }

  @Test
  void namesWithoutWhatComesBefore_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> index.add("w", Xxh3BlockHashing.local(2)));
  }

  @Test
  void anyHash_isAName() {
    IndexedWorker worker = index.addByContent("w");
    for (long hash : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      worker.apply(new Stored(OptionalLong.empty(), List.of(new Block(hash, 1, 2))));
      worker.apply(new Stored(OptionalLong.of(hash), List.of(new Block(hash + 5, 3, 4))));
      assertEquals(Map.of("w", 4), index.match(PROMPT));
      worker.apply(new Removed(hash, hash + 5));
      assertEquals(Map.of("w", 0), index.match(PROMPT));
    }
    HolderTable table = new HolderTable();
    table.set(0, 5);
    assertEquals(5, table.copyWithout(4).holders(0) + 4);
  }

  @Test
  void millionBlocks_takeTheStatedBytes() {
    PrefixIndex large = PrefixIndex.withCapacity(1_000_000);
    IndexedWorker computed = large.add("computed", ROLLING);
    fill(computed, 1_000_000);
    assertEquals(1_000_000, computed.blocks());
    assertTrue(large.statistics().bytes() <= 75_000_000, large::toString);
    computed.remove();
    IndexedWorker byContent = large.addByContent("content");
    fill(byContent, 1_000_000);
    assertEquals(1_000_000, byContent.blocks());
    assertTrue(large.statistics().bytes() <= 99_000_000, large::toString);
  }

  private static void fill(IndexedWorker worker, int count) {
    SplittableRandom random = new SplittableRandom(1);
    for (int number = 0; number < count; number++) {
      Block block = new Block(random.nextLong(), number, number);
      worker.apply(new Stored(OptionalLong.empty(), List.of(block)));
    }
  }

  @Test
  void readers_seeNoBlockThatWasNeverThere_whileWritersWork() throws InterruptedException {
    IndexedWorker steady = index.add("steady", ROLLING);
    steady.apply(stored(ROLLING, PROMPT));
    Thread writer =
        new Thread(
            () -> {
              for (int round = 0; round < 3_000; round++) {
                IndexedWorker other = index.add("other", ROLLING);
                for (int block = 0; block < 50; block++) {
                  other.apply(stored(ROLLING, 1000 + block, round, 8, 9));
                }
                other.apply(new Cleared());
                other.remove();
              }
            });
    writer.start();
    long asked = 0;
    while (writer.isAlive()) {
      Map<String, Integer> match = index.match(PROMPT);
      assertEquals(6, match.get("steady"));
      assertEquals(0, match.getOrDefault("other", 0));
      asked++;
    }
    writer.join();
    assertTrue(asked > 0);
  }

  @Test
  void answers_areThoseOfANaiveMap_overRandomEvents() {
    int events = Integer.getInteger("remora.kv.events", 100_000);
    for (boolean byContent : List.of(false, true)) {
      NaiveIndexRun run = new NaiveIndexRun(byContent, new SplittableRandom(7));
      IntStream.range(0, events).forEach(event -> run.step());
      assertEquals(0, run.differences());
      assertTrue(run.longest() >= 8, "the answers were of " + run.longest() + " blocks at most");
    }
  }
}
