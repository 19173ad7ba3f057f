package dev.remora.remote;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the messages of one dialect, and refuses what breaks its rules as soon as it shows. */
sealed interface BundleStream permits DescribedStream, BareStream {
  /** Takes the next message. */
  void accept(byte[] message);

  /** The fingerprint that the worker announced before its data; empty if it did not. */
  default Optional<String> announced() {
    return Optional.empty();
  }

  /**
   * Ends the stream: nothing may be missing, and the fingerprint must be right (rule C2).
   *
   * @return what was collected, verified
   */
  Received finish();

  /**
   * What a stream carried, once verified and not before.
   *
   * @param dialect {@code described} or {@code bare}
   * @param format what {@code parts} are: files, or one archive
   * @param modelIdentifier the model's name, if the worker gave one
   * @param fingerprint how it was verified
   * @param parts the files, or the one archive
   */
  record Received(
      String dialect,
      BundleFormat format,
      @Nullable String modelIdentifier,
      Fingerprint fingerprint,
      List<Part> parts) {}

  /** One file or archive as it was streamed, still compressed. */
  record Part(String name, Compression compression, Segments data) {}

  /** Checks a stream's SHA-256 against what the worker announced and what the caller expects. */
  static Fingerprint verify(
      Rule rule, @Nullable String announced, String actual, LoadOptions options) {
    if (options.expectedFingerprint().isPresent()) {
      Fingerprint.matched(Rule.C2, options.expectedFingerprint().get(), actual);
    }
    if (announced != null) {
      return Fingerprint.matched(rule, announced, actual);
    }
    if (options.expectedFingerprint().isPresent()) {
      return Fingerprint.matched(Rule.C2, options.expectedFingerprint().get(), actual);
    }
    return Fingerprint.waived(actual);
  }

  /** Whether a worker may leave the fingerprint out. */
  static boolean mayLackFingerprint(LoadOptions options) {
    return options.allowMissingFingerprint() || options.expectedFingerprint().isPresent();
  }

  /** Reads a message whose bytes fields alias the array. */
  static <T> T parse(Rule rule, byte[] message, Parser<T> parser) {
    try {
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(message).newCodedInput();
      input.enableAliasing(true);
      return parser.parse(input);
    } catch (InvalidProtocolBufferException e) {
      throw new BundleException(rule, null, "a message is no protobuf: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new AssertionError("no file is read", e);
    }
  }

  /** A generated class's parseFrom. */
  interface Parser<T> {
    T parse(CodedInputStream input) throws IOException;
  }
}
