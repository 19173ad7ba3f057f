package dev.remora.chat;

import dev.remora.DecodeOptions;
import dev.remora.Prompt;
import dev.remora.Tokenizer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a model generated, with the very ids of it: put into a message as its content, it goes back
 * to the model as these ids, whatever its text would encode to. A template sees its text, and must
 * print it as it is; one that cuts or changes it fails rendering to a {@link Prompt}.
 *
 * <p>Leave out the id that ended the generation, which the template writes itself. Immutable and
 * thread-safe.
 */
public final class GeneratedText implements CharSequence {
  private final String text;
  private final int[] ids;

  private GeneratedText(String text, int[] ids) {
    this.text = text;
    this.ids = ids;
  }

  /**
   * Ids and their text.
   *
   * @throws dev.remora.UnknownTokenException if an id has no token
   */
  public static GeneratedText of(Tokenizer tokenizer, int[] ids) {
    return new GeneratedText(tokenizer.decode(ids, DecodeOptions.DEFAULT), ids.clone());
  }

  /** The ids, as a new array. */
  public int[] ids() {
    return ids.clone();
  }

  /** What stands for the ids in a prompt. */
  Prompt.Verbatim verbatim(String path) {
    return new Prompt.Verbatim(path, Arrays.stream(ids).boxed().collect(Collectors.toList()));
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  /** The text. */
  @Override
  public String toString() {
    return text;
  }
}
