package dev.remora;

/**
 * What a worker may send, what a careful client does with it, and the bounds of both. A {@link
 * TokenizerException} names the rule that was broken.
 *
 * <p>docs/rules.md lists the rules in the same words.
 */
public enum Rule {
  /** Described bundle: the metadata comes first. */
  A1("The first message is metadata, and there is exactly one metadata message."),

  /** Described bundle: the chunks of an archive. */
  A2(
      "Formats zip, tar, tar.gz and tar.zst: the chunks carry one archive; "
          + "chunk_index counts 0, 1, 2… without a gap."),

  /** Described bundle: the chunks of files. */
  A3(
      "Format files: a chunk belongs to the file that it names; chunk_index counts "
          + "per file; files do not interleave; compression is empty, none, gzip or zstd "
          + "and covers the file's whole byte stream; every file is closed, and every file "
          + "that was described as required is there."),

  /** Described bundle: the fingerprint. */
  A4(
      "fingerprint is the SHA-256, in hex of either case, of all data in stream "
          + "order, as sent."),

  /** Described bundle: a fingerprint that is known already. */
  A5(
      "A client that already has the bundle with the announced fingerprint ends the "
          + "call; no exception names this rule."),

  /** Described bundle: the end of the stream. */
  A6(
      "Nothing follows the last chunk; the stream does not end before it; no message "
          + "is empty."),

  /** Bare bundle: the data. */
  B1(
      "The archive is the concatenation of data; where it is cut means nothing. A "
          + "message of more than gRPC's 4 MiB needs LoadOptions.maxMessageBytes."),

  /** Bare bundle: the fingerprint. */
  B2(
      "sha256 is in the last message, which may hold nothing else; if several "
          + "messages have one, the last counts."),

  /** Bare bundle: an empty stream. */
  B3("A stream without a message, and a stream without data, are errors."),

  /** Limits. */
  C1(
      "Limits count bytes as they arrive and as they inflate, never declared sizes: "
          + "200 MiB streamed, 500 MiB unpacked, 50 entries by default. Exactly at the "
          + "bound passes."),

  /** Verification. */
  C2(
      "The fingerprint is compared before anything is unpacked. A missing one is an "
          + "error unless allowMissingFingerprint is set; with expectedFingerprint the "
          + "bytes must have that one."),

  /** Archives. */
  C3(
      "Archives are read in memory. Refused: absolute names, .. segments, drive "
          + "letters, backslashes, control characters, duplicate names, links and other "
          + "special entries, encrypted entries, headers that contradict each other, wrong "
          + "checksums and lengths, bytes that belong to two entries of a zip or to none, "
          + "data after the end, and anything that cannot be unpacked. Directories are "
          + "skipped."),

  /** Time and cancellation. */
  C4(
      "One deadline covers handshake, stream, retries, unpacking and building; a source that has "
          + "a successor gets at most half of what is left; a shorter deadline of the caller's "
          + "gRPC context wins; cancelling or interrupting cancels the call and ends the "
          + "building."),

  /** The caller's channel. */
  C5(
      "The caller's channel stays the caller's: it is never shut down, no limit is "
          + "changed on it, and its interceptors and credentials stay in force. It is a "
          + "promise of the client, so no exception names this rule."),

  /** Identity. */
  C6(
      "The wire fingerprint is not an identity: archives carry file times, so two "
          + "workers with equal files send different ones. The identity is the content "
          + "digest: SHA-256 over the sorted list of name, length and SHA-256 of each file. "
          + "It is a definition, so no exception names this rule."),

  /** Failures and retries. */
  C7(
      "What a status means. UNIMPLEMENTED: the next service name, then the next "
          + "worker. UNAVAILABLE, ABORTED, RESOURCE_EXHAUSTED, CANCELLED: other workers, "
          + "then again after a pause of at most 5 s, until the deadline or LoadOptions.maxAttempts. "
          + "UNAUTHENTICATED, PERMISSION_DENIED: stop. Any other status and a stalled "
          + "stream: the next worker. A wrong fingerprint: fetched once more, from another "
          + "worker if there is one."),

  /** Content. */
  C8(
      "What a bundle holds must be a tokenizer; unknown files are counted and hashed, "
          + "and not kept. A file that is read has at most 64 MiB, and at most 8 MiB "
          + "outside its vocabulary and merges, as have all configs together; the files "
          + "that are kept have at most 128 MiB together."),

  /** Vocabulary size of the model. */
  M1("The highest id is below the worker's vocab_size, which counts padded rows."),

  /** EOS ids of the model. */
  M2("The worker's EOS ids are among those that the bundle names."),

  /** Probes of local files. */
  P1(
      "Local files that are to be proven by a worker give every probe text the ids "
          + "that the worker's Tokenize gives it."),

  /** The cache of last good bundles. */
  L1(
      "A bundle of a cache is used only if it has the content digest under which it lies "
          + "there; a damaged one is removed, and no source. A cache that cannot be used "
          + "fails no load that another source serves."),

  /** The workers of a model. */
  W1(
      "A worker serves a model only while the content digest of its bundle is the "
          + "model's, unless drift is accepted (DriftPolicy)."),

  /** How many workers and models. */
  W2("A router has at most 10,000 models, and a model at most 1,000 workers."),

  /** Handles. */
  H1(
      "A handle gives the tokenizer of one content, in every JVM: files of another content "
          + "digest are refused."),

  /** Sources of a registry. */
  R1(
      "A name has one source: another one is refused (ALREADY_EXISTS) until the name "
          + "is removed. A name without a tokenizer cannot be refreshed (NOT_FOUND)."),

  /** Self-check of a registry. */
  R2("A tokenizer serves only after it has passed its self-check."),

  /** Steps of a template. */
  T1(
      "Rendering takes at most 10 million steps by default (RenderOptions). What is touched and "
          + "what is held is charged by its size."),

  /** Sizes in a template. */
  T2(
      "A template has at most 1,048,576 characters, a value and the output at most 16,777,216 by "
          + "default, an integer at most 65,536 bits."),

  /** Nesting of a template. */
  T3("Nesting is at most 500 levels deep, in the source and while rendering."),

  /** A conversation in a window. */
  T4(
      "A conversation that is fitted into a window keeps what the system says, the last user's "
          + "message and what follows the last call; these must fit.");

  private final String text;

  Rule(String text) {
    this.text = text;
  }

  /** What the rule says, in plain text. */
  public String text() {
    return text;
  }
}
