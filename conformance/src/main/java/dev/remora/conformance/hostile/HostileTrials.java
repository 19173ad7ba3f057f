package dev.remora.conformance.hostile;

import dev.remora.bundle.FileNames;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.Tally;
import dev.remora.conformance.contract.ContractBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether bundles that were made to do harm do none. Each is loaded, checked, and made to encode
 * and decode its own text and many others on each engine, in a child JVM. A trial passes if every
 * step gives a right result or a {@link dev.remora.TokenizerException}, within the limits; where
 * two engines serve a bundle, they must agree. It fails if the JVM ends or hangs, on anything else
 * that is thrown, and on a wrong result.
 */
public final class HostileTrials implements AutoCloseable {
  /** For what a JVM does once, such as loading native code. */
  private static final TrialLimits PATIENT =
      new TrialLimits(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private final Class<?> main;
  private final TrialLimits limits;
  private final Path work;
  private final Path definitions;
  private final Path harmless;
  private final Set<String> warm = new HashSet<>(); // engines that have served in the child
  private @Nullable TrialJvm child;

  private HostileTrials(Class<?> main, TrialLimits limits) throws IOException {
    this.main = main;
    this.limits = limits;
    this.work = Files.createTempDirectory("remora-hostile");
    this.definitions = Files.createDirectory(work.resolve("definitions"));
    this.harmless = Files.createDirectory(work.resolve("harmless"));
    Files.write(harmless.resolve(FileNames.TOKENIZER_JSON), ContractBundle.BYTE_LEVEL.json());
  }

  /**
   * Tries every bundle of a directory on every engine.
   *
   * @param directory of directories, each a bundle, or of definitions {@code NAME.json} with a
   *     {@code NAME.text}: {@code 1 } or {@code 0 }, then UTF-16 units of four hex digits
   * @param engines the names of the engines
   * @param main the child's main class, on this JVM's class path; it calls {@link
   *     TrialServer#serve}
   * @param out receives one line for each failure
   * @throws IOException if the directory cannot be read, or no child can be started
   */
  public static ConformanceResult run(
      Path directory, List<String> engines, Class<?> main, TrialLimits limits, Consumer<String> out)
      throws IOException, InterruptedException {
    try (HostileTrials trials = new HostileTrials(main, limits)) {
      Tally tally = new Tally(out);
      for (HostileBundle bundle : HostileBundle.list(directory, trials.definitions)) {
        Map<String, List<String>> results = new HashMap<>();
        for (String engine : engines) {
          TrialJvm.End end = trials.ask(bundle, engine);
          String failure =
              end.failure().isEmpty() ? difference(end.results(), results) : end.failure();
          results.put(engine, end.results());
          tally.count(bundle.name() + " on " + engine, failure.isEmpty() ? null : failure);
        }
      }
      return tally.result();
    }
  }

  /** How the results differ from another engine's; empty where either refused the bundle. */
  private static String difference(List<String> results, Map<String, List<String>> others) {
    for (Map.Entry<String, List<String>> other : others.entrySet()) {
      for (int i = 0; i < Math.min(results.size(), other.getValue().size()); i++) {
        String expected = other.getValue().get(i);
        if (!results.get(i).equals(expected)) {
          return String.format(
              Locale.ROOT,
              "text %d gives %s, by %s %s",
              i,
              results.get(i),
              other.getKey(),
              expected);
        }
      }
    }
    return "";
  }

  private TrialJvm.End ask(HostileBundle bundle, String engine)
      throws IOException, InterruptedException {
    TrialJvm jvm = child == null ? new TrialJvm(main, work) : child;
    child = jvm;
    if (warm.add(engine)) {
      TrialJvm.End end = jvm.ask(new TrialRequest(harmless, engine, List.of("hello"), PATIENT));
      if (end.results().isEmpty()) {
        throw new IOException(engine + " does not serve a harmless bundle " + end.failure());
      }
    }
    TrialJvm.End end =
        jvm.ask(new TrialRequest(bundle.directory(), engine, bundle.texts(), limits));
    if (!end.failure().isEmpty()) {
      endChild(); // it is good for nothing more
    }
    return end;
  }

  private void endChild() {
    if (child != null) {
      child.close();
    }
    child = null;
    warm.clear();
  }

  @Override
  public void close() throws IOException {
    endChild();
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
