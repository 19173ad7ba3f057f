package dev.remora.engine.normalize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Compiles a character map as SentencePiece does; each node of its trie has units of its own. */
public final class TestCharsmap {
  private static final int BLOCK = 256;

  private final List<Integer> units = new ArrayList<>();

  private TestCharsmap() {}

  /** The map in base64. */
  public static String of(Map<String, String> entries) {
    TestCharsmap map = new TestCharsmap();
    StringBuilder replacements = new StringBuilder();
    int root = map.addNode();
    map.units.set(0, root << 10);
    entries.forEach(
        (text, replacement) -> {
          map.add(root, text, replacements.toString().getBytes(StandardCharsets.UTF_8).length);
          replacements.append(replacement).append('\0');
        });
    byte[] utf8 = replacements.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(4 + 4 * map.units.size() + utf8.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(4 * map.units.size());
    map.units.forEach(out::putInt);
    return Base64.getEncoder().encodeToString(out.put(utf8).array());
  }

  private int addNode() {
    while (units.isEmpty() || units.size() % BLOCK != 0) {
      units.add(0);
    }
    int node = units.size();
    for (int label = 0; label < BLOCK; label++) {
      units.add(0);
    }
    return node;
  }

  private void add(int root, String text, int value) {
    int node = root;
    int last = 0;
    for (byte sign : text.getBytes(StandardCharsets.UTF_8)) {
      int label = sign & 0xFF;
      last = node + label;
      if (units.get(last) == 0) {
        int next = addNode();
        units.set(last, label | (last ^ next) << 10);
      }
      node = last ^ (units.get(last) >>> 10);
    }
    units.set(last, units.get(last) | 1 << 8);
    units.set(node, value);
  }
}
