package dev.remora;

import java.util.List;

/**
 * Where the ids of a text can be put together from those of its parts, as the engine itself states.
 *
 * <p>For each seam of a text, without special tokens added: the ids of the text are those of its
 * beginning up to the end of the seam, and then those of the text from the start of the seam on,
 * without the seam's own, which come first among them. Every text with the same beginning up to
 * what a seam needs has that seam too, whatever follows. So what a cache knows of a beginning that
 * goes as far holds for all texts that begin so. From the start of a seam on, a text has the same
 * seams as alone. A seam may be an added token, or a place between two pre-tokens, which is empty.
 *
 * <p>The same holds for prompts whose characters are trusted alike, and for what is {@linkplain
 * Encoding#refused() refused} in them.
 *
 * <p>Immutable and thread-safe. After the tokenizer is closed, calls throw {@link
 * IllegalStateException}.
 */
public interface EncodingSeams {
  /**
   * A seam.
   *
   * @param start the UTF-16 index where it begins
   * @param end the UTF-16 index after it
   * @param ids how many ids it has
   * @param needed the UTF-16 index up to which a text must be the same to have it, at least the end
   */
  record Seam(int start, int end, int ids, int needed) {}

  /** The seams of a text, in order, none touching the inside of another. */
  List<Seam> of(String text);

  /**
   * The seams of a prompt, in order: of what is trusted.
   *
   * @throws IllegalArgumentException if the prompt is cut or has ids in place of text: what is
   *     between these is a text of its own
   * @throws EngineException as {@link Tokenizer#encode(Prompt)}
   */
  List<Seam> of(Prompt prompt);

  /**
   * The ids of a text with special tokens added, as {@link EncodeOptions#addSpecialTokens} means
   * it.
   *
   * @param ids those without; given back where there are none to add
   */
  int[] withSpecialTokens(int[] ids);
}
