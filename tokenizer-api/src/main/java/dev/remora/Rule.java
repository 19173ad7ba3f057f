package dev.remora;

/**
 * What a worker may send, what a careful client does with it, and the bounds of both: the rule that
 * a {@link TokenizerException} names. docs/rules.md lists them in the same words.
 */
public enum Rule {
  /** A1. */
  A1("The first message is metadata; there is exactly one."),

  /** A2. */
  A2(
      "Formats zip, tar, tar.gz, tar.zst: the chunks carry one archive; chunk_index counts "
          + "0, 1, 2… without a gap."),

  /** A3. */
  A3(
      "Format files: a chunk belongs to the file that it names; chunk_index counts per "
          + "file; files do not interleave; compression is empty, none, gzip or zstd and covers "
          + "the file's whole byte stream; every file is closed, and every file that was "
          + "described as required is there."),

  /** A4. */
  A4(
      "fingerprint is the SHA-256, in hex of either case, of all data in stream order, as "
          + "sent."),

  /** A5. */
  A5(
      "A client that holds the announced fingerprint already ends the call; no exception "
          + "names this rule."),

  /** A6. */
  A6(
      "Nothing follows the last chunk; the stream does not end before it; no message is "
          + "empty."),

  /** B1. */
  B1(
      "The archive is the concatenation of data; where it is cut means nothing. A message "
          + "of more than gRPC's 4 MiB needs LoadOptions.maxMessageBytes."),

  /** B2. */
  B2(
      "sha256 stands on the last message, which may hold nothing else; of several the last "
          + "counts."),

  /** B3. */
  B3("A stream without a message, and a stream without data, are errors."),

  /** C1. */
  C1(
      "Limits count bytes as they arrive and as they inflate, never declared sizes: 200 MiB "
          + "streamed, 500 MiB unpacked, 50 entries by default. Exactly at the bound passes."),

  /** C2. */
  C2(
      "The fingerprint is compared before anything is unpacked. A missing one is an error "
          + "unless allowMissingFingerprint; expectedFingerprint pins it."),

  /** C3. */
  C3(
      "Archives are read in memory. Refused: absolute names, .. segments, drive letters, "
          + "backslashes, control characters, duplicates, links and other special entries, "
          + "encrypted entries, anything that cannot be unpacked. Folders are passed over."),

  /** C4. */
  C4(
      "One deadline covers handshake, stream, retries and unpacking; a shorter deadline of "
          + "the caller's gRPC context wins; cancelling or interrupting cancels the call."),

  /** C5. */
  C5(
      "The caller's channel stays the caller's: it is never shut down, no limit is changed "
          + "on it, and its interceptors and credentials stay in force."),

  /** C6. */
  C6(
      "The wire fingerprint is not an identity: archives carry file times, so two workers "
          + "with equal files send different ones. The identity is the content digest: SHA-256 "
          + "over the sorted list of name, length and SHA-256 of each file."),

  /** C7. */
  C7(
      "What a status means. UNIMPLEMENTED: the next service name, then the next worker. "
          + "FAILED_PRECONDITION, INTERNAL, NOT_FOUND, UNKNOWN, DATA_LOSS, a stalled stream: the "
          + "next worker. UNAVAILABLE, ABORTED, RESOURCE_EXHAUSTED: other workers, then again "
          + "after a pause, at most five tries a worker. UNAUTHENTICATED, PERMISSION_DENIED: "
          + "stop. A wrong fingerprint: fetched once more, elsewhere where there is an elsewhere."),

  /** C8. */
  C8(
      "What a bundle holds must be a tokenizer; unknown files are counted and hashed, and "
          + "not kept. A file that is read has at most 64 MiB, and 8 MiB beside its vocabulary "
          + "and merges."),

  /** M1. */
  M1("The highest id is below the worker's vocab_size, which counts padded rows."),

  /** M2. */
  M2("The worker's EOS ids are among those that the bundle names."),

  /** R1. */
  R1(
      "A name has one source: another one is refused (ALREADY_EXISTS) until the name is "
          + "removed. What has no tokenizer cannot be refreshed (NOT_FOUND)."),

  /** R2. */
  R2("A tokenizer serves only after its self-check."),

  /** T1. */
  T1("Rendering takes at most 10 million steps by default (RenderOptions)."),

  /** T2. */
  T2(
      "A value and the output have at most 16,777,216 characters by default, an integer at "
          + "most 65,536 bits."),

  /** T3. */
  T3("Nesting goes at most 500 levels deep, in the source and while rendering.");

  private final String text;

  Rule(String text) {
    this.text = text;
  }

  /** What the rule says, in plain text. */
  public String text() {
    return text;
  }
}
