package dev.remora.conformance;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.EncodingSeams;
import dev.remora.EncodingSeams.Seam;
import dev.remora.Tokenizer;
import dev.remora.routing.CachingTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Holds a tokenizer to what it says of its {@link EncodingSeams seams}, and one that remembers to
 * what the tokenizer itself gives, over random texts that grow as conversations do. Each text is
 * one comparison.
 *
 * <p>Of one thread at a time.
 */
public final class SeamComparison {
  private static final int MAX_TEXT = 3_000; // UTF-16 units, then another conversation begins
  private static final int MAX_SHOWN = 300; // UTF-16 units
  private static final int CACHE_BYTES = 200_000; // so few that much is forgotten

  private final Tokenizer tokenizer;
  private final EncodingSeams seams;
  private final CachingTokenizer caching;
  private final RandomTexts texts;
  private final SplittableRandom random;
  private final List<String> added;
  private final Consumer<String> failures;
  private long passed;
  private long failed;
  private long seamsSeen;

  /**
   * A comparison.
   *
   * @param tokenizer states seams; stays the caller's
   * @param added its added tokens, and whatever else is to be in the texts
   * @param seed makes the texts
   * @param failures receives one line for each comparison that failed
   */
  public SeamComparison(
      Tokenizer tokenizer, List<String> added, long seed, Consumer<String> failures) {
    this.tokenizer = tokenizer;
    this.seams = tokenizer.seams().orElseThrow();
    this.caching = CachingTokenizer.of(tokenizer, CACHE_BYTES);
    this.texts = new RandomTexts(seed, added, List.of());
    this.random = new SplittableRandom(seed);
    this.added = List.copyOf(added);
    this.failures = failures;
  }

  /** How many comparisons were equal. */
  public long passed() {
    return passed;
  }

  /** How many were not. */
  public long failed() {
    return failed;
  }

  /** How many seams the texts had. */
  public long seamsSeen() {
    return seamsSeen;
  }

  /** What the tokenizer that remembers has to say. */
  public CachingTokenizer.Statistics statistics() {
    return caching.statistics();
  }

  /** Compares so many texts of conversations. */
  public void conversations(int count) {
    String text = "";
    for (int number = 0; number < count; number++) {
      if (text.length() > MAX_TEXT || random.nextInt(40) == 0) {
        text = "";
      } else if (random.nextInt(10) == 0) {
        text = text.substring(0, random.nextInt(text.length() + 1)); // another way to go on
      }
      text += turn();
      compare(text);
    }
  }

  private String turn() {
    StringBuilder turn = new StringBuilder();
    for (int pieces = random.nextInt(4); pieces >= 0; pieces--) {
      turn.append(texts.next());
      if (random.nextInt(3) == 0) {
        turn.append(token()).append(random.nextInt(3) == 0 ? token() : "");
      }
    }
    return turn.toString();
  }

  /** An added token, a part of one, or one with what stands beside it. */
  private String token() {
    String token = added.get(random.nextInt(added.size()));
    return switch (random.nextInt(6)) {
      case 0 -> token.substring(0, random.nextInt(token.length() + 1));
      case 1 -> token + " ";
      case 2 -> token + "a";
      default -> token;
    };
  }

  private void compare(String text) {
    int[] fresh = ids(tokenizer, text);
    boolean isEqual =
        Arrays.equals(fresh, ids(caching, text))
            && Arrays.equals(tokenizer.encode(text).ids(), caching.encode(text).ids())
            && holds(text, fresh);
    passed += isEqual ? 1 : 0;
    failed += isEqual ? 0 : 1;
    if (!isEqual) {
      failures.accept(ShownText.of(text, MAX_SHOWN));
    }
  }

  /** Whether one of the seams of a text is what it should be. */
  private boolean holds(String text, int[] fresh) {
    List<Seam> all = seams.of(text);
    seamsSeen += all.size();
    if (all.isEmpty()) {
      return true;
    }
    int which = random.nextInt(all.size());
    Seam seam = all.get(which);
    String before = text.substring(0, seam.end());
    int[] left = ids(tokenizer, before);
    int[] right = ids(tokenizer, text.substring(seam.start()));
    int[] joined =
        IntStream.concat(Arrays.stream(left), Arrays.stream(right).skip(seam.ids())).toArray();
    return Arrays.equals(fresh, joined)
        && seams.of(before).equals(all.subList(0, which + 1))
        && begins(seams.of(before + end() + turn()), all.subList(0, which + 1));
  }

  private static boolean begins(List<Seam> seams, List<Seam> first) {
    return seams.size() >= first.size() && seams.subList(0, first.size()).equals(first);
  }

  /** The end of an added token, which may be what another one before it lacks to be that one. */
  private String end() {
    String token = added.get(random.nextInt(added.size()));
    return token.substring(random.nextInt(token.length()));
  }

  private static int[] ids(Tokenizer tokenizer, String text) {
    Encoding encoding = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS);
    return encoding.ids();
  }
}
