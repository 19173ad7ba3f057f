package dev.remora.core.vocabulary;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.core.text.SeededHash;
import dev.remora.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tokens and ids of one tokenizer: the model's vocabulary, and the added tokens over it. An added
 * token wins over a token of the model, for a token as for an id.
 *
 * <p>One byte array holds all tokens, primitive arrays index it: about 25 bytes a token beside its
 * text. Immutable and thread-safe.
 */
public final class Vocabulary {
  private static final int ENTRY_BITS = 24;
  private static final int ENTRY = (1 << ENTRY_BITS) - 1;

  private final byte[] pool;
  private final int[] starts; // of each entry in the pool; one more than there are entries
  private final int[] ids; // of each entry
  private final int[] entryOfId; // entry + 1; 0 for none
  private final int[] table; // open addressing: an odd byte of the hash, then the entry; 0 for none
  private final boolean oneToOne;
  private final Map<String, Integer> addedIds;
  private final Map<Integer, String> addedTokens;
  private final int modelSize;
  private final int size;

  private Vocabulary(Builder builder) {
    RecordLog entries = builder.entries;
    this.pool = new byte[Math.toIntExact(entries.bytes())];
    this.starts = new int[entries.count() + 1];
    this.ids = new int[entries.count()];
    this.addedIds = Map.of();
    this.addedTokens = Map.of();
    this.table = new int[Integer.highestOneBit(Math.max(4, 2 * ids.length)) << 1];
    this.entryOfId = new int[builder.highestModelId + 1];
    int tokens = 0;
    int distinct = 0;
    RecordLog.Reader reader = entries.reader();
    for (int entry = 0; reader.next(); entry++) {
      int start = starts[entry];
      int length = reader.to() - reader.from();
      int id = reader.number();
      System.arraycopy(reader.bytes(), reader.from(), pool, start, length);
      starts[entry + 1] = start + length;
      ids[entry] = id;
      tokens += index(entry) ? 1 : 0;
      distinct += entryOfId[id] == 0 ? 1 : 0;
      entryOfId[id] = entry + 1;
    }
    this.oneToOne = tokens == ids.length && distinct == ids.length;
    this.modelSize = distinct;
    this.size = modelSize;
  }

  /** The same model vocabulary under other added tokens. */
  private Vocabulary(Vocabulary model, List<AddedToken> added) {
    this.pool = model.pool;
    this.starts = model.starts;
    this.ids = model.ids;
    this.table = model.table;
    this.entryOfId = model.entryOfId;
    this.oneToOne = model.oneToOne;
    this.modelSize = model.modelSize;
    this.addedIds = new HashMap<>();
    this.addedTokens = new HashMap<>();
    for (AddedToken token : added) {
      addedIds.put(token.content(), Builder.checked(token.id()));
      addedTokens.put(token.id(), token.content());
    }
    int more = 0;
    for (int id : addedTokens.keySet()) {
      more += containsModelId(id) ? 0 : 1;
    }
    this.size = model.modelSize + more;
  }

  /** A vocabulary of the same model with these added tokens and no others. */
  public Vocabulary withAdded(List<AddedToken> added) {
    return new Vocabulary(this, added);
  }

  /**
   * The same without added tokens, and without some tokens of the model.
   *
   * @param ids the ids of those tokens
   * @param emptied whether they stay as empty tokens, as ids count the entries
   */
  public Vocabulary without(BitSet ids, boolean emptied) {
    Builder builder = builder();
    forEachEntry(
        (utf8, from, to, id) -> {
          if (!ids.get(id)) {
            builder.token(utf8, from, to, id);
          } else if (emptied) {
            builder.token(utf8, from, from, id);
          }
        });
    return builder.build();
  }

  /** Puts an entry into the table; false if the token is there, whose last entry wins. */
  private boolean index(int entry) {
    long hash = SeededHash.of(pool, starts[entry], starts[entry + 1]);
    int slot = slotOf(hash, pool, starts[entry], starts[entry + 1]);
    boolean isNew = table[slot] == 0;
    table[slot] = mark(hash) << ENTRY_BITS | entry;
    return isNew;
  }

  /** How many ids have a token. */
  public int size() {
    return size;
  }

  /** How many bytes of UTF-8 the tokens of the model's own vocabulary have together. */
  public int modelBytes() {
    return pool.length;
  }

  /** One more than the highest id of the model's vocabulary; 0 where it is empty. */
  public int modelIdBound() {
    return entryOfId.length;
  }

  /** One more than the highest id that has a token; 0 where there is none. */
  public int idBound() {
    return addedTokens.keySet().stream().reduce(modelIdBound() - 1, Math::max) + 1;
  }

  /** Whether the id has a token. */
  public boolean contains(int id) {
    return containsModelId(id) || addedTokens.containsKey(id);
  }

  private boolean containsModelId(int id) {
    return id >= 0 && id < entryOfId.length && entryOfId[id] != 0;
  }

  /** The id of exactly this token. */
  public OptionalInt idOf(String token) {
    Integer added = addedIds.get(token);
    if (added != null) {
      return OptionalInt.of(added);
    }
    byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
    int id = modelIdOf(utf8, 0, utf8.length);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The token of this id. */
  public Optional<String> tokenOf(int id) {
    String added = addedTokens.get(id);
    if (added != null) {
      return Optional.of(added);
    }
    if (!containsModelId(id)) {
      return Optional.empty();
    }
    int from = starts[entryOfId[id] - 1];
    int to = starts[entryOfId[id]];
    return Optional.of(new String(pool, from, to - from, StandardCharsets.UTF_8));
  }

  /**
   * The id of the token of the model's own vocabulary, added tokens left aside, whose UTF-8 stands
   * in {@code utf8} from {@code from} to {@code to}; -1 if there is none.
   */
  public int modelIdOf(byte[] utf8, int from, int to) {
    int found = table[slotOf(SeededHash.of(utf8, from, to), utf8, from, to)];
    return found == 0 ? -1 : ids[found & ENTRY];
  }

  /** Whether the model's own vocabulary has this token, given as above, at this id. */
  public boolean isModelToken(int id, byte[] utf8, int from, int to) {
    if (!containsModelId(id)) {
      return false;
    }
    return isEntry(entryOfId[id] - 1, utf8, from, to);
  }

  /** Whether in the model's own vocabulary each token occurs once, and has an id of its own. */
  public boolean isOneToOne() {
    return oneToOne;
  }

  /** Calls the visitor with each id of the model's own vocabulary, in ascending order. */
  public void forEachModelToken(TokenVisitor visitor) {
    for (int id = 0; id < entryOfId.length; id++) {
      int entry = entryOfId[id] - 1;
      if (entry >= 0) {
        visitor.token(pool, starts[entry], starts[entry + 1], id);
      }
    }
  }

  /**
   * Calls the visitor with each entry of the model's own vocabulary in the order in which they were
   * added, duplicate tokens and ids included.
   */
  public void forEachEntry(TokenVisitor visitor) {
    for (int entry = 0; entry < ids.length; entry++) {
      visitor.token(pool, starts[entry], starts[entry + 1], ids[entry]);
    }
  }

  /** Receives tokens as ranges of UTF-8 bytes, not to be changed. */
  @FunctionalInterface
  public interface TokenVisitor {
    /** Receives one token: its UTF-8 is in {@code utf8} from {@code from} to {@code to}. */
    void token(byte[] utf8, int from, int to, int id);
  }

  private int slotOf(long hash, byte[] bytes, int from, int to) {
    int[] slots = table;
    int mark = mark(hash);
    int slot = (int) hash & (slots.length - 1);
    int found = slots[slot];
    while (found != 0) {
      if (found >>> ENTRY_BITS == mark && isEntry(found & ENTRY, bytes, from, to)) {
        return slot;
      }
      slot = (slot + 1) & (slots.length - 1);
      found = slots[slot];
    }
    return slot;
  }

  private static int mark(long hash) {
    return (int) (hash >>> 56) | 1;
  }

  private boolean isEntry(int entry, byte[] bytes, int from, int to) {
    int start = starts[entry];
    int length = to - from;
    if (starts[entry + 1] - start != length) {
      return false;
    }
    return length <= 8
        ? Utf8.upToEight(pool, start, length) == Utf8.upToEight(bytes, from, length)
        : Arrays.equals(pool, start, start + length, bytes, from, to);
  }

  /** A builder of an empty vocabulary. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link Vocabulary}. Not thread-safe. */
  public static final class Builder {
    /** Far above any real vocabulary; an id costs four bytes, so this bounds them at 64 MiB. */
    private static final int MAX_ID = (1 << 24) - 1;

    private final RecordLog entries = new RecordLog(); // numbers: the ids
    private int highestModelId = -1;

    private Builder() {}

    /**
     * Adds a token of the model.
     *
     * @throws BundleException as below
     */
    public Builder token(String text, long id) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return token(utf8, 0, utf8.length, id);
    }

    /**
     * Adds a token of the model: the UTF-8 that is in {@code utf8} from {@code from} to {@code to}.
     * Of equal tokens the last counts.
     *
     * @throws BundleException if the id is not from 0 to 16,777,215, or that many tokens are there
     */
    public Builder token(byte[] utf8, int from, int to, long id) {
      int checked = checked(id);
      if (entries.count() == ENTRY) {
        throw new BundleException(
            Rule.C8,
            FileNames.TOKENIZER_JSON,
            String.format(Locale.ROOT, "more than %d tokens", ENTRY));
      }
      entries.add(checked, utf8, from, to, utf8, to, to);
      highestModelId = Math.max(highestModelId, checked);
      return this;
    }

    private static int checked(long id) {
      if (id < 0 || id > MAX_ID) {
        throw new BundleException(
            Rule.C8,
            FileNames.TOKENIZER_JSON,
            String.format(Locale.ROOT, "token id %d is not from 0 to %d", id, MAX_ID));
      }
      return (int) id;
    }

    /** The vocabulary. */
    public Vocabulary build() {
      return new Vocabulary(this);
    }
  }
}
