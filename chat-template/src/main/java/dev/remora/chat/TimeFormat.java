package dev.remora.chat;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Python's {@code strftime} in the C locale, for a time that knows no zone. */
final class TimeFormat {
  private TimeFormat() {}

  /** The clock's time in this format. */
  static String format(Rendering rendering, String format) {
    ZonedDateTime now = ZonedDateTime.now(rendering.clock());
    Text text = new Text(rendering);
    for (int at = 0; at < format.length(); at++) {
      char c = format.charAt(at);
      if (c != '%' || at + 1 == format.length()) {
        text.append(c);
        continue;
      }
      char letter = format.charAt(++at);
      boolean plain = letter == '-' && at + 1 < format.length();
      text.append(plain ? unpadded(now, format.charAt(++at)) : directive(now, letter));
    }
    return text.toString();
  }

  /** {@code %-d} and its like: a number without its leading zeros. */
  private static String unpadded(ZonedDateTime now, char letter) {
    return directive(now, letter).replaceFirst("^[0 ]+(?=\\d)", "");
  }

  private static String directive(ZonedDateTime now, char letter) {
    return switch (letter) {
      case 'Y' -> Integer.toString(now.getYear());
      case 'y' -> two(now.getYear() % 100);
      case 'C' -> two(now.getYear() / 100);
      case 'm' -> two(now.getMonthValue());
      case 'd' -> two(now.getDayOfMonth());
      case 'e' -> spaced(now.getDayOfMonth());
      case 'j' -> "%03d".formatted(now.getDayOfYear());
      case 'B' -> now.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> now.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'u' -> Integer.toString(now.getDayOfWeek().getValue());
      case 'w' -> Integer.toString(now.getDayOfWeek().getValue() % 7);
      case 'G' -> Integer.toString(now.get(IsoFields.WEEK_BASED_YEAR));
      case 'V' -> two(now.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'U' -> two((now.getDayOfYear() + 6 - now.getDayOfWeek().getValue() % 7) / 7);
      case 'W' -> two((now.getDayOfYear() + 7 - now.getDayOfWeek().getValue()) / 7);
      default -> timeDirective(now, letter);
    };
  }

  private static String timeDirective(ZonedDateTime now, char letter) {
    return switch (letter) {
      case 'H' -> two(now.getHour());
      case 'I' -> two(now.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'k' -> spaced(now.getHour());
      case 'l' -> spaced(now.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'M' -> two(now.getMinute());
      case 'S' -> two(now.getSecond());
      case 'f' -> "%06d".formatted(now.getNano() / 1000);
      case 'p' -> now.getHour() < 12 ? "AM" : "PM";
      case 'P' -> now.getHour() < 12 ? "am" : "pm";
      case 's' -> Long.toString(now.toEpochSecond());
      case 'z', 'Z' -> "";
      case 'D', 'x' -> pattern(now, "MM/dd/yy");
      case 'F' -> pattern(now, "uuuu-MM-dd");
      case 'T', 'X' -> pattern(now, "HH:mm:ss");
      case 'R' -> pattern(now, "HH:mm");
      case 'r' -> pattern(now, "hh:mm:ss a");
      case 'c' -> pattern(now, "EEE MMM ppd HH:mm:ss uuuu");
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> "%" + letter;
    };
  }

  private static String pattern(ZonedDateTime now, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(now);
  }

  private static String two(int number) {
    return "%02d".formatted(number);
  }

  private static String spaced(int number) {
    return "%2d".formatted(number);
  }
}
