package dev.remora.conformance;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.EncodingSeams;
import dev.remora.EncodingSeams.Seam;
import dev.remora.EngineException;
import dev.remora.Prompt;
import dev.remora.Tokenizer;
import dev.remora.routing.CachingTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Holds a tokenizer to what it says of its {@link EncodingSeams seams}, and one that remembers to
 * what the tokenizer itself gives, over random texts and prompts that grow as conversations do.
 * Each is one comparison.
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

  /**
   * Compares the prompts of so many turns of conversations: each piece of their text is the
   * template's or the request's, they are cut here and there, and some ids stand in place of text.
   *
   * @return false where the tokenizer cannot guard prompts, and nothing is compared
   */
  public boolean prompts(int count) {
    try {
      tokenizer.encode(Prompt.builder().request("", "a").build());
    } catch (EngineException e) {
      return false;
    }
    List<Piece> pieces = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int length = pieces.stream().mapToInt(piece -> piece.text().length()).sum();
      if (length > MAX_TEXT || random.nextInt(40) == 0) {
        pieces.clear();
      } else if (random.nextInt(10) == 0) {
        int kept = random.nextInt(pieces.size() + 1); // another way to go on
        pieces.subList(kept, pieces.size()).clear();
      }
      addTurn(pieces);
      if (random.nextInt(3) == 0) {
        compare(prompt(pieces));
        pieces.replaceAll(piece -> random.nextInt(6) == 0 ? other(piece) : piece);
      }
      compare(prompt(pieces));
    }
    return true;
  }

  /** The same text, trusted or cut otherwise, or in place of other ids. */
  private Piece other(Piece piece) {
    return random.nextInt(3) == 0
        ? new Piece(piece.text(), piece.origin(), !piece.cut())
        : new Piece(piece.text(), origin(), piece.cut());
  }

  /** A piece of a prompt. */
  private record Piece(String text, Prompt.Origin origin, boolean cut) {}

  private void addTurn(List<Piece> pieces) {
    String turn = turn();
    int at = 0;
    while (at < turn.length()) { // also within a token, and within a pair of surrogates
      int most = random.nextInt(4) == 0 ? 20 : 400;
      int end = Math.min(turn.length(), at + 1 + random.nextInt(most));
      pieces.add(new Piece(turn.substring(at, end), origin(), random.nextInt(12) == 0));
      at = end;
    }
  }

  private Prompt.Origin origin() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new Prompt.Request("messages", false);
      case 3 -> new Prompt.Request("messages", true);
      case 4 -> new Prompt.Words();
      case 5 -> {
        int[] ids = ids(tokenizer, texts.next());
        yield new Prompt.Verbatim("messages", Arrays.stream(ids).limit(3).boxed().toList());
      }
      default -> new Prompt.Template();
    };
  }

  private Prompt prompt(List<Piece> pieces) {
    Prompt.Builder prompt = Prompt.builder();
    for (Piece piece : pieces) {
      boolean isEmpty = piece.origin() instanceof Prompt.Verbatim && piece.text().length() % 3 == 0;
      prompt.append(isEmpty ? "" : piece.text(), piece.origin(), false);
      if (piece.cut()) {
        prompt.seam();
      }
    }
    return prompt.build();
  }

  private void compare(Prompt prompt) {
    Encoding fresh = tokenizer.encode(prompt);
    Encoding known = caching.encode(prompt);
    boolean isEqual =
        Arrays.equals(fresh.ids(), known.ids())
            && fresh.refused().equals(known.refused())
            && caching.count(prompt) == fresh.size();
    passed += isEqual ? 1 : 0;
    failed += isEqual ? 0 : 1;
    if (!isEqual) {
      failures.accept(
          ShownText.of(prompt.text(), MAX_SHOWN)
              + " "
              + prompt.spans()
              + " cut at "
              + prompt.seams()
              + ": refused "
              + fresh.refused()
              + ", from the cache "
              + known.refused());
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
    String before = text.substring(0, seam.needed());
    int[] left = ids(tokenizer, text.substring(0, seam.end()));
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
