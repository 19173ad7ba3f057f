package dev.remora.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.remora.proto.BareBundle.GetTokenizerChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be wrong, or unusual, with the fingerprint of finished messages. */
final class FingerprintFaults {
  private FingerprintFaults() {}

  static List<Message> wrong(Wire wire, List<Message> messages) {
    return wire.withFingerprint(messages, wrong(wire.fingerprint(messages)));
  }

  private static String wrong(String fingerprint) {
    char first = fingerprint.charAt(0) == '0' ? '1' : '0';
    return first + fingerprint.substring(1);
  }

  static List<Message> missing(Wire wire, List<Message> messages) {
    return wire.withFingerprint(messages, "");
  }

  static List<Message> upperCase(Wire wire, List<Message> messages) {
    return wire.withFingerprint(messages, wire.fingerprint(messages).toUpperCase(Locale.ROOT));
  }

  static List<Message> early(Wire wire, List<Message> messages) {
    List<Message> changed = new ArrayList<>(wire.withFingerprint(atLeastTwo(wire, messages), ""));
    changed.set(0, BareWire.withSha256(changed.get(0), wire.fingerprint(messages)));
    return changed;
  }

  static List<Message> repeated(Wire wire, List<Message> messages) {
    String fingerprint = wire.fingerprint(messages);
    List<Message> changed =
        new ArrayList<>(wire.withFingerprint(atLeastTwo(wire, messages), fingerprint));
    changed.set(0, BareWire.withSha256(changed.get(0), wrong(fingerprint)));
    return changed;
  }

  static List<Message> separate(Wire wire, List<Message> messages) {
    List<Message> changed = new ArrayList<>(wire.withFingerprint(messages, ""));
    changed.add(
        BareWire.withSha256(GetTokenizerChunk.getDefaultInstance(), wire.fingerprint(messages)));
    return changed;
  }

  /** A single message is cut in two. */
  private static List<Message> atLeastTwo(Wire wire, List<Message> messages) {
    if (messages.size() > 1) {
      return messages;
    }
    Message only = BareWire.withSha256(messages.get(0), "");
    ByteString data = wire.data(only);
    int half = data.size() / 2;
    return List.of(
        wire.withData(only, data.substring(0, half)), wire.withData(only, data.substring(half)));
  }
}
