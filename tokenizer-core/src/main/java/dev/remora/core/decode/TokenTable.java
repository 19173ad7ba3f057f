package dev.remora.core.decode;

import dev.remora.LimitException;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each token contributes where it is neither the first nor the last: its bytes, settled once.
 * An added token wins over one of the model. Immutable and thread-safe.
 */
final class TokenTable {
  /** The token is one byte of a run. */
  static final int BYTE = 1;

  /** The token is special: its text is that of an added token that is. */
  static final int SPECIAL = 2;

  /** The id has no token. */
  static final int UNKNOWN = 4;

  /** Many times what the tokens of a real vocabulary have together. */
  private static final int MAX_BYTES = 1 << 28;

  private final int size;
  private final byte[] pool; // readable after each token
  private final int[] starts; // of the bytes of each id; one more
  private final byte[] kinds; // of each id; 0 for text

  /**
   * @param contents of added tokens by id, where it is not their text
   */
  TokenTable(
      Vocabulary vocabulary,
      List<AddedToken> addedTokens,
      Map<Integer, String> contents,
      DecoderPlan plan) {
    this.size = vocabulary.size();
    Builder builder = new Builder(vocabulary, plan);
    builder.addAll(vocabulary, addedTokens, contents);
    this.pool = Arrays.copyOf(builder.pool.bytes(), builder.pool.length() + Utf8.PADDING);
    this.starts = builder.starts;
    this.kinds = builder.kinds;
  }

  /** The kind of an id, which may be any number: a sum of the constants above; 0 for text. */
  int kind(int id) {
    byte[] all = kinds;
    return id >= 0 && id < all.length ? all[id] : UNKNOWN;
  }

  /** How many ids have a token. */
  int size() {
    return size;
  }

  /** The byte that a token is that is one. */
  byte byteOf(int id) {
    return pool[starts[id]];
  }

  /** Holds the bytes of all tokens, with {@link Utf8#PADDING} more. */
  byte[] pool() {
    return pool;
  }

  int start(int id) {
    return starts[id];
  }

  int end(int id) {
    return starts[id + 1];
  }

  private static final class Builder {
    private static final int NONE = Integer.MAX_VALUE;

    private final DecoderPlan plan;
    private final boolean copies; // whether tokens are taken as they are, or as they spell bytes
    private final int[] starts;
    private final byte[] kinds;
    private final ByteText pool;
    private final ByteText token = new ByteText(1 << 6);
    private final Set<String> special = new HashSet<>();
    private final BitSet specialShapes = new BitSet();
    private final TreeMap<Integer, byte[]> added = new TreeMap<>(); // that are still to come
    private int nextAdded = NONE;
    private int next; // the id to come

    Builder(Vocabulary vocabulary, DecoderPlan plan) {
      int bound = vocabulary.idBound();
      this.plan = plan;
      this.pool = new ByteText(Math.addExact(vocabulary.modelBytes(), 1 << 12));
      this.copies =
          !plan.byteFallback()
              && plan.before().changes().isEmpty()
              && plan.after().changes().isEmpty();
      this.starts = new int[bound + 1];
      this.kinds = new byte[bound];
    }

    void addAll(
        Vocabulary vocabulary, List<AddedToken> addedTokens, Map<Integer, String> contents) {
      for (AddedToken addedToken : addedTokens) {
        String content = contents.getOrDefault(addedToken.id(), addedToken.content());
        added.put(addedToken.id(), content.getBytes(StandardCharsets.UTF_8));
        if (addedToken.special()) {
          addSpecial(addedToken.content());
        }
      }
      nextAdded = added.isEmpty() ? NONE : added.firstKey();
      vocabulary.forEachModelToken(
          (utf8, from, to, id) -> {
            addUpTo(id);
            if (next <= id) { // else an added token has the id
              add(id, utf8, from, to);
            }
          });
      addUpTo(kinds.length - 1);
      skipTo(kinds.length);
    }

    /** Adds the added tokens up to an id. */
    private void addUpTo(int last) {
      while (nextAdded <= last) {
        Map.Entry<Integer, byte[]> due = added.pollFirstEntry();
        add(due.getKey(), due.getValue(), 0, due.getValue().length);
        nextAdded = added.isEmpty() ? NONE : added.firstKey();
      }
    }

    /** Adds a token; of the ids before it that were not added none has a token. */
    private void add(int id, byte[] utf8, int from, int to) {
      skipTo(id);
      kinds[id] = (byte) (isSpecial(utf8, from, to) ? SPECIAL : 0);
      if (copies) {
        addCopy(utf8, from, to);
      } else {
        token.set(utf8, from, to);
        plan.before().apply(token, false, false);
        int value = plan.byteOf(token);
        if (value >= 0) {
          kinds[id] |= BYTE;
          pool.append((byte) value);
        } else {
          if (!plan.holdsAfterBytes()) {
            plan.after().apply(token, false, false);
            plan.spell(token);
          }
          pool.append(token.bytes(), 0, token.length());
        }
      }
      if (pool.length() > MAX_BYTES) {
        throw new LimitException(null, "bytes of decoded tokens", MAX_BYTES, pool.length());
      }
      next = id + 1;
      starts[next] = pool.length();
    }

    private void addCopy(byte[] utf8, int from, int to) {
      pool.reserve(to - from);
      int at = pool.length();
      int end = plan.byteLevel() ? ByteAlphabet.decode(utf8, from, to, pool.bytes(), at) : -1;
      if (end >= 0) {
        pool.setLength(end);
      } else {
        pool.append(utf8, from, to);
      }
    }

    private void skipTo(int id) {
      while (next < id) {
        kinds[next] = UNKNOWN;
        next++;
        starts[next] = pool.length();
      }
    }

    /** Whether this is the text of a special token; few other tokens are made a String for it. */
    private boolean isSpecial(byte[] utf8, int from, int to) {
      return specialShapes.get(shape(utf8, from, to))
          && special.contains(new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }

    private void addSpecial(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      special.add(text);
      specialShapes.set(shape(utf8, 0, utf8.length));
    }

    /** A number that equal tokens share, of length and first byte. */
    private static int shape(byte[] utf8, int from, int to) {
      int length = to - from;
      return length == 0 ? 0 : Math.min(length, 0xFF) << 8 | (utf8[from] & 0xFF);
    }
  }
}
