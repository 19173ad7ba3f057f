package dev.remora.routing;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.remora.RefusedToken;
import dev.remora.routing.CachingTokenizer.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The ids of parts of texts, each known by all that its ids depend on and by the part before it.
 * All are in a row by their last use, in which a part is never behind one that follows it in a
 * text: so the last of the row has none that follows it, and can be forgotten alone. Thread-safe;
 * readers compare texts without a lock.
 */
final class PartCache {
  /** UTF-16 units at the beginning of a part by which it is found; no part is shorter. */
  static final int HEAD = 64;

  /** Bytes of a part beside its characters, ids and marks: objects, headers, places of the maps. */
  private static final int OVERHEAD = 344;

  private static final long OF_REFUSED = 32; // bytes

  /** Finds parts; the seeds are drawn by lot, so that nobody can make texts that are in the way. */
  private static final Hasher64 HASHER = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

  private static final long SEED = ThreadLocalRandom.current().nextLong() | 1;

  private final long maxBytes;

  // Written under the lock of this.
  private final Map<Key, Node> nodes = new ConcurrentHashMap<>();
  private final Map<Key, Node> heads = new ConcurrentHashMap<>(); // of equal ones, the last used

  // All guarded by this.
  private final Node row = Node.end();
  private long lastSerial;
  private long bytes;
  private long texts;
  private long hits;
  private long idsReused;
  private long idsEncoded;

  /**
   * The ids of a part.
   *
   * @param ids the ids
   * @param refused the added tokens that were not recognised in it
   * @param seamUnits the UTF-16 units from the start of the seam that ends it; 0 for a cut
   * @param seamIds how many ids the seam has
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Ids(int[] ids, List<RefusedToken> refused, int seamUnits, int seamIds) {}

  /**
   * Where a part is looked for.
   *
   * @param before the number of the part before; of a beginning, that of its kind of text
   * @param hash the hash of the part, or of its head
   */
  private record Key(long before, long hash) {}

  /** A part that is remembered. Immutable but for its place in the row. */
  static final class Node {
    private final long serial; // never given to another
    private final TextPart part;
    private final Ids ids;
    private final Key key;
    private final Key head;
    private final long bytes;
    private @Nullable Node before; // in the row, where what was used last comes first; guarded
    private @Nullable Node after;

    private Node(long serial, TextPart part, Ids ids, Key key, Key head) {
      this.serial = serial;
      this.part = part;
      this.ids = ids;
      this.key = key;
      this.head = head;
      this.bytes =
          OVERHEAD + part.bytes() + 4L * ids.ids().length + OF_REFUSED * ids.refused().size();
    }

    private static Node end() {
      Key none = new Key(0, 0);
      TextPart nothing = KeyedText.of("").part(0, 0);
      Node end = new Node(0, nothing, new Ids(new int[0], List.of(), 0, 0), none, none);
      end.before = end;
      end.after = end;
      return end;
    }

    TextPart part() {
      return part;
    }

    Ids ids() {
      return ids;
    }
  }

  PartCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  private static long root(KeyedText text) {
    return text.isGuarded() ? -1 : 0;
  }

  private static Key key(long before, TextPart part) {
    return new Key(before, HASHER.hashCharsToLong(part.characters()) ^ part.marks() * SEED);
  }

  private static Key head(long before, String text, int at) {
    long hash = SEED;
    for (int index = at; index < at + HEAD; index++) {
      hash = (hash ^ text.charAt(index)) * 0x9E3779B97F4A7C15L;
    }
    return new Key(before, hash ^ hash >>> 32);
  }

  /**
   * The parts with which a text begins, as far as they are found by their heads. Where several
   * parts follow the same one and have the same head, only one of them is.
   */
  List<Node> follow(KeyedText text) {
    List<Node> path = new ArrayList<>();
    long before = root(text);
    int at = 0;
    while (at + HEAD <= text.length()) {
      Node node = heads.get(head(before, text.text(), at));
      if (node == null || !text.hasAt(at, node.part)) {
        break;
      }
      path.add(node);
      before = node.serial;
      at += node.part.characters().length();
    }
    return path;
  }

  /** Adds those of some further parts of the text that are known too. */
  void extend(KeyedText text, List<Node> path, List<TextPart> parts) {
    for (TextPart part : parts) {
      Node node = nodes.get(key(last(text, path), part));
      if (node == null || !node.part.isSame(part)) {
        break;
      }
      path.add(node);
    }
  }

  private static long last(KeyedText text, List<Node> path) {
    return path.isEmpty() ? root(text) : path.get(path.size() - 1).serial;
  }

  /**
   * Counts a text, whose parts are used now, and remembers the parts that follow them.
   *
   * @param encoded the ids that had to be encoded
   */
  synchronized void use(
      KeyedText text, List<Node> path, List<TextPart> parts, List<Ids> ids, int encoded) {
    count(path, encoded);
    List<Node> used = new ArrayList<>(path);
    if (path.isEmpty() || !isForgotten(path.get(path.size() - 1))) {
      add(text, used, parts, ids);
    }
    for (int index = used.size() - 1; index >= 0; index--) { // the first part comes first
      Node node = used.get(index);
      if (!isForgotten(node)) {
        leaveRow(node);
        enterRow(node);
        if (heads.get(node.head) != node) {
          heads.put(node.head, node);
        }
      }
    }
    while (bytes > maxBytes) {
      forget(row.before);
    }
  }

  private void count(List<Node> path, int encoded) {
    texts++;
    hits += path.isEmpty() ? 0 : 1;
    for (Node node : path) {
      idsReused += node.ids.ids().length;
    }
    idsEncoded += encoded;
  }

  private void add(KeyedText text, List<Node> used, List<TextPart> parts, List<Ids> ids) {
    for (int index = 0; index < parts.size(); index++) {
      TextPart part = parts.get(index);
      long before = last(text, used);
      Key key = key(before, part);
      Node node = nodes.get(key);
      if (node == null) {
        Key head = head(before, part.characters(), 0);
        node = new Node(++lastSerial, part, ids.get(index), key, head);
        nodes.put(key, node);
        bytes += node.bytes;
        enterRow(node);
      } else if (!node.part.isSame(part)) {
        break; // another one of the same hash
      }
      used.add(node);
    }
  }

  private static boolean isForgotten(Node node) {
    return node.before == null;
  }

  private void forget(@Nullable Node node) {
    if (node == null || node == row) {
      throw new IllegalStateException("more bytes than parts");
    }
    leaveRow(node);
    nodes.remove(node.key, node);
    heads.remove(node.head, node);
    bytes -= node.bytes;
  }

  private static void leaveRow(Node node) {
    if (node.before != null && node.after != null) {
      node.before.after = node.after;
      node.after.before = node.before;
    }
    node.before = null;
    node.after = null;
  }

  private void enterRow(Node node) {
    node.before = row;
    node.after = row.after;
    if (row.after != null) {
      row.after.before = node;
    }
    row.after = node;
  }

  synchronized void clear() {
    while (row.before != null && row.before != row) {
      forget(row.before);
    }
  }

  synchronized Statistics statistics() {
    return new Statistics(texts, hits, idsReused, idsEncoded, nodes.size(), bytes, maxBytes);
  }
}
