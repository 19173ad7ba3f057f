package dev.remora.server;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;

/**
 * One thing that a server does wrong on purpose, so that a client can be tested against it.
 *
 * <p>A fault breaks what it names and nothing else: where it changes the data, the fingerprint is
 * that of the changed data. Several faults work together: those of the data first, then those of
 * the messages, those of the fingerprint, and those of the delivery; within a kind in the order
 * given; one that sends no message at all hides the others. A server refuses to start with a fault
 * that its dialect, format or bundle cannot show.
 *
 * <p>{@link #parse} reads a fault from its name and argument, as the command line gives it; {@code
 * toString()} writes it so. Immutable and thread-safe.
 */
public sealed interface Fault permits PayloadFault, MessageFault, DeliveryFault, FlakyFault {

  /** {@code never-answers}: takes the call and sends nothing, no status either. */
  static Fault neverAnswers() {
    return DeliveryFault.NEVER_ANSWERS;
  }

  /**
   * {@code stall-after:N}: goes silent after so many chunks.
   *
   * @param chunks 0 (after the metadata, if there is one) up to the number of all
   */
  static Fault stallAfter(int chunks) {
    return DeliveryFault.stallAfter(chunks);
  }

  /**
   * {@code cut-after:N}: ends the stream with OK after so many chunks.
   *
   * @param chunks fewer than there are
   */
  static Fault cutAfter(int chunks) {
    return DeliveryFault.cutAfter(chunks, Status.Code.OK);
  }

  /** {@code cut-after:N,STATUS}: ends the stream with this status after so many chunks. */
  static Fault cutAfter(int chunks, Status.Code code) {
    return DeliveryFault.cutAfter(chunks, code);
  }

  /** {@code status:STATUS}: ends the call with this status and no message; not with OK. */
  static Fault status(Status.Code code) {
    return DeliveryFault.status(code);
  }

  /** {@code no-messages}: ends the call with OK and no message. */
  static Fault noMessages() {
    return DeliveryFault.NO_MESSAGES;
  }

  /** {@code trickle:TIME}: waits so long before each message. */
  static Fault trickle(Duration pause) {
    return DeliveryFault.trickle(pause);
  }

  /** {@code endless}: repeats the last chunk for ever, well numbered and never marked as last. */
  static Fault endless() {
    return DeliveryFault.ENDLESS;
  }

  /**
   * {@code flaky:N,FAULT}: has this fault in the first calls and not later; {@code flaky:N} means
   * status UNAVAILABLE.
   *
   * @param calls the number of those calls, over all services of the server
   * @param fault any other than a flaky one
   */
  static Fault flaky(int calls, Fault fault) {
    return new FlakyFault(calls, fault);
  }

  /** {@code no-data}: the archive, or each file, has no bytes. */
  static Fault noData() {
    return PayloadFault.NO_DATA;
  }

  /** {@code truncated}: the second half of the archive, or of each file, is not there. */
  static Fault truncated() {
    return PayloadFault.TRUNCATED;
  }

  /**
   * {@code corrupted}: in the second half of the archive, or of each file, all bits are flipped.
   */
  static Fault corrupted() {
    return PayloadFault.CORRUPTED;
  }

  /** {@code missing-file}: the metadata requires a file that never comes; format files only. */
  static Fault missingFile() {
    return PayloadFault.MISSING_FILE;
  }

  /**
   * {@code unknown-compression}: files are said to be compressed with brotli; format files only.
   */
  static Fault unknownCompression() {
    return PayloadFault.UNKNOWN_COMPRESSION;
  }

  /** {@code unknown-format}: the bundle_format is {@code rar}; described dialect only. */
  static Fault unknownFormat() {
    return MessageFault.UNKNOWN_FORMAT;
  }

  /** {@code no-metadata}: the metadata is missing; described dialect only. */
  static Fault noMetadata() {
    return MessageFault.NO_METADATA;
  }

  /** {@code late-metadata}: the metadata comes after the first chunk; described dialect only. */
  static Fault lateMetadata() {
    return MessageFault.LATE_METADATA;
  }

  /** {@code repeated-metadata}: the metadata comes twice; described dialect only. */
  static Fault repeatedMetadata() {
    return MessageFault.REPEATED_METADATA;
  }

  /** {@code empty-oneof}: an empty message follows the metadata; described dialect only. */
  static Fault emptyOneof() {
    return MessageFault.EMPTY_ONEOF;
  }

  /** {@code wrong-index}: the last chunk_index is one too high; described dialect only. */
  static Fault wrongIndex() {
    return MessageFault.WRONG_INDEX;
  }

  /** {@code no-last}: the last chunk is not marked as such; described dialect only. */
  static Fault noLast() {
    return MessageFault.NO_LAST;
  }

  /** {@code chunk-after-last}: one more chunk follows the last one; described dialect only. */
  static Fault chunkAfterLast() {
    return MessageFault.CHUNK_AFTER_LAST;
  }

  /** {@code interleaved-files}: a second file begins within the first; format files only. */
  static Fault interleavedFiles() {
    return MessageFault.INTERLEAVED_FILES;
  }

  /** {@code unclosed-file}: the first file has no last chunk; format files only. */
  static Fault unclosedFile() {
    return MessageFault.UNCLOSED_FILE;
  }

  /** {@code wrong-fingerprint}: the fingerprint is that of other data. */
  static Fault wrongFingerprint() {
    return MessageFault.WRONG_FINGERPRINT;
  }

  /** {@code missing-fingerprint}: no fingerprint is sent. */
  static Fault missingFingerprint() {
    return MessageFault.MISSING_FINGERPRINT;
  }

  /** {@code early-fingerprint}: on the first message instead of the last; bare dialect only. */
  static Fault earlyFingerprint() {
    return MessageFault.EARLY_FINGERPRINT;
  }

  /** {@code upper-case-fingerprint}: in upper-case hex. Legal: a client takes it (rule A4). */
  static Fault upperCaseFingerprint() {
    return MessageFault.UPPER_CASE_FINGERPRINT;
  }

  /**
   * {@code separate-fingerprint}: in a message without data at the end; bare dialect only. Legal: a
   * client takes it (rule B2).
   */
  static Fault separateFingerprint() {
    return MessageFault.SEPARATE_FINGERPRINT;
  }

  /**
   * {@code repeated-fingerprint}: a wrong one on the first message, the right one on the last; bare
   * dialect only. Legal: a client takes it, since the last one counts (rule B2).
   */
  static Fault repeatedFingerprint() {
    return MessageFault.REPEATED_FINGERPRINT;
  }

  /**
   * The fault of this name and argument, such as {@code stall-after:1} or {@code
   * flaky:2,wrong-fingerprint}.
   *
   * @throws IllegalArgumentException if there is no such fault, or its argument is wrong
   */
  static Fault parse(String text) {
    return FaultNames.parse(text);
  }

  /** Every fault's name with the form of its argument, such as {@code stall-after:N}. */
  static List<String> usages() {
    return FaultNames.usages();
  }
}
