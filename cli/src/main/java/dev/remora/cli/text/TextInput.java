package dev.remora.cli.text;

import dev.remora.EncodingSeams;
import dev.remora.EncodingSeams.Seam;
import dev.remora.LimitException;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.core.text.LossyUtf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Standard input or a file as text: UTF-8 whatever the locale, strictly, and no more than fits. Not
 * thread-safe.
 */
public final class TextInput implements AutoCloseable {
  /** A Java string may not hold more; and of the heap, an eighth leaves room for the ids. */
  private static final long MOST = Math.min(0x3FFF_FFFF, Runtime.getRuntime().maxMemory() / 8);

  private static final int PART = 1 << 20; // bytes of a text that is read part by part

  private final InputStream in;
  private final String name;
  private final int most;

  TextInput(InputStream in, String name, int most) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.name = name;
    this.most = most;
  }

  /** Standard input. */
  public static TextInput standard() {
    return new TextInput(System.in, "standard input", (int) MOST);
  }

  /**
   * A file.
   *
   * @throws CommandFailure if it cannot be opened
   */
  public static TextInput of(Path file) {
    try {
      return new TextInput(Files.newInputStream(file), file.toString(), (int) MOST);
    } catch (IOException e) {
      throw CommandFailure.of(file.toString(), e);
    }
  }

  /**
   * Everything that is left, as one text.
   *
   * @throws CommandFailure if it cannot be read, or is not UTF-8
   * @throws LimitException if it is too long
   */
  public String all() {
    try {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new LimitException(null, "bytes of " + name, most, bytes.length);
      }
      return utf8(bytes, name);
    } catch (IOException e) {
      throw CommandFailure.of(name, e);
    }
  }

  /**
   * Hands everything that is left on: as a whole, or in parts if it is long and can be cut.
   *
   * @throws CommandFailure if it cannot be read, or is not UTF-8
   * @throws LimitException if it is too long, and cannot be cut
   */
  void take(Texts.Taker taker) {
    take(PART, taker);
  }

  void take(int part, Texts.Taker taker) {
    Optional<EncodingSeams> seams = taker.seams();
    byte[] held = new byte[part];
    long done = 0; // bytes before those that are held
    int known = 0; // ids at their start
    int length = 0;
    try {
      while (true) {
        length += in.readNBytes(held, length, held.length - length);
        if (length < held.length) {
          String rest = utf8(Arrays.copyOf(held, length), name, done);
          if (done == 0) {
            taker.whole(rest);
          } else {
            taker.part(rest, known, false, true);
          }
          return;
        }
        if (seams.isPresent()) {
          int whole = LossyUtf8.settledEnd(held, 0, length);
          String text = utf8(Arrays.copyOf(held, whole), name, done);
          Optional<Seam> seam = last(seams.get().of(text));
          if (seam.isPresent()) {
            taker.part(text.substring(0, seam.get().end()), known, done == 0, false);
            known = seam.get().ids();
            int cut = utf8Length(text.substring(0, seam.get().start()));
            System.arraycopy(held, cut, held, 0, length - cut);
            done += cut;
            length -= cut;
            continue;
          }
        }
        if (length > most) {
          throw new LimitException(null, "bytes of " + name, most, done + length);
        }
        held = Arrays.copyOf(held, (int) Math.min(2L * length, most + 1L));
      }
    } catch (IOException e) {
      throw CommandFailure.of(name, e);
    }
  }

  /** The last seam that leaves less to be read again. */
  private static Optional<Seam> last(List<Seam> seams) {
    return seams.isEmpty()
        ? Optional.empty()
        : Optional.of(seams.get(seams.size() - 1)).filter(seam -> seam.start() > 0);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Hands each line on, without its end; a {@link CommandFailure} names the line, from 1.
   *
   * @throws CommandFailure if a line cannot be read, is not UTF-8, or its use throws one
   * @throws LimitException if a line is too long
   */
  public void eachLine(Consumer<String> use) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int number = 1;
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          use(line, number++, use);
        } else if (line.size() == most) {
          String limit = "bytes in line " + number + " of " + name;
          throw new LimitException(null, limit, most, most + 1L);
        } else {
          line.write(next);
        }
      }
    } catch (IOException e) {
      throw CommandFailure.of(name, e);
    }
    if (line.size() > 0) {
      use(line, number, use);
    }
  }

  /** Takes lines of ids. */
  public interface IdLines {
    /** Takes the next id of a line. */
    void id(int id);

    /** Takes the end of a line. */
    void end();
  }

  /**
   * Hands the ids of each line on while they are read; a {@link CommandFailure} names the line,
   * from 1.
   *
   * @throws CommandFailure if there is anything but ids
   */
  public void eachIdLine(IdLines lines) {
    IdReader reader = new IdReader();
    long number = 1;
    boolean isBegun = false;
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        isBegun = next != '\n';
        if (isBegun) {
          reader.read(next, lines::id); // what is not ASCII is no id
        } else {
          reader.end(lines::id);
          lines.end();
          number++;
        }
      }
      if (isBegun) {
        reader.end(lines::id);
        lines.end();
      }
    } catch (IOException e) {
      throw CommandFailure.of(name, e);
    } catch (CommandFailure e) {
      throw new CommandFailure("line " + number + ": " + e.getMessage(), e);
    }
  }

  private static void use(ByteArrayOutputStream line, int number, Consumer<String> use) {
    try {
      String text = utf8(line.toByteArray(), "the line");
      line.reset();
      use.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    } catch (CommandFailure e) {
      throw new CommandFailure("line " + number + ": " + e.getMessage(), e);
    }
  }

  /**
   * Decodes bytes, strictly.
   *
   * @param name what they are, for the message
   * @throws CommandFailure if they are not UTF-8
   */
  public static String utf8(byte[] bytes, String name) {
    return utf8(bytes, name, 0);
  }

  private static String utf8(byte[] bytes, String name, long before) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) { // sent as such, or put in place of what is broken
      int broken = Arrays.mismatch(bytes, text.getBytes(StandardCharsets.UTF_8));
      if (broken >= 0) {
        throw new CommandFailure(name + " is not UTF-8 at byte " + (before + broken));
      }
    }
    return text;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw CommandFailure.of(name, e);
    }
  }
}
