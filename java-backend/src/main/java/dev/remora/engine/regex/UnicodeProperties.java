package dev.remora.engine.regex;

import dev.remora.engine.text.UnicodeTables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sets of code points that have a name, as the reference has them: properties of Unicode by the
 * names that {@code \p} takes, POSIX brackets such as {@code [:punct:]}, {@code \w} and the like,
 * and the sets that pre-tokenizers are made of. Thread-safe.
 */
final class UnicodeProperties {
  private static final ByteBuffer TABLE = UnicodeTables.read(UnicodeTables.PROPERTIES);
  private static final Map<String, Integer> PLACES = places();

  private UnicodeProperties() {}

  /** Of each name: where its set is in the table. */
  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    ByteBuffer in = TABLE.duplicate();
    for (int left = UnicodeTables.count(in); left > 0; left--) {
      String[] names = new String[UnicodeTables.count(in)];
      for (int index = 0; index < names.length; index++) {
        byte[] name = new byte[UnicodeTables.count(in)];
        in.get(name);
        names[index] = new String(name, StandardCharsets.UTF_8);
      }
      for (String name : names) {
        places.put(name, in.position());
      }
      for (int bounds = UnicodeTables.count(in); bounds > 0; bounds--) {
        UnicodeTables.packed(in);
      }
    }
    return places;
  }

  /** The set of a name; empty if the reference has none. */
  static Optional<CodePointSet> find(String name) {
    Integer place = PLACES.get(name);
    if (place == null) {
      return Optional.empty();
    }
    ByteBuffer in = TABLE.duplicate().position(place);
    int[] bounds = new int[UnicodeTables.count(in)];
    int before = 0;
    for (int index = 0; index < bounds.length; index++) {
      before += UnicodeTables.packed(in);
      bounds[index] = before;
    }
    return Optional.of(CodePointSet.ofBounds(bounds));
  }

  /** The set of a name that is known to be there. */
  static CodePointSet of(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException(name));
  }
}
