package dev.remora.engine;

import dev.remora.core.engine.AddedToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The normalizer of a definition: steps, each over what the one before made of a stretch of text
 * between added tokens. Thread-safe.
 */
final class Normalizer {
  /** One step. */
  interface Step {
    /** Whether the step would change the range; if not, it is not applied. */
    boolean changes(Text text, int from, int to);

    /** Appends what the range becomes. */
    void apply(Text source, int from, int to, Text target, Scratch scratch);
  }

  private final List<Step> steps;

  Normalizer(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The normalized form of a text by itself. */
  byte[] apply(String text, Scratch scratch) {
    scratch.raw.set(text, false);
    Text normalized = apply(scratch.raw, 0, scratch.raw.length, scratch);
    return Arrays.copyOf(normalized.bytes, normalized.length);
  }

  /**
   * Normalizes a range.
   *
   * @return the text that holds the result from 0 to its length; {@code source} itself if the range
   *     stays as it is
   */
  Text apply(Text source, int from, int to, Scratch scratch) {
    Text current = source;
    int start = from;
    int end = to;
    for (Step step : steps) {
      if (start < end && step.changes(current, start, end)) {
        Text target = current == scratch.normalized ? scratch.spare : scratch.normalized;
        target.clear(source.starts != null);
        step.apply(current, start, end, target, scratch);
        current = target;
        start = 0;
        end = target.length;
      }
    }
    return current;
  }

  /** What an added token is found by, in texts of its kind. */
  String key(AddedToken token, Scratch scratch) {
    if (!token.normalized()) {
      return "raw " + token.content();
    }
    byte[] normalized = apply(token.content(), scratch);
    return "normalized " + new String(normalized, StandardCharsets.UTF_8);
  }

  /** Normalization form C. */
  static Step nfc() {
    return new Step() {
      @Override
      public boolean changes(Text text, int from, int to) {
        return Nfc.mayChange(text.bytes, from, to);
      }

      @Override
      public void apply(Text source, int from, int to, Text target, Scratch scratch) {
        scratch.nfc.normalize(source, from, to, target);
      }
    };
  }

  /**
   * Puts a string before a text that is not empty; it comes from where the first character does.
   */
  static Step prepend(byte[] prefix) {
    return new Step() {
      @Override
      public boolean changes(Text text, int from, int to) {
        return true;
      }

      @Override
      public void apply(Text source, int from, int to, Text target, Scratch scratch) {
        target.append(prefix, source, from);
        target.append(source, from, to);
      }
    };
  }

  /** Replaces each occurrence of one ASCII character; the content comes from where it did. */
  static Step replace(byte replaced, byte[] content) {
    return new Step() {
      @Override
      public boolean changes(Text text, int from, int to) {
        for (int at = from; at < to; at++) {
          if (text.bytes[at] == replaced) {
            return true;
          }
        }
        return false;
      }

      @Override
      public void apply(Text source, int from, int to, Text target, Scratch scratch) {
        int copied = from;
        for (int at = from; at < to; at++) {
          if (source.bytes[at] == replaced) {
            target.append(source, copied, at);
            target.append(content, source, at);
            copied = at + 1;
          }
        }
        target.append(source, copied, to);
      }
    };
  }
}
