package dev.remora.chat.encoding.harmony;

import dev.remora.Prompt;
import dev.remora.chat.encoding.RequestValue;

/**
 * A text of a message, which may be absent: words of the encoding's own, and then a text of the
 * request.
 *
 * @param words the encoding's own; empty for none
 * @param given the request's; may be absent
 */
record HarmonyText(String words, RequestValue given) {
  /** A text of the request; absent if that is. */
  static HarmonyText of(RequestValue given) {
    given.textOrEmpty(); // must be one
    return new HarmonyText("", given);
  }

  /**
   * A text of the encoding's own.
   *
   * @param inPlaceOf the text of the request that is not there
   */
  static HarmonyText of(String words, RequestValue inPlaceOf) {
    return new HarmonyText(words, inPlaceOf.with(null));
  }

  boolean isAbsent() {
    return words.isEmpty() && given.isAbsent();
  }

  String text() {
    return words + given.textOrEmpty();
  }

  void write(Prompt.Builder out) {
    writeFrom(0, out);
  }

  /** Writes it without so many characters at its beginning. */
  void writeFrom(int from, Prompt.Builder out) {
    int ofWords = Math.min(from, words.length());
    out.words(words.substring(ofWords))
        .request(given.path(), given.textOrEmpty().substring(from - ofWords));
  }
}
