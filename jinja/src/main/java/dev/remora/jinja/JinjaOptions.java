package dev.remora.jinja;

import java.time.Clock;

/** What a rendering may use, and the clock that it reads. Immutable and thread-safe. */
public final class JinjaOptions {
  /** The defaults. */
  public static final JinjaOptions DEFAULT = builder().build();

  private final long maxSteps;
  private final long maxCharacters;
  private final int maxDepth;
  private final Clock clock;
  private final boolean requestTextInErrors;

  private JinjaOptions(Builder builder) {
    this.maxSteps = builder.maxSteps;
    this.maxCharacters = builder.maxCharacters;
    this.maxDepth = builder.maxDepth;
    this.clock = builder.clock;
    this.requestTextInErrors = builder.requestTextInErrors;
  }

  /** The steps that a rendering may take; default 10,000,000. */
  public long maxSteps() {
    return maxSteps;
  }

  /** The length of the output, and of any text on the way to it, in UTF-16; default 16,777,216. */
  public long maxCharacters() {
    return maxCharacters;
  }

  /** The levels of nesting; default 500. */
  public int maxDepth() {
    return maxDepth;
  }

  /** What {@code strftime_now} reads; default the system's clock in UTC. */
  public Clock clock() {
    return clock;
  }

  /** Whether messages of exceptions may quote what the template was given; default false. */
  public boolean requestTextInErrors() {
    return requestTextInErrors;
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins at these options. */
  public Builder toBuilder() {
    return new Builder()
        .maxSteps(maxSteps)
        .maxCharacters(maxCharacters)
        .maxDepth(maxDepth)
        .clock(clock)
        .requestTextInErrors(requestTextInErrors);
  }

  @Override
  public String toString() {
    return "JinjaOptions[maxSteps="
        + maxSteps
        + ", maxCharacters="
        + maxCharacters
        + ", maxDepth="
        + maxDepth
        + ", clock="
        + clock
        + ", requestTextInErrors="
        + requestTextInErrors
        + "]";
  }

  /** Builds {@link JinjaOptions}. Not thread-safe. */
  public static final class Builder {
    private long maxSteps = 10_000_000;
    private long maxCharacters = 1 << 24;
    private int maxDepth = 500;
    private Clock clock = Clock.systemUTC();
    private boolean requestTextInErrors;

    private Builder() {}

    /**
     * The steps that a rendering may take; default 10,000,000. Each evaluation and each element is
     * one or more, and text counts by its length: a step for each 16 characters that are compared
     * or copied, up to three for each that is looked at or made a value. Large integers count by
     * the square of their size. No step takes more than some tens of bytes, and few take more than
     * 200 ns: the default ends a rendering within about two seconds, and in a heap of half a
     * gibibyte.
     */
    public Builder maxSteps(long steps) {
      this.maxSteps = steps;
      return this;
    }

    /**
     * The length of the output, and of any text on the way to it, in UTF-16; default 16,777,216.
     */
    public Builder maxCharacters(long characters) {
      this.maxCharacters = characters;
      return this;
    }

    /** The levels of nesting, of macros that call macros and of values; default 500. */
    public Builder maxDepth(int levels) {
      this.maxDepth = levels;
      return this;
    }

    /** What {@code strftime_now} reads; default the system's clock in UTC. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Whether the message of an exception may quote what the template was given; default false: of
     * such a quotation only what stands in the template's source is left, and "…" for the rest.
     */
    public Builder requestTextInErrors(boolean quote) {
      this.requestTextInErrors = quote;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if a limit is below 1
     */
    public JinjaOptions build() {
      if (maxSteps < 1 || maxCharacters < 1 || maxDepth < 1) {
        throw new IllegalArgumentException("a limit below 1");
      }
      return new JinjaOptions(this);
    }
  }
}
