package dev.remora;

import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.SpecialTokens;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/**
 * A tokenizer, built from the files of one bundle: text to ids and back, in this process.
 *
 * <p>Its ids and its text equal those of Hugging Face tokenizers 0.21.4 on the same bundle, with
 * truncation and padding off. An unpaired surrogate in a text is read as U+FFFD.
 *
 * <p>Immutable and thread-safe. {@link #close()} may be called at any time from any thread: calls
 * in flight end normally, later calls throw {@link IllegalStateException}. A null argument is a
 * {@link NullPointerException}.
 */
public interface Tokenizer extends AutoCloseable {

  /** Encodes with {@link EncodeOptions#DEFAULT}: special tokens added, as transformers does. */
  default Encoding encode(String text) {
    return encode(text, EncodeOptions.DEFAULT);
  }

  /**
   * Encodes a text, the empty one included; nothing is cut and nothing is padded.
   *
   * @throws LimitException if the text is longer than the engine can take: tens of millions of
   *     UTF-16 units
   */
  Encoding encode(String text, EncodeOptions options);

  /**
   * Encodes a prompt whose added tokens are recognised only where every character of them is
   * {@linkplain Prompt.Origin#trusted() trusted}; no special tokens are added. Where that prevents
   * nothing, the ids are those of its text. Nothing is removed or escaped: what is not recognised
   * is encoded like any other text, and {@link Encoding#refused()} tells of it.
   *
   * @throws LimitException as {@link #encode(String, EncodeOptions)}
   * @throws EngineException if the tokenizer cannot be kept from making added tokens of text: its
   *     merges make one, or, over {@code djl}, the text spells one
   */
  Encoding encode(Prompt prompt);

  /**
   * The number of ids that {@link #encode(Prompt)} would give.
   *
   * @throws EngineException as {@link #encode(Prompt)}
   */
  int count(Prompt prompt);

  /** Encodes each text alone, in order; equal to calling {@link #encode(String)} on each. */
  default List<Encoding> encodeAll(List<String> texts) {
    return encodeAll(texts, EncodeOptions.DEFAULT);
  }

  /** Encodes each text alone, in order; the first failure ends the call. */
  List<Encoding> encodeAll(List<String> texts, EncodeOptions options);

  /**
   * Encodes each text alone, in order, on the calling thread and, where the executor lends them, on
   * others: at most one for each processor. Equal to {@link #encodeAll(List, EncodeOptions)}.
   *
   * <p>The first failure ends the call with its exception, an interrupt of the calling thread with
   * a {@link java.util.concurrent.CancellationException}, the thread's interrupt status kept. Each
   * thread is let go when it has ended the text it is at; when the call returns or throws, no task
   * of it runs, and one that the executor begins later does nothing.
   *
   * <p>An executor that is full, shut down or rejects tasks costs speed only; it may be the one
   * that runs the call.
   */
  List<Encoding> encodeAll(List<String> texts, EncodeOptions options, Executor executor);

  /** The number of ids that {@link #encode(String)} would give. */
  default int count(String text) {
    return count(text, EncodeOptions.DEFAULT);
  }

  /** The number of ids that {@link #encode(String, EncodeOptions)} would give. */
  int count(String text, EncodeOptions options);

  /**
   * The number of ids that {@link #encode(String, EncodeOptions)} would give if it is at most
   * {@code bound}; empty if there are more. The engine {@code bpe} stops once there are, after at
   * most 64 more words; over {@code djl} the whole text is encoded.
   *
   * @param bound 0 or more
   * @throws IllegalArgumentException if the bound is negative
   */
  OptionalInt countUpTo(String text, EncodeOptions options, int bound);

  /**
   * Decodes with {@link DecodeOptions#DEFAULT}: special tokens keep their text, as in transformers.
   */
  default String decode(int[] ids) {
    return decode(ids, DecodeOptions.DEFAULT);
  }

  /**
   * Decodes ids to text: what a {@link #decodeStream(DecodeOptions)} gives that all ids are pushed
   * to and that is then finished. Bytes that are no UTF-8 become U+FFFD; tokenization spaces are
   * not cleaned up.
   *
   * @throws UnknownTokenException if an id has no token; its index counts in the ids, or in those
   *     of the prompt if it is there
   * @throws LimitException if the text has more than 1,073,741,823 bytes of UTF-8; over {@code djl}
   *     less where its own decoder is needed
   * @throws EngineException if the options have a prompt and the tokenizer's decoder cannot be run
   *     on parts
   */
  String decode(int[] ids, DecodeOptions options);

  /** A stream that decodes ids while they arrive, with {@link DecodeOptions#DEFAULT}. */
  default DecodeStream decodeStream() {
    return decodeStream(DecodeOptions.DEFAULT);
  }

  /**
   * A stream that decodes the ids of one generation while they arrive.
   *
   * @throws UnknownTokenException if an id of the prompt has no token
   * @throws EngineException if the tokenizer's decoder cannot be run on parts: CTC, Replace with a
   *     regular expression, Strip at the end of tokens, and orders of steps that no known tokenizer
   *     has
   */
  DecodeStream decodeStream(DecodeOptions options);

  /** The id of exactly this token, added tokens included; empty if there is none. */
  OptionalInt idOf(String token);

  /** The token of this id as the vocabulary spells it, added tokens included; empty if none. */
  Optional<String> tokenOf(int id);

  /** How many ids have a token, added tokens included: transformers' {@code len(tokenizer)}. */
  int vocabularySize();

  /**
   * One more than the highest id that has a token: the length of an array that is indexed by ids.
   * At least {@link #vocabularySize()}; more where ids have gaps.
   */
  int idBound();

  /** The special tokens that the bundle names, and the ids that end a generation. */
  SpecialTokens specialTokens();

  /** What this tokenizer was built from. */
  BundleInfo bundle();

  /**
   * Where the ids of a text can be put together from those of its parts; empty if the engine cannot
   * say, as {@code djl} cannot, or if the definition cuts texts by their length.
   */
  default Optional<EncodingSeams> seams() {
    return Optional.empty();
  }

  /** Which engine does the work, and why others declined it. */
  EngineInfo engine();

  /**
   * Frees what the engine holds outside the heap once the calls in flight have ended. Closing again
   * does nothing.
   */
  @Override
  void close();
}
