package dev.remora.bundle;

import dev.remora.text.Printable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the files of one bundle differ from those of another that it is expected to equal, such as a
 * worker's from its model's.
 *
 * @param differences what differs, by file; of each file and part the first few
 * @param more how many differences there are beside those
 */
public record BundleDrift(List<Difference> differences, long more) {
  /** Two bundles of equal files. */
  public static final BundleDrift NONE = new BundleDrift(List.of(), 0);

  /** Copies the list. */
  public BundleDrift {
    differences = List.copyOf(differences);
  }

  /** Whether there is no difference: the content digests are equal. */
  public boolean isNone() {
    return differences.isEmpty();
  }

  /** The differences on one line, which begin with their files; {@code equal} if there is none. */
  @Override
  public String toString() {
    String listed =
        differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
    String others = more == 0 ? "" : "; and " + more + " more";
    return isNone() ? "equal" : listed + others;
  }

  /** What of a bundle differs. */
  public enum Part {
    /** Only one of the bundles has the file. */
    FILE,
    /**
     * The content, of which no more can be told: it is not kept, cannot be read, or is not at hand
     * any more.
     */
    CONTENT,
    /** The spelling alone: white space, the order of members, what a tokenizer does not read. */
    SPELLING,
    /** A member of a JSON file, or of the header of a SentencePiece model. */
    CONFIG,
    /** A special token, or another added one. */
    SPECIAL_TOKEN,
    /** A line of a chat template. */
    TEMPLATE,
    /** The number of tokens. */
    VOCABULARY_SIZE,
    /** The token of an id, or its score. */
    TOKEN,
    /** The number of merges, or the first that differs. */
    MERGE
  }

  /**
   * One difference.
   *
   * @param file the name of the file
   * @param part what of it differs
   * @param member where in it, such as {@code model.merges[12]}; empty for the whole file
   * @param expected what is expected there, or how it begins; empty where nothing is
   * @param actual what is there, or how it begins; empty where nothing is
   */
  public record Difference(
      String file, Part part, String member, Optional<String> expected, Optional<String> actual) {
    private static final int MAX_VALUE = 200;

    /** Cuts the values after 200 UTF-16 units. */
    public Difference {
      Objects.requireNonNull(part, "part");
      expected = expected.map(Difference::cut);
      actual = actual.map(Difference::cut);
    }

    private static String cut(String value) {
      return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "…";
    }

    /** What differs in the file, on one line. */
    public String text() {
      String where = member.isEmpty() ? "" : Printable.of(member, Printable.NAME) + " ";
      return where + "is " + shown(actual) + ", not " + shown(expected);
    }

    /** The file and what differs in it, on one line. */
    @Override
    public String toString() {
      return Printable.of(file, Printable.NAME) + " " + text();
    }

    private static String shown(Optional<String> value) {
      return value.map(Printable::of).orElse("absent");
    }
  }
}
