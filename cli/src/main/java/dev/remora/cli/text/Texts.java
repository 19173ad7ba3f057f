package dev.remora.cli.text;

import dev.remora.cli.verb.Verb;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The texts of a verb: its arguments, files, or standard input. */
public final class Texts {
  private static final String STANDARD_INPUT = "-"; // as a text, and as the name of a file
  private static final int LONGEST_PATH = 4096;

  @Parameters(
      paramLabel = "TEXT",
      description =
          "The texts themselves, not names of files; - is all of standard input (default: -).")
  private List<String> texts = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Read this file as one text, - as above; may be given several times.")
  private List<Path> files = List.of();

  /** Whether there are any; else they are standard input. */
  public boolean areGiven() {
    return !texts.isEmpty() || !files.isEmpty();
  }

  /** Hands each text on, in order. */
  public void forEach(Verb verb, Consumer<String> use) {
    verb.refuseBoth("TEXT", !texts.isEmpty(), "--file", !files.isEmpty());
    Stream<String> given = Stream.concat(texts.stream(), files.stream().map(Path::toString));
    if (given.filter(STANDARD_INPUT::equals).count() > 1) {
      throw verb.wrongUsage("standard input can be read only once, so - may stand only once");
    }
    for (String text : areGiven() ? texts : List.of(STANDARD_INPUT)) {
      noteFile(verb, text);
      use.accept(text.equals(STANDARD_INPUT) ? TextInput.standard().all() : text);
    }
    for (Path file : files) {
      use.accept(file.toString().equals(STANDARD_INPUT) ? TextInput.standard().all() : read(file));
    }
  }

  private static String read(Path file) {
    try (TextInput input = TextInput.of(file)) {
      return input.all();
    }
  }

  /** Who names a file may have meant what is in it. */
  private static void noteFile(Verb verb, String text) {
    if (!text.equals(STANDARD_INPUT) && isFile(text)) {
      verb.note("'" + text + "' is taken as a text; to read the file of this name: --file " + text);
    }
  }

  private static boolean isFile(String text) {
    try {
      return text.length() <= LONGEST_PATH && Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
