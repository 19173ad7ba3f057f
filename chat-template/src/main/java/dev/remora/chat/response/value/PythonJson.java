package dev.remora.chat.response.value;

import dev.remora.jinja.JinjaException;
import dev.remora.jinja.JinjaException.Kind;
import dev.remora.jinja.JinjaOptions;
import dev.remora.jinja.PythonValues;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** JSON as Python reads it, with the failures of replies. */
public final class PythonJson {
  private PythonJson() {}

  /**
   * The value of a text, as {@link PythonValues#parse}: what it holds may be changed.
   *
   * @throws ValueFailure if it is not JSON, too deep, or has an integer of too many digits
   */
  public static @Nullable Object parse(String text) {
    try {
      return PythonValues.parse(text, JinjaOptions.DEFAULT);
    } catch (JinjaException e) {
      String problem = String.valueOf(e.getMessage());
      throw e.kind() == Kind.LIMIT ? ValueFailure.content(problem) : ValueFailure.syntax(problem);
    }
  }

  /** An integer in the type that values have. */
  static Number integer(BigInteger integer) {
    return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
  }

  /** Appends a text as a JSON string. */
  static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int index = 0; index < text.length(); index++) {
      char sign = text.charAt(index);
      if (sign == '"' || sign == '\\') {
        out.append('\\').append(sign);
      } else if (sign < ' ') {
        out.append("\\u00").append(Character.forDigit(sign >> 4, 16));
        out.append(Character.forDigit(sign & 15, 16));
      } else {
        out.append(sign);
      }
    }
    out.append('"');
  }
}
