package dev.remora.chat.encoding;

import dev.remora.TemplateException;
import dev.remora.text.Printable;

/**
 * How the failures of an encoding are told.
 *
 * @param encoding the encoding's name
 * @param quotesRequest whether they may quote text of the request
 */
public record Problems(String encoding, boolean quotesRequest) {
  /** A failure that quotes nothing. */
  TemplateException at(String path, String problem) {
    return new TemplateException(encoding, 0, path + ": " + problem, null);
  }

  /** A failure that quotes a text of the request, if that is allowed. */
  TemplateException at(String path, String problem, String text) {
    return at(
        path, quotesRequest ? problem + " '" + Printable.of(text, Printable.NAME) + "'" : problem);
  }
}
