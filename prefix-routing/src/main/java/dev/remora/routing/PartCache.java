package dev.remora.routing;

import dev.remora.routing.CachingTokenizer.Statistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of parts of texts, each known by its characters and by the part before it. All are in a
 * row by their last use, in which a part is never behind one that follows it in a text: so the last
 * of the row has none that follows it, and can be forgotten alone. Thread-safe.
 */
final class PartCache {
  /** Bytes of a part beside its characters and ids: objects, headers, a place of the map. */
  private static final int OVERHEAD = 232;

  private final long maxBytes;

  // All guarded by this.
  private final Map<Key, Node> nodes = new HashMap<>();
  private final Node row = new Node(0, new Key(0, 0), "", new int[0]); // both its ends
  private long lastSerial;
  private long bytes;
  private long texts;
  private long hits;
  private long idsReused;
  private long idsEncoded;

  /**
   * A part of a text.
   *
   * @param characters its characters
   * @param hash their hash
   */
  record Part(String characters, long hash) {}

  /**
   * Where a part is looked for.
   *
   * @param before the number of the part before; 0 at the beginning of a text
   * @param hash the hash of its characters
   */
  private record Key(long before, long hash) {}

  private static final class Node {
    final long serial; // never given to another
    final String characters;
    final int[] ids;
    final Key key;
    final long bytes;
    Node before = this; // in the row, where what was used last comes first
    Node after = this;

    Node(long serial, Key key, String characters, int[] ids) {
      this.serial = serial;
      this.key = key;
      this.characters = characters;
      this.ids = ids;
      boolean isLatin1 = characters.chars().allMatch(unit -> unit <= 0xFF);
      this.bytes = OVERHEAD + (isLatin1 ? 1L : 2L) * characters.length() + 4L * ids.length;
    }

    void leaveRow() {
      before.after = after;
      after.before = before;
    }

    void follow(Node other) {
      before = other;
      after = other.after;
      before.after = this;
      after.before = this;
    }
  }

  PartCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The ids of the first parts of a text, as many as are known; not to be changed. */
  synchronized List<int[]> find(List<Part> parts) {
    List<Node> path = path(parts);
    List<int[]> ids = new ArrayList<>(parts.size() + 1);
    for (Node node : path) {
      ids.add(node.ids);
    }
    use(path);
    return ids;
  }

  /** Puts the parts of a text to the front of the row, the first part first. */
  private void use(List<Node> path) {
    for (int index = path.size() - 1; index >= 0; index--) {
      path.get(index).leaveRow();
      path.get(index).follow(row);
    }
  }

  private List<Node> path(List<Part> parts) {
    List<Node> path = new ArrayList<>();
    long before = 0;
    for (Part part : parts) {
      Node node = nodes.get(new Key(before, part.hash()));
      if (node == null || !node.characters.equals(part.characters())) {
        break;
      }
      path.add(node);
      before = node.serial;
    }
    return path;
  }

  /** Remembers the parts of a text, as far as they are not known. */
  synchronized void add(List<Part> parts, List<int[]> ids) {
    List<Node> path = path(parts);
    long before = path.isEmpty() ? 0 : path.get(path.size() - 1).serial;
    for (int index = path.size(); index < parts.size(); index++) {
      Part part = parts.get(index);
      Key key = new Key(before, part.hash());
      Node node = new Node(++lastSerial, key, part.characters(), ids.get(index));
      if (nodes.putIfAbsent(key, node) != null) {
        break; // another one of the same hash
      }
      bytes += node.bytes;
      path.add(node);
      before = node.serial;
    }
    use(path);
    while (bytes > maxBytes) {
      Node last = row.before;
      last.leaveRow();
      nodes.remove(last.key);
      bytes -= last.bytes;
    }
  }

  /** Counts a text. */
  synchronized void count(int reused, int encoded) {
    texts++;
    hits += reused > 0 ? 1 : 0;
    idsReused += reused;
    idsEncoded += encoded;
  }

  synchronized void clear() {
    nodes.clear();
    row.before = row;
    row.after = row;
    bytes = 0;
  }

  synchronized Statistics statistics() {
    return new Statistics(texts, hits, idsReused, idsEncoded, nodes.size(), bytes, maxBytes);
  }
}
