package dev.remora.server;

import io.grpc.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a feed is to do, as a line of a script: a word, and what it is done with.
 *
 * @param word such as {@code stored}
 * @param arguments such as ids
 */
record KvEventLine(String word, List<String> arguments) {
  private static final String WORDS =
      "stored IDS, removed IDS, unknown-parent IDS, cleared, gap, repeat, restart or end STATUS";

  static KvEventLine parse(String line) {
    List<String> words = Arrays.asList(line.strip().split("[\\s,]+"));
    return new KvEventLine(words.get(0), words.subList(1, words.size()));
  }

  void tell(KvEventFeed feed) {
    switch (word) {
      case "stored" -> feed.stored(ids());
      case "removed" -> feed.removed(ids());
      case "unknown-parent" -> feed.unknownParent(ids());
      case "end" -> feed.end(Status.fromCode(code()));
      default -> {
        if (!arguments.isEmpty()) {
          throw unknown();
        }
        tellWithoutArguments(feed);
      }
    }
  }

  private void tellWithoutArguments(KvEventFeed feed) {
    switch (word) {
      case "cleared" -> feed.cleared();
      case "gap" -> feed.gap();
      case "repeat" -> feed.repeat();
      case "restart" -> feed.restart();
      default -> throw unknown();
    }
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException("'" + this + "' is none of " + WORDS);
  }

  private int[] ids() {
    try {
      return arguments.stream().mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no ids: " + String.join(" ", arguments), e);
    }
  }

  private Status.Code code() {
    try {
      return Status.Code.valueOf(String.join(" ", arguments).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no gRPC status: " + String.join(" ", arguments), e);
    }
  }

  @Override
  public String toString() {
    return (word + " " + String.join(" ", arguments)).strip();
  }
}
