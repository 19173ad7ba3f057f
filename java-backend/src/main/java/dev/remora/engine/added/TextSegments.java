package dev.remora.engine.added;

/**
 * The next ranges of a text in turn: added tokens, and the text between. Of one thread at a time.
 */
public final class TextSegments {
  /** In place of an id: what is not an added token. */
  public static final int TEXT = -1;

  private static final int MAX_COUNT = 64;
  private static final int MOST_AT_ONCE = 2; // a match and the text before it

  private final int[] ids = new int[MAX_COUNT];
  private final int[] starts = new int[MAX_COUNT];
  private final int[] ends = new int[MAX_COUNT];
  private int count;

  int at; // where the search goes on
  int listed; // the end of the ranges so far

  /** Begins a text, or a stretch of one. */
  public void begin(int from) {
    at = from;
    listed = from;
  }

  void clear() {
    count = 0;
  }

  boolean hasRoom() {
    return count + MOST_AT_ONCE <= MAX_COUNT;
  }

  void add(int id, int from, int to) {
    ids[count] = id;
    starts[count] = from;
    ends[count++] = to;
    listed = to;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** The id of the added token; {@link #TEXT} for text between. */
  public int id(int index) {
    return ids[index];
  }

  /** Where the range begins. */
  public int from(int index) {
    return starts[index];
  }

  /** Where it ends. */
  public int to(int index) {
    return ends[index];
  }
}
