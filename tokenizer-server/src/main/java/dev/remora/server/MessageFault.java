package dev.remora.server;

import com.google.protobuf.Message;
import java.util.List;

/**
 * Changes the messages.
 *
 * @param stage before the fingerprint is put in, so that it fits the change, or after
 */
record MessageFault(String name, Requirement requirement, Stage stage, Change change)
    implements Fault {

  enum Stage {
    BEFORE_FINGERPRINT,
    AFTER_FINGERPRINT
  }

  interface Change {
    /** The changed messages; the given ones stay as they are. */
    List<Message> apply(Wire wire, List<Message> messages);
  }

  static final Fault UNKNOWN_FORMAT = described("unknown-format", DescribedFaults::unknownFormat);
  static final Fault NO_METADATA = described("no-metadata", DescribedFaults::noMetadata);
  static final Fault LATE_METADATA = described("late-metadata", DescribedFaults::lateMetadata);
  static final Fault REPEATED_METADATA =
      described("repeated-metadata", DescribedFaults::repeatedMetadata);
  static final Fault EMPTY_ONEOF = described("empty-oneof", DescribedFaults::emptyOneof);
  static final Fault WRONG_INDEX = described("wrong-index", DescribedFaults::wrongIndex);
  static final Fault NO_LAST = described("no-last", DescribedFaults::noLast);
  static final Fault CHUNK_AFTER_LAST =
      described("chunk-after-last", DescribedFaults::chunkAfterLast);
  static final Fault INTERLEAVED_FILES =
      files("interleaved-files", DescribedFaults::interleavedFiles);
  static final Fault UNCLOSED_FILE = files("unclosed-file", DescribedFaults::unclosedFile);

  static final Fault WRONG_FINGERPRINT =
      fingerprint("wrong-fingerprint", Requirement.NONE, FingerprintFaults::wrong);
  static final Fault MISSING_FINGERPRINT =
      fingerprint("missing-fingerprint", Requirement.NONE, FingerprintFaults::missing);
  static final Fault EARLY_FINGERPRINT =
      fingerprint("early-fingerprint", Requirement.BARE, FingerprintFaults::early);
  static final Fault UPPER_CASE_FINGERPRINT =
      fingerprint("upper-case-fingerprint", Requirement.NONE, FingerprintFaults::upperCase);
  static final Fault SEPARATE_FINGERPRINT =
      fingerprint("separate-fingerprint", Requirement.BARE, FingerprintFaults::separate);
  static final Fault REPEATED_FINGERPRINT =
      fingerprint("repeated-fingerprint", Requirement.BARE, FingerprintFaults::repeated);

  private static Fault described(String name, Change change) {
    return new MessageFault(name, Requirement.DESCRIBED, Stage.BEFORE_FINGERPRINT, change);
  }

  private static Fault files(String name, Change change) {
    return new MessageFault(name, Requirement.FILES, Stage.BEFORE_FINGERPRINT, change);
  }

  private static Fault fingerprint(String name, Requirement requirement, Change change) {
    return new MessageFault(name, requirement, Stage.AFTER_FINGERPRINT, change);
  }

  @Override
  public String toString() {
    return name;
  }
}
