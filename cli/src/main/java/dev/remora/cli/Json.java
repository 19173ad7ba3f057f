package dev.remora.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import java.io.IOException;

/** JSON as the command reads and writes it: strict, one line, nothing escaped that need not be. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .setStrictness(Strictness.STRICT)
          .create();

  private Json() {}

  static String write(Object value) {
    return GSON.toJson(value);
  }

  /**
   * Reads one value.
   *
   * @throws CommandFailure if the text is not JSON of this type
   */
  static <T> T read(String json, Class<T> type) {
    TypeAdapter<T> adapter = GSON.getAdapter(type);
    try {
      T value = adapter.fromJson(json);
      if (value == null) {
        throw new CommandFailure("null where " + type.getSimpleName() + " is expected");
      }
      return value;
    } catch (IOException | JsonParseException e) {
      throw new CommandFailure("not JSON of the expected kind: " + e.getMessage(), e);
    }
  }
}
