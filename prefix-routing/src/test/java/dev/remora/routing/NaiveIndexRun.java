package dev.remora.routing;

import dev.remora.routing.KvEvent.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Random events of a few workers, told to an index and to a map of sets; after each, what the two
 * answer is compared.
 */
final class NaiveIndexRun {
  private static final int SIZE = 3;

  private final boolean byContent;
  private final SplittableRandom random;
  private final PrefixIndex index = PrefixIndex.withCapacity(1_000_000);
  private final Map<String, IndexedWorker> workers = new HashMap<>();
  private final Map<String, Set<List<Integer>>> naive = new HashMap<>(); // prefixes by worker
  private final List<int[]> prompts = new ArrayList<>();
  private final BlockHashing hashing =
      VllmBlockHashing.builder().seed("naive").blockSize(SIZE).build();
  private int differences;
  private int longest;

  NaiveIndexRun(boolean byContent, SplittableRandom random) {
    this.byContent = byContent;
    this.random = random;
    for (int number = 0; number < 60; number++) {
      int[] ids = random.ints(random.nextInt(40), 0, 1_000).toArray();
      if (number > 0 && random.nextInt(4) > 0) { // most begin as another one does
        int[] other = prompts.get(random.nextInt(number));
        int same = random.nextInt(other.length + 1);
        int[] joined = Arrays.copyOf(other, same + ids.length);
        System.arraycopy(ids, 0, joined, same, ids.length);
        ids = joined;
      }
      prompts.add(ids);
    }
  }

  int differences() {
    return differences;
  }

  /** The most blocks of an answer. */
  int longest() {
    return longest;
  }

  void step() {
    String name = "w" + random.nextInt(70); // more than a group has
    IndexedWorker worker =
        workers.computeIfAbsent(
            name, added -> byContent ? index.addByContent(added) : index.add(added, hashing));
    Set<List<Integer>> held = naive.computeIfAbsent(name, added -> new HashSet<>());
    int[] prompt = prompts.get(random.nextInt(prompts.size()));
    int kind = random.nextInt(1000);
    if (kind < 600) {
      store(worker, held, prompt);
    } else if (kind < 990) {
      remove(worker, held, prompt);
    } else if (kind < 997) {
      worker.clear(); // as after a gap
      held.clear();
    } else {
      worker.remove();
      workers.remove(name);
      naive.remove(name);
    }
    compare(prompts.get(random.nextInt(prompts.size())));
  }

  private void store(IndexedWorker worker, Set<List<Integer>> held, int[] prompt) {
    BlockChain chain = hashing.chain().append(prompt);
    if (chain.blocks() == 0) {
      return;
    }
    int first = random.nextInt(chain.blocks());
    int end = first + 1 + random.nextInt(chain.blocks() - first);
    List<Block> blocks = new ArrayList<>();
    for (int block = first; block < end; block++) {
      int[] ids = Arrays.copyOfRange(prompt, block * SIZE, (block + 1) * SIZE);
      blocks.add(new Block(chain.hash(block), ids));
    }
    OptionalLong parent =
        first == 0 ? OptionalLong.empty() : OptionalLong.of(chain.hash(first - 1));
    worker.apply(new KvEvent.Stored(parent, blocks));
    boolean isKnown = !byContent || first == 0 || held.contains(prefix(prompt, first));
    for (int block = first; block < end && isKnown; block++) {
      held.add(prefix(prompt, block + 1));
    }
  }

  private void remove(IndexedWorker worker, Set<List<Integer>> held, int[] prompt) {
    BlockChain chain = hashing.chain().append(prompt);
    if (chain.blocks() == 0) {
      return;
    }
    int block = random.nextInt(chain.blocks());
    OptionalInt level = random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(0);
    worker.apply(new KvEvent.Removed(new long[] {chain.hash(block)}, level));
    held.remove(prefix(prompt, block + 1));
  }

  private static List<Integer> prefix(int[] prompt, int blocks) {
    return Arrays.stream(prompt, 0, blocks * SIZE).boxed().toList();
  }

  private void compare(int[] prompt) {
    Map<String, Integer> expected = new HashMap<>();
    naive.forEach(
        (name, held) -> {
          int blocks = 0;
          while ((blocks + 1) * SIZE <= prompt.length
              && held.contains(prefix(prompt, blocks + 1))) {
            blocks++;
          }
          longest = Math.max(longest, blocks);
          expected.put(name, blocks * SIZE);
        });
    differences += index.match(prompt).equals(expected) ? 0 : 1;
  }
}
