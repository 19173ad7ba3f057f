package dev.remora.jinja.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A string that grows within a budget, and knows where each of its characters comes from. */
public final class TextBuilder {
  private static final int[] NO_ENDS = {};
  private static final Origin[] NO_ORIGINS = {};

  private final StringBuilder characters = new StringBuilder();
  private final Budget budget;

  // The runs that have ended, and the origin of the one that goes on.
  private int[] ends = NO_ENDS;
  private @Nullable Origin[] origins = NO_ORIGINS;
  private int runs;
  private @Nullable Origin last;

  public TextBuilder(Budget budget) {
    this.budget = budget;
  }

  /**
   * Appends text that the interpreter makes, such as a quote or the digits of a number.
   *
   * @param origin what it is made of; null for the template's own
   */
  public TextBuilder append(String text, @Nullable Origin origin) {
    budget.building(text.length());
    budget.checkLength((long) characters.length() + text.length());
    if (!text.isEmpty()) {
      begin(origin);
      characters.append(text);
    }
    return this;
  }

  /** Appends a character that the interpreter makes, as above. */
  public TextBuilder append(char c, @Nullable Origin origin) {
    budget.checkLength(characters.length() + 1L);
    begin(origin);
    characters.append(c);
    return this;
  }

  /** Appends a string. */
  public TextBuilder append(StringValue string) {
    String text = string.text();
    budget.building(text.length());
    budget.checkLength((long) characters.length() + text.length());
    appendOnce(string);
    return this;
  }

  private void appendOnce(StringValue string) {
    String text = string.text();
    if (text.isEmpty()) {
      return;
    }
    Provenance provenance = string.provenance();
    if (provenance instanceof OriginRuns several) {
      budget.listing(several.runs());
      int from = characters.length();
      characters.append(text);
      int[] start = {from};
      several.forEach(
          (end, origin) -> {
            begin(origin, start[0]);
            start[0] = from + end;
          });
    } else {
      begin((Origin) provenance);
      characters.append(text);
    }
  }

  /** What is appended next is of this origin. */
  private void begin(@Nullable Origin origin) {
    begin(origin, characters.length());
  }

  private void begin(@Nullable Origin origin, int at) {
    if (origin == last) {
      return;
    }
    if (at > 0) {
      if (runs == ends.length) {
        budget.listing(runs);
        ends = Arrays.copyOf(ends, Math.max(4, 2 * runs));
        origins = Arrays.copyOf(origins, ends.length);
      }
      ends[runs] = at;
      origins[runs++] = last;
    }
    last = origin;
  }

  /** Appends a string a number of times; a count below 1 appends nothing. */
  public TextBuilder repeat(StringValue string, long count) {
    String text = string.text();
    if (count > 0 && !text.isEmpty()) {
      long length = count > Integer.MAX_VALUE ? Long.MAX_VALUE : count * text.length();
      budget.building(length);
      budget.checkLength(characters.length() + length);
      if (string.provenance() instanceof OriginRuns) {
        for (long turn = 0; turn < count; turn++) {
          appendOnce(string);
        }
      } else {
        begin((Origin) string.provenance());
        characters.append(text.repeat((int) count));
      }
    }
    return this;
  }

  /** The string so far. */
  public StringValue build() {
    return StringValue.of(characters.toString(), provenance());
  }

  private @Nullable Provenance provenance() {
    if (runs == 0) {
      return last;
    }
    int[] allEnds = Arrays.copyOf(ends, runs + 1);
    @Nullable Origin[] allOrigins = Arrays.copyOf(origins, runs + 1);
    allEnds[runs] = characters.length();
    allOrigins[runs] = last;
    return OriginRuns.of(allEnds, allOrigins);
  }
}
