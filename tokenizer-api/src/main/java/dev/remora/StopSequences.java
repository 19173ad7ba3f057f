package dev.remora;

import dev.remora.bundle.SpecialTokens;
import dev.remora.text.StopAutomaton;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What ends a generation: ids and strings, each hidden or visible, and the ids that end any
 * generation of the model. A hidden stop leaves no text, a visible one ends the text. Immutable and
 * thread-safe.
 *
 * @see StopMatcher
 */
public final class StopSequences {
  private final Map<String, Boolean> strings;
  private final int[] hiddenIds; // ascending, as those below
  private final int[] visibleIds;
  private final int[] eosIds; // none where they are ignored
  private final int minTokens;
  private final StopAutomaton automaton;

  private StopSequences(Builder builder) {
    this.strings = new LinkedHashMap<>(builder.strings);
    this.hiddenIds = sorted(builder.hiddenIds);
    this.visibleIds = sorted(builder.visibleIds);
    this.eosIds = sorted(builder.ignoreEos ? Set.of() : builder.eosIds);
    this.minTokens = builder.minTokens;
    this.automaton = new StopAutomaton(strings.keySet());
  }

  private static int[] sorted(Set<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private static boolean contains(int[] sorted, int id) {
    return sorted.length > 0 && Arrays.binarySearch(sorted, id) >= 0;
  }

  /** Whether this id ends the generation and leaves no text. */
  boolean isHidden(int id) {
    return contains(hiddenIds, id) || isEos(id);
  }

  /** Whether this id is one of the model's own ends, and these count. */
  boolean isEos(int id) {
    return contains(eosIds, id);
  }

  /** Whether this id ends the generation with its text. */
  boolean isVisible(int id) {
    return contains(visibleIds, id);
  }

  /** Whether this stop string stays in the text. */
  boolean isVisible(String string) {
    return strings.getOrDefault(string, false);
  }

  /** How many tokens come before any stop counts. */
  int minTokens() {
    return minTokens;
  }

  StopAutomaton automaton() {
    return automaton;
  }

  /** A builder of no stops. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link StopSequences}. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Boolean> strings = new LinkedHashMap<>();
    private final Set<Integer> hiddenIds = new HashSet<>();
    private final Set<Integer> visibleIds = new HashSet<>();
    private final Set<Integer> eosIds = new HashSet<>();
    private boolean ignoreEos;
    private int minTokens;

    private Builder() {}

    /**
     * Stops before this string, which is not given out.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Builder hiddenString(String string) {
      return string(string, false);
    }

    /**
     * Stops after this string, which is given out.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Builder visibleString(String string) {
      return string(string, true);
    }

    private Builder string(String string, boolean visible) {
      if (string.isEmpty()) {
        throw new IllegalArgumentException("an empty stop string");
      }
      strings.put(string, visible);
      return this;
    }

    /** Stops at this id, whose text is not given out. */
    public Builder hiddenId(int id) {
      hiddenIds.add(id);
      return this;
    }

    /** Stops at this id, whose text is given out. */
    public Builder visibleId(int id) {
      visibleIds.add(id);
      return this;
    }

    /** Stops at these ids as at hidden ones: those of {@link SpecialTokens#eosIds()}. */
    public Builder eosIds(Collection<Integer> ids) {
      eosIds.addAll(ids);
      return this;
    }

    /** Whether the EOS ids are taken for any others; default false. */
    public Builder ignoreEos(boolean ignore) {
      this.ignoreEos = ignore;
      return this;
    }

    /**
     * How many tokens come before any stop counts; default 0. A string counts if it ends in the
     * text of a later token, wherever it begins.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder minTokens(int tokens) {
      if (tokens < 0) {
        throw new IllegalArgumentException("a negative number of tokens: " + tokens);
      }
      this.minTokens = tokens;
      return this;
    }

    /** The stops. */
    public StopSequences build() {
      return new StopSequences(this);
    }
  }
}
