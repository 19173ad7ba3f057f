package dev.remora.conformance;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.remora.EncodeOptions;
import dev.remora.EncodeOptions.SpecialTokensInText;
import dev.remora.EngineException;
import dev.remora.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks plain texts: with added tokens recognised, and as ordinary text, against what the
 * reference gives with its added tokens and without. Where the reference's model gives the id of an
 * added token all the same, no such id may come out.
 *
 * <p>The file is a JSON array of objects: {@code tokenizer}, the name of a folder, and {@code
 * rows}, each with {@code text}, {@code today} and {@code ordinary}.
 */
public final class OrdinaryIds {
  /** Without special tokens around the text, and with none in it. */
  static final EncodeOptions PLAIN =
      EncodeOptions.NO_SPECIAL_TOKENS.toBuilder()
          .specialTokensInText(SpecialTokensInText.PLAIN)
          .build();

  private OrdinaryIds() {}

  /** What the file holds; Gson fills it. */
  private record Golden(String tokenizer, List<Row> rows) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(String text, int[] today, int[] ordinary) {}

  /**
   * Compares every row on every engine; an engine that declines a tokenizer is named.
   *
   * @param file the file of the rows
   * @param directories directories of tokenizers
   * @param engines the names of the engines
   * @param loader loads a tokenizer with an engine
   * @param out receives one line for each difference
   * @throws IOException if a file cannot be read
   * @throws JsonParseException if the file is not as it must be
   */
  public static ConformanceResult run(
      Path file,
      List<Path> directories,
      List<String> engines,
      BiFunction<Path, String, Tokenizer> loader,
      Consumer<String> out)
      throws IOException {
    Golden[] all = new Gson().fromJson(Files.readString(file), Golden[].class);
    Tally tally = new Tally(out);
    for (Golden golden : all) {
      Path bundle =
          directories.stream()
              .map(directory -> directory.resolve(golden.tokenizer()))
              .filter(Files::isDirectory)
              .findFirst()
              .orElseThrow(() -> new JsonParseException("no tokenizer " + golden.tokenizer()));
      for (String engine : engines) {
        String name = golden.tokenizer() + " on " + engine;
        try (Tokenizer tokenizer = loader.apply(bundle, engine)) {
          Set<Integer> added = new AddedTokens(bundle).ids();
          for (Row row : golden.rows()) {
            tally.count(name, difference(tokenizer, row, added));
          }
        } catch (EngineException e) {
          out.accept(name + ": not compared, " + e.getMessage());
        }
      }
    }
    return tally.result();
  }

  private static @Nullable String difference(Tokenizer tokenizer, Row row, Set<Integer> added) {
    int[] today = tokenizer.encode(row.text(), EncodeOptions.NO_SPECIAL_TOKENS).ids();
    if (!Arrays.equals(today, row.today())) {
      return "\"" + row.text() + "\" is " + Arrays.toString(today);
    }
    int[] plain = tokenizer.encode(row.text(), PLAIN).ids();
    boolean mayDiffer = Arrays.stream(row.ordinary()).anyMatch(added::contains);
    boolean right =
        mayDiffer
            ? Arrays.stream(plain).noneMatch(added::contains)
            : Arrays.equals(plain, row.ordinary());
    return right ? null : "\"" + row.text() + "\" as plain text is " + Arrays.toString(plain);
  }
}
