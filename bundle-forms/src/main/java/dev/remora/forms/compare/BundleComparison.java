package dev.remora.forms.compare;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.BundleDrift.Part;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.forms.FileContents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares two bundles file by file, and each file by what it says itself: so a difference stands
 * at the file that makes it.
 */
public final class BundleComparison {
  private final Differences differences = new Differences();
  private final BuildGuard guard;

  private BundleComparison(BuildGuard guard) {
    this.guard = guard;
  }

  /**
   * How a bundle differs from the one that it is expected to equal.
   *
   * @param guard ends it early
   */
  public static BundleDrift compare(
      TokenizerBundle expected, TokenizerBundle actual, BuildGuard guard) {
    BundleComparison comparison = new BundleComparison(guard);
    comparison.compareFiles(
        expected.files(),
        actual.files(),
        name -> comparison.compareContents(name, expected.content(name), actual.content(name)));
    return comparison.differences.toDrift();
  }

  /** The same, where only the facts of the files are at hand. */
  public static BundleDrift compare(List<BundleFile> expected, List<BundleFile> actual) {
    BundleComparison comparison = new BundleComparison(BuildGuard.NONE);
    comparison.compareFiles(expected, actual, name -> {});
    return comparison.differences.toDrift();
  }

  /** Looks into a file that differs. */
  private interface Inside {
    void compare(String name);
  }

  private void compareFiles(List<BundleFile> expected, List<BundleFile> actual, Inside inside) {
    Map<String, BundleFile> one = byName(expected);
    Map<String, BundleFile> two = byName(actual);
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(two.keySet());
    for (String name : names) {
      BundleFile wanted = one.get(name);
      BundleFile there = two.get(name);
      differences.begin(name);
      if (wanted == null || there == null) {
        differences.add(Part.FILE, "", length(wanted), length(there));
      } else if (!wanted.equals(there)) {
        inside.compare(name);
        if (differences.isEmpty()) {
          differences.add(Part.CONTENT, "", content(wanted), content(there));
        }
      }
    }
  }

  private static Map<String, BundleFile> byName(List<BundleFile> files) {
    Map<String, BundleFile> byName = new TreeMap<>();
    files.forEach(file -> byName.put(file.name(), file));
    return byName;
  }

  private static @Nullable String length(@Nullable BundleFile file) {
    return file == null ? null : file.length() + " bytes";
  }

  private static String content(BundleFile file) {
    return file.length() + " bytes of SHA-256 " + file.sha256();
  }

  private void compareContents(String name, Optional<byte[]> expected, Optional<byte[]> actual) {
    if (expected.isEmpty() || actual.isEmpty()) {
      return; // not kept
    }
    FileContents one;
    FileContents two;
    try {
      one = FileContents.of(name, expected.get(), guard);
      two = FileContents.of(name, actual.get(), guard);
    } catch (BundleException | LimitException e) {
      return; // one of them cannot be read
    }
    new MemberComparison(name, differences, guard).compare(one.members(), two.members());
    compareTokens(one, two);
    compareMerges(one.merges(), two.merges());
    if (differences.isEmpty()) {
      differences.add(
          Part.SPELLING, "", expected.get().length + " bytes", actual.get().length + " bytes");
    }
  }

  private void compareTokens(FileContents expected, FileContents actual) {
    Vocabulary one = expected.vocabulary();
    Vocabulary two = actual.vocabulary();
    if (one.size() != two.size()) {
      differences.add(
          Part.VOCABULARY_SIZE, "", Integer.toString(one.size()), Integer.toString(two.size()));
    }
    one.forEachEntry(
        (utf8, from, to, id) -> {
          guard.check(id);
          boolean isSame = two.isModelToken(id, utf8, from, to);
          if (!isSame || two.modelIdOf(utf8, from, to) != one.modelIdOf(utf8, from, to)) {
            differences.add(
                Part.TOKEN, "id " + id, text(utf8, from, to), two.tokenOf(id).orElse(null));
          } else if (score(expected, id) != score(actual, id)) {
            differences.add(
                Part.TOKEN,
                "score of id " + id,
                Double.toString(score(expected, id)),
                Double.toString(score(actual, id)));
          }
        });
    two.forEachEntry(
        (utf8, from, to, id) -> {
          guard.check(id);
          boolean isTold = one.contains(id) && two.isModelToken(id, utf8, from, to);
          if (!isTold && one.modelIdOf(utf8, from, to) < 0) {
            differences.add(
                Part.TOKEN, "id " + id, one.tokenOf(id).orElse(null), text(utf8, from, to));
          }
        });
  }

  private static String text(byte[] utf8, int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  private static double score(FileContents contents, int id) {
    return id < contents.scores().length ? contents.scores()[id] : 0;
  }

  /** The first merge that differs: one that is left out moves all behind it. */
  private void compareMerges(MergeList expected, MergeList actual) {
    if (expected.count() != actual.count()) {
      differences.add(
          Part.MERGE,
          "number of merges",
          Integer.toString(expected.count()),
          Integer.toString(actual.count()));
    }
    int at = expected.mismatch(actual);
    if (at < expected.count() || at < actual.count()) {
      differences.add(
          Part.MERGE,
          "merge " + at,
          at < expected.count() ? expected.text(at) : null,
          at < actual.count() ? actual.text(at) : null);
    }
  }

  @Override
  public String toString() {
    return differences.toString();
  }
}
