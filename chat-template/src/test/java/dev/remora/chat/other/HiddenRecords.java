package dev.remora.chat.other;

/** Gives a record that only its own package sees. */
public final class HiddenRecords {
  private HiddenRecords() {}

  private record Message(String role) {}

  /** A message. */
  public static Record message() {
    return new Message("user");
  }
}
