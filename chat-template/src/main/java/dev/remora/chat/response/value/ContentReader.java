package dev.remora.chat.response.value;

import dev.remora.ResponseException.Problem;
import dev.remora.jinja.PythonStrings;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes a value of the text of a field. Immutable and thread-safe. */
public sealed interface ContentReader permits ContentReader.Plain, ContentReader.Structured {
  /**
   * The value.
   *
   * @param text the text of the field
   * @throws ValueFailure if it has none
   */
  @Nullable Object read(String text);

  /** Readers of values whose text is already of use while it arrives. */
  sealed interface Plain extends ContentReader {}

  /** Readers of values that are there only when their text is whole. */
  sealed interface Structured extends ContentReader
      permits JsonContent, TagContent, LineContent, Broken {}

  /** Whether the text is of use only when it is whole. */
  default boolean isStructured() {
    return this instanceof Structured;
  }

  /** The text itself. */
  record Text(boolean strip) implements Plain {
    @Override
    public String read(String text) {
      return strip ? PythonStrings.strip(text) : text;
    }
  }

  /** An integer. */
  record Whole() implements Plain {
    @Override
    public Number read(String text) {
      BigInteger integer = PythonStrings.toInteger(text);
      if (integer == null) {
        throw ValueFailure.content("no integer");
      }
      return PythonJson.integer(integer);
    }
  }

  /** A number. */
  record Decimal() implements Plain {
    @Override
    public Double read(String text) {
      Double number = PythonStrings.toFloat(text);
      if (number == null) {
        throw ValueFailure.content("no number");
      }
      return number;
    }
  }

  /** Whether the text is {@code true} or {@code 1}. */
  record Truth(boolean strip) implements Plain {
    @Override
    public Boolean read(String text) {
      String word = (strip ? PythonStrings.strip(text) : text).toLowerCase(Locale.ROOT);
      return word.equals("true") || word.equals("1");
    }
  }

  /** What cannot be read: its arguments are wrong, which is told only where it is used. */
  record Broken(Problem problem, String detail) implements Structured {
    @Override
    public Object read(String text) {
      throw ValueFailure.of(problem, detail);
    }
  }
}
