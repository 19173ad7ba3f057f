package dev.remora.cli.text;

import dev.remora.EncodingSeams;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The texts of a verb: its arguments, files, or standard input. */
public final class Texts {
  static final String STANDARD_INPUT = "-"; // as a text, and as the name of a file
  private static final int LONGEST_PATH = 4096;

  @Parameters(
      paramLabel = "TEXT",
      description = "The texts themselves; - is all of standard input (default: -).")
  private List<String> texts = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Read this file as one text, - as above; may be given several times.")
  private List<Path> files = List.of();

  /** A text that was asked for; it is read when it is used. */
  public interface Text {
    /** The name of its file; empty for an argument, and where standard input was not named. */
    Optional<String> file();

    /** All of it. */
    String all();

    /** Hands it on, in parts if it is long and can be cut. */
    void take(Taker taker);
  }

  /** Takes a text: as a whole, or in parts. */
  public interface Taker {
    /** Where it may be cut; empty for nowhere. */
    Optional<EncodingSeams> seams();

    /** Takes all of it. */
    void whole(String text);

    /**
     * Takes the next part of it.
     *
     * @param known how many ids it begins with that are those of the end of the part before
     */
    void part(String part, int known, boolean isFirst, boolean isLast);
  }

  private record Argument(String all) implements Text {
    @Override
    public Optional<String> file() {
      return Optional.empty();
    }

    @Override
    public void take(Taker taker) {
      taker.whole(all);
    }
  }

  private record Read(Optional<String> file, Path path) implements Text {
    private TextInput open() {
      return path.toString().equals(STANDARD_INPUT) ? TextInput.standard() : TextInput.of(path);
    }

    @Override
    public String all() {
      try (TextInput input = open()) {
        return input.all();
      }
    }

    @Override
    public void take(Taker taker) {
      try (TextInput input = open()) {
        input.take(taker);
      }
    }
  }

  /** Whether there are any; else they are standard input. */
  public boolean areGiven() {
    return !texts.isEmpty() || !files.isEmpty();
  }

  /** Hands each text on, in order. */
  public void forEach(Verb verb, Consumer<String> use) {
    sources(verb).forEach(source -> use.accept(source.all()));
  }

  /** The texts, in order; a note is made of an argument that names a file. */
  public List<Text> sources(Verb verb) {
    for (String text : texts) {
      if (!text.equals(STANDARD_INPUT) && isFile(text)) {
        verb.note(
            "'" + text + "' is taken as a text; to read the file of this name: --file " + text);
      }
    }
    return sources(verb, false);
  }

  /**
   * The texts, in order, where arguments may be names of files: all are, if one of them is that of
   * a file.
   *
   * @throws CommandFailure if only some of them are
   */
  public List<Text> textsOrFiles(Verb verb) {
    boolean areFiles =
        texts.stream().anyMatch(text -> !text.equals(STANDARD_INPUT) && isFile(text));
    if (areFiles) {
      for (String name : texts) {
        if (!name.equals(STANDARD_INPUT) && !isFile(name)) {
          throw new CommandFailure(name + ": there is no such file, and other arguments are files");
        }
      }
    }
    return sources(verb, areFiles);
  }

  private List<Text> sources(Verb verb, boolean areFiles) {
    verb.refuseBoth("TEXT", !texts.isEmpty(), "--file", !files.isEmpty());
    List<Text> sources = new ArrayList<>();
    for (String text : texts) {
      boolean isRead = areFiles || text.equals(STANDARD_INPUT);
      Optional<String> name = areFiles ? Optional.of(text) : Optional.empty();
      sources.add(isRead ? new Read(name, Path.of(text)) : new Argument(text));
    }
    for (Path file : files) {
      sources.add(new Read(Optional.of(file.toString()), file));
    }
    if (sources.isEmpty()) {
      sources.add(new Read(Optional.empty(), Path.of(STANDARD_INPUT)));
    }
    if (sources.stream().filter(Texts::isStandardInput).count() > 1) {
      throw verb.wrongUsage("standard input can be read only once, so - may stand only once");
    }
    return sources;
  }

  private static boolean isStandardInput(Text source) {
    return source instanceof Read read && read.path().toString().equals(STANDARD_INPUT);
  }

  private static boolean isFile(String text) {
    try {
      return text.length() <= LONGEST_PATH && Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
