package dev.remora.core.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads bytes as UTF-8 as Rust does: each longest beginning of a character that is not completed
 * becomes one U+FFFD. Java's own decoder counts some of them otherwise.
 */
public final class LossyUtf8 {
  private LossyUtf8() {}

  /** The text of a range of bytes: at most as many UTF-16 units as there are bytes. */
  public static String decode(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text; // nothing was replaced
    }
    StringBuilder repaired = new StringBuilder(text.length());
    int copied = from;
    int at = from;
    while (at < to) {
      int end = end(bytes, at, to);
      if (end - at != Utf8.lengthOf(bytes[at]) || !Utf8.isLead(bytes[at])) {
        append(bytes, copied, at, repaired);
        repaired.append('\uFFFD');
        copied = end;
      }
      at = end;
    }
    if (copied == from) {
      return text; // the character itself is in the text
    }
    append(bytes, copied, to, repaired);
    return repaired.toString();
  }

  private static void append(byte[] bytes, int from, int to, StringBuilder text) {
    if (from < to) {
      text.append(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }

  /**
   * The end of what more bytes cannot change: where the last character begins if it can still be
   * completed, else {@code to}.
   */
  public static int settledEnd(byte[] bytes, int from, int to) {
    int start = to - 1;
    while (start > from && start > to - 3 && Utf8.isContinuation(bytes[start])) {
      start--;
    }
    if (start < from || bytes[start] >= 0 || !Utf8.isLead(bytes[start])) {
      return to;
    }
    boolean unfinished = end(bytes, start, to) == to && to - start < Utf8.lengthOf(bytes[start]);
    return unfinished ? start : to;
  }

  /** The end of the character that begins here, or of as much of it as is there. */
  private static int end(byte[] bytes, int from, int to) {
    byte lead = bytes[from];
    if (lead >= 0
        || !Utf8.isLead(lead)
        || from + 1 == to
        || !Utf8.mayFollow(lead, bytes[from + 1])) {
      return from + 1;
    }
    int most = Math.min(to, from + Utf8.lengthOf(lead));
    int at = from + 2;
    while (at < most && Utf8.isContinuation(bytes[at])) {
      at++;
    }
    return at;
  }
}
