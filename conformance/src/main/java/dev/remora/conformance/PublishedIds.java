package dev.remora.conformance;

import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a tokenizer against ids that a project published as kitoken does.
 *
 * <p>For the texts of {@code KIND_input.txt} there are the ids of a tokenizer NAME in {@code
 * KIND_tokens_NAME.txt}, or {@code sp_KIND_tokens_NAME.txt}, a line for each text, without special
 * tokens. Where that is one line, the whole input is one text; else each line of it is, and {@code
 * \n} and {@code \s} in it stand for a line break and a space.
 */
public final class PublishedIds {
  private static final int MAX_SHOWN = 80; // UTF-16 units of a text in a report

  private PublishedIds() {}

  /**
   * Compares all texts of a tokenizer; reports each that differs.
   *
   * @param directory the directory of the files
   * @param name the name of the tokenizer in the names of the files
   * @param out receives one line for each difference
   * @throws IOException if a file cannot be read, is not as it must be, or there is none of the
   *     name
   */
  public static ConformanceResult run(
      Path directory, String name, Tokenizer tokenizer, Consumer<String> out) throws IOException {
    Pattern file = Pattern.compile("(?:sp_)?([a-z0-9]+)_tokens_" + Pattern.quote(name) + "\\.txt");
    Tally tally = new Tally(out);
    for (Path published : DirectoryEntries.of(directory)) {
      Matcher matcher = file.matcher(String.valueOf(published.getFileName()));
      if (!matcher.matches()) {
        continue;
      }
      List<String> ids = Files.readAllLines(published);
      List<String> texts = texts(directory.resolve(matcher.group(1) + "_input.txt"), ids.size());
      if (texts.size() != ids.size()) {
        throw new IOException(published + " has not one line for each text");
      }
      for (int index = 0; index < ids.size(); index++) {
        String shown = ShownText.of(texts.get(index), MAX_SHOWN);
        tally.count(
            published.getFileName() + ": text " + index + " \"" + shown + "\"",
            difference(tokenizer, texts.get(index), ids(published, ids.get(index))));
      }
    }
    ConformanceResult result = tally.result();
    if (result.passed() + result.failed() == 0) {
      throw new IOException(directory + " has no ids of " + name);
    }
    return result;
  }

  private static @Nullable String difference(Tokenizer tokenizer, String text, int[] expected) {
    int[] actual = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS).ids();
    return Arrays.equals(actual, expected)
        ? null
        : "ids are " + Arrays.toString(actual) + ", not " + Arrays.toString(expected);
  }

  private static List<String> texts(Path input, int count) throws IOException {
    String all = Files.readString(input);
    return count == 1
        ? List.of(all)
        : all.lines().map(line -> line.replace("\\n", "\n").replace("\\s", " ")).toList();
  }

  private static int[] ids(Path file, String line) throws IOException {
    try {
      return Stream.of(line.split(",", -1))
          .map(String::strip)
          .filter(id -> !id.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException e) {
      throw new IOException(file + " has something else than ids", e);
    }
  }
}
