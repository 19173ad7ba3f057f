package dev.remora.conformance.hostile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parent asks of its child.
 *
 * @param directory of the bundle
 * @param engine the name of the engine
 * @param texts the bundle's own
 * @param limits how long it may take
 */
record TrialRequest(Path directory, String engine, List<String> texts, TrialLimits limits) {
  void write(DataOutputStream out) throws IOException {
    out.writeUTF(directory.toString());
    out.writeUTF(engine);
    out.writeLong(limits.work().toNanos());
    out.writeLong(limits.wall().toNanos());
    writeStrings(out, texts);
    out.flush();
  }

  static TrialRequest read(DataInputStream in) throws IOException {
    Path directory = Path.of(in.readUTF());
    String engine = in.readUTF();
    TrialLimits limits =
        new TrialLimits(Duration.ofNanos(in.readLong()), Duration.ofNanos(in.readLong()));
    return new TrialRequest(directory, engine, readStrings(in), limits);
  }

  /** Strings with all their UTF-16 units, whole characters or not. */
  static void writeStrings(DataOutputStream out, List<String> strings) throws IOException {
    out.writeInt(strings.size());
    for (String string : strings) {
      out.writeInt(string.length());
      out.writeChars(string);
    }
  }

  static List<String> readStrings(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      char[] units = new char[in.readInt()];
      for (int unit = 0; unit < units.length; unit++) {
        units[unit] = in.readChar();
      }
      strings.add(new String(units));
    }
    return strings;
  }
}
