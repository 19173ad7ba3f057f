package dev.remora.forms.compare;

import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.BundleDrift.Difference;
import dev.remora.bundle.BundleDrift.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects differences, of each file and part a few: two vocabularies may have no id in common. */
final class Differences {
  private static final int MAX_LISTED = 5;

  private final List<Difference> listed = new ArrayList<>();
  private final Map<Part, Integer> found = new EnumMap<>(Part.class); // of the file
  private String file = "";
  private long more;

  /** Begins a file. */
  void begin(String name) {
    file = name;
    found.clear();
  }

  /** Whether the file has none so far. */
  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Adds one; a value is null where there is nothing. */
  void add(Part part, String member, @Nullable String expected, @Nullable String actual) {
    if (found.merge(part, 1, Integer::sum) <= MAX_LISTED) {
      listed.add(
          new Difference(
              file, part, member, Optional.ofNullable(expected), Optional.ofNullable(actual)));
    } else {
      more++;
    }
  }

  BundleDrift toDrift() {
    return listed.isEmpty() ? BundleDrift.NONE : new BundleDrift(listed, more);
  }

  @Override
  public String toString() {
    return listed + " and " + more + " more";
  }
}
