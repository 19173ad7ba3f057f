package dev.remora.chat;

import dev.remora.MediaCountException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The parts of messages that are no text: the model sees other tokens than those of the prompt. */
final class MediaParts {
  /** What a part's {@code type} says, or, where it has none, the member that it has. */
  private static final Set<String> TYPES =
      Set.of(
          "image",
          "image_url",
          "input_image",
          "audio",
          "audio_url",
          "input_audio",
          "video",
          "video_url",
          "input_video",
          "file",
          "input_file");

  private MediaParts() {}

  /**
   * The tokens that all parts add to the prompt.
   *
   * @param tokens says it of one part; null if nobody does
   * @throws MediaCountException if there is a part, and nobody says it
   * @throws IllegalArgumentException if a number is negative
   */
  static int tokens(
      List<? extends Map<String, ?>> messages, @Nullable ToIntFunction<Map<String, ?>> tokens) {
    int sum = 0;
    for (int index = 0; index < messages.size(); index++) {
      if (messages.get(index).get("content") instanceof List<?> parts) {
        sum = Math.addExact(sum, tokens("messages[" + index + "].content", parts, tokens));
      }
    }
    return sum;
  }

  private static int tokens(
      String path, List<?> parts, @Nullable ToIntFunction<Map<String, ?>> tokens) {
    int sum = 0;
    for (int index = 0; index < parts.size(); index++) {
      String type = parts.get(index) instanceof Map<?, ?> part ? type(part) : null;
      if (type != null) {
        String place = path + "[" + index + "]";
        if (tokens == null) {
          throw new MediaCountException(place, type);
        }
        @SuppressWarnings("unchecked") // a member of a JSON object
        int added = tokens.applyAsInt((Map<String, ?>) parts.get(index));
        if (added < 0) {
          throw new IllegalArgumentException(place + " cannot take " + added + " tokens");
        }
        sum = Math.addExact(sum, added);
      }
    }
    return sum;
  }

  /** What kind of media a part is; null if it is none. */
  private static @Nullable String type(Map<?, ?> part) {
    if (part.get("type") instanceof CharSequence type) {
      return TYPES.contains(type.toString()) ? type.toString() : null;
    }
    return TYPES.stream().filter(part::containsKey).sorted().findFirst().orElse(null);
  }
}
