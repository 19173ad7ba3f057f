package dev.remora.chat.encoding.deepseek;

/** The special tokens of DeepSeek's encodings. */
final class Marks {
  static final String BOS = "<｜begin▁of▁sentence｜>";
  static final String EOS = "<｜end▁of▁sentence｜>";
  static final String SYSTEM = "<｜System｜>";
  static final String USER = "<｜User｜>";
  static final String ASSISTANT = "<｜Assistant｜>";
  static final String LATEST_REMINDER = "<｜latest_reminder｜>";
  static final String THINK = "<think>";
  static final String THINK_END = "</think>";

  private Marks() {}
}
