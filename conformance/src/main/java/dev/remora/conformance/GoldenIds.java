package dev.remora.conformance;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import dev.remora.EncodeOptions;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks tokenizers against ids that were kept of a reference.
 *
 * <p>The texts are a JSON array of strings. For a folder NAME of tokenizers there is NAME.json with
 * one entry for each text in {@code ids}, those without special tokens, {@code ids_with_special},
 * and {@code decoded}, what the former decode to. A folder without one is named and not counted.
 */
public final class GoldenIds {
  private static final int MAX_SHOWN = 80; // UTF-16 units of a text in a report
  private static final Gson GSON = new Gson();

  private final String name;
  private final Tokenizer tokenizer;
  private final Consumer<String> out;
  private int passed;
  private int failed;

  private GoldenIds(String name, Tokenizer tokenizer, Consumer<String> out) {
    this.name = name;
    this.tokenizer = tokenizer;
    this.out = out;
  }

  /** What a file NAME.json holds, an entry for each text; Gson fills it. */
  private record Golden(
      List<int[]> ids,
      @SerializedName("ids_with_special") List<int[]> idsWithSpecial,
      List<String> decoded) {
    /** Gson leaves null what a file lacks. */
    boolean isOf(int texts) {
      return Stream.of(ids, idsWithSpecial, decoded)
          .allMatch(entries -> entries != null && entries.size() == texts);
    }
  }

  /**
   * Compares every folder; reports each text that differs.
   *
   * @param tokenizers a directory of bundles
   * @param ids the directory of the files NAME.json
   * @param texts the file of the texts
   * @param loader loads a bundle
   * @param out receives one line for each difference, and for each folder without ids
   * @throws IOException if a file cannot be read
   * @throws JsonParseException if a file is not as it must be
   */
  public static ConformanceResult run(
      Path tokenizers, Path ids, Path texts, Function<Path, Tokenizer> loader, Consumer<String> out)
      throws IOException {
    String[] all = read(texts, String[].class);
    int passed = 0;
    int failed = 0;
    for (Path bundle : DirectoryEntries.directoriesOf(tokenizers)) {
      String name = String.valueOf(bundle.getFileName());
      Path file = ids.resolve(name + ".json");
      if (!Files.exists(file)) {
        out.accept(name + ": no ids to compare with");
        continue;
      }
      Golden golden = read(file, Golden.class);
      if (!golden.isOf(all.length)) {
        throw new JsonParseException(file + " has not one entry for each text");
      }
      try (Tokenizer tokenizer = loader.apply(bundle)) {
        GoldenIds comparison = new GoldenIds(name, tokenizer, out);
        for (int index = 0; index < all.length; index++) {
          comparison.compare(all[index], golden, index);
        }
        passed += comparison.passed;
        failed += comparison.failed;
      } catch (TokenizerException e) {
        out.accept(name + ": " + e.getMessage());
        failed += all.length;
      }
    }
    return new ConformanceResult(passed, failed);
  }

  private static <T> T read(Path file, Class<T> type) throws IOException {
    T read = GSON.fromJson(Files.readString(file), type);
    if (read == null) {
      throw new JsonParseException(file + " is empty");
    }
    return read;
  }

  private void compare(String text, Golden golden, int index) {
    int[] plain = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS).ids();
    int[] all = tokenizer.encode(text, EncodeOptions.DEFAULT).ids();
    String decoded = tokenizer.decode(golden.ids().get(index));
    String difference = "";
    if (!Arrays.equals(plain, golden.ids().get(index))) {
      difference = difference("ids", Arrays.toString(plain), golden.ids().get(index));
    } else if (!Arrays.equals(all, golden.idsWithSpecial().get(index))) {
      difference =
          difference(
              "ids with special tokens", Arrays.toString(all), golden.idsWithSpecial().get(index));
    } else if (!decoded.equals(golden.decoded().get(index))) {
      difference =
          String.format(
              Locale.ROOT,
              "decodes to %s, not %s",
              shown(decoded),
              shown(golden.decoded().get(index)));
    }
    if (difference.isEmpty()) {
      passed++;
    } else {
      failed++;
      out.accept(
          String.format(Locale.ROOT, "%s: text %d %s: %s", name, index, shown(text), difference));
    }
  }

  private static String difference(String what, String actual, int[] expected) {
    return String.format(Locale.ROOT, "%s are %s, not %s", what, actual, Arrays.toString(expected));
  }

  private static String shown(String text) {
    return '"' + ShownText.of(text, MAX_SHOWN) + '"';
  }
}
