package dev.remora.jinja.format;

import dev.remora.jinja.text.PythonNumbers;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.List;

/** Python's {@code strftime} in the C locale, for a time that knows no zone. */
public final class TimeFormat {
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  private static final List<String> DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  private TimeFormat() {}

  /** A time in a format. */
  public static StringValue format(Budget budget, ZonedDateTime time, StringValue string) {
    String format = string.text();
    TextBuilder text = new TextBuilder(budget);
    int from = 0;
    for (int at = 0; at + 1 < format.length(); at++) {
      if (format.charAt(at) != '%') {
        continue;
      }
      budget.listing(10); // a directive may stand for several
      text.append(string.substring(from, at));
      char letter = format.charAt(++at);
      boolean unpadded = letter == '-' && at + 1 < format.length();
      String written = unpadded ? unpadded(time, format.charAt(++at)) : directive(time, letter);
      text.append(written, string.origin());
      from = at + 1;
    }
    return text.append(string.substring(from)).build();
  }

  /** {@code %-d} and its like: a number without its leading zeros. */
  private static String unpadded(ZonedDateTime time, char letter) {
    return directive(time, letter).replaceFirst("^[0 ]+(?=[0-9])", "");
  }

  private static String directive(ZonedDateTime time, char letter) {
    return switch (letter) {
      case 'Y' -> Integer.toString(time.getYear());
      case 'y' -> two(time.getYear() % 100);
      case 'C' -> two(time.getYear() / 100);
      case 'm' -> two(time.getMonthValue());
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> blank(time.getDayOfMonth());
      case 'j' -> PythonNumbers.padded(time.getDayOfYear(), 3);
      case 'B' -> MONTHS.get(time.getMonthValue() - 1);
      case 'b', 'h' -> MONTHS.get(time.getMonthValue() - 1).substring(0, 3);
      case 'A' -> DAYS.get(time.getDayOfWeek().getValue() - 1);
      case 'a' -> DAYS.get(time.getDayOfWeek().getValue() - 1).substring(0, 3);
      case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
      case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
      case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'U' -> two((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7);
      case 'W' -> two((time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7);
      case 'D', 'x' -> all(time, 'm', "/", 'd', "/", 'y');
      case 'F' -> all(time, 'Y', "-", 'm', "-", 'd');
      case 'c' -> all(time, 'a', " ", 'b', " ", 'e', " ", 'T', " ", 'Y');
      default -> timeDirective(time, letter);
    };
  }

  private static String timeDirective(ZonedDateTime time, char letter) {
    return switch (letter) {
      case 'H' -> two(time.getHour());
      case 'I' -> two(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'k' -> blank(time.getHour());
      case 'l' -> blank(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'f' -> PythonNumbers.padded(time.getNano() / 1000, 6);
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 's' -> Long.toString(time.toEpochSecond());
      case 'z', 'Z' -> "";
      case 'T', 'X' -> all(time, 'H', ":", 'M', ":", 'S');
      case 'R' -> all(time, 'H', ":", 'M');
      case 'r' -> all(time, 'I', ":", 'M', ":", 'S', " ", 'p');
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> "%" + letter;
    };
  }

  /** Several directives, each a Character, and what stands between them. */
  private static String all(ZonedDateTime time, Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(part instanceof Character letter ? directive(time, letter) : part);
    }
    return text.toString();
  }

  private static String two(int number) {
    return PythonNumbers.padded(number, 2);
  }

  private static String blank(int number) {
    return number < 10 ? " " + number : Integer.toString(number);
  }
}
