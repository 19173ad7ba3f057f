package dev.remora.remote.cache;

import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.archive.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundles in a directory: one folder for a content digest, which comes into being by a rename, and
 * small files that say which digest a name or a wire fingerprint has. Nothing that is read is
 * believed: every byte is compared with its SHA-256. Thread-safe, and safe with other processes.
 */
public final class BundleStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(BundleStore.class);
  private static final String MANIFEST = "manifest";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private static final int MAX_ATTEMPTS = 10;

  /** A process that writes for longer has ended. */
  private static final Duration LEFT_OVER = Duration.ofHours(1);

  private final Path directory;
  private final Path bundles;
  private final Path names;
  private final Path fingerprints;

  /** The bundles of a directory, which need not be there yet. */
  public BundleStore(Path directory) {
    this.directory = directory;
    this.bundles = directory.resolve("bundles");
    this.names = directory.resolve("names");
    this.fingerprints = directory.resolve("fingerprints");
  }

  /**
   * A bundle that is stored.
   *
   * @param digest the name of its folder
   * @param model the model's name as the worker gave it
   * @param bytes the length of its files
   * @param used when it was last stored or read
   */
  public record Stored(String digest, Optional<String> model, long bytes, Instant used) {}

  /**
   * What can be removed: a bundle, or a name or fingerprint that leads to one.
   *
   * @param path its folder or file
   * @param digest the digest of the bundle
   * @param bytes its length
   * @param used when it was last written or read
   * @param bundle the bundle, if it is one
   */
  private record Removable(
      Path path, String digest, long bytes, Instant used, Optional<Stored> bundle) {}

  /** Stores a bundle under a name, and under its wire fingerprint if that was verified. */
  public void store(String name, TokenizerBundle bundle) throws IOException {
    Manifest manifest = Manifest.of(bundle);
    String digest = bundle.digest().hex();
    Path folder = bundles.resolve(digest);
    if (Files.isDirectory(folder)) {
      touch(folder);
    } else {
      write(manifest, bundle, folder);
    }
    if (manifest.wire().isPresent()) {
      index(fingerprints, manifest.wire().get(), digest);
    }
    index(names, key(name), digest); // last: what a name leads to is there
  }

  private void write(Manifest manifest, TokenizerBundle bundle, Path folder) throws IOException {
    Files.createDirectories(bundles);
    Path fresh = Files.createDirectory(bundles.resolve(".new-" + UUID.randomUUID()));
    try {
      for (Manifest.Entry entry : manifest.entries()) {
        Optional<byte[]> content = bundle.content(entry.file().name());
        if (content.isPresent()) {
          Files.write(fresh.resolve(entry.file().sha256()), content.get());
        }
      }
      Files.writeString(fresh.resolve(MANIFEST), manifest.text());
      moveIn(fresh, folder);
    } finally {
      delete(fresh);
    }
  }

  /** Another process may be first, and yet another may remove what that one wrote. */
  private static void moveIn(Path fresh, Path folder) throws IOException {
    for (int attempt = 1; !Files.isDirectory(folder); attempt++) {
      try {
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void index(Path folder, String key, String digest) throws IOException {
    Files.createDirectories(folder);
    Path fresh = folder.resolve(".new-" + UUID.randomUUID());
    try {
      Files.writeString(fresh, digest);
      Files.move(
          fresh,
          folder.resolve(key),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A name may be any text, and becomes the name of a file. */
  private static String key(String name) {
    return Sha256.hex(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The bundle that was last stored under a name; empty if there is none, or it is damaged. */
  public Optional<TokenizerBundle> byName(String name, BuildGuard guard) throws IOException {
    return indexed(names.resolve(key(name)), guard);
  }

  /** Whether there is a bundle under a name, whole or not. */
  public boolean hasName(String name) {
    try {
      Optional<String> digest = digest(names.resolve(key(name)));
      return digest.isPresent() && Files.isDirectory(bundles.resolve(digest.get()));
    } catch (IOException e) {
      LOGGER.warn("{} cannot be read: {}", directory, e.toString());
      return false;
    }
  }

  /** The bundle that was sent with this wire fingerprint; empty as above. */
  public Optional<TokenizerBundle> byFingerprint(String sha256, BuildGuard guard)
      throws IOException {
    String wire = sha256.toLowerCase(Locale.ROOT);
    // Equal files that were sent as other bytes are stored as those that came first.
    return SHA256.matcher(wire).matches()
        ? indexed(fingerprints.resolve(wire), guard)
            .filter(bundle -> bundle.fingerprint().sha256().equals(Optional.of(wire)))
        : Optional.empty();
  }

  private Optional<TokenizerBundle> indexed(Path index, BuildGuard guard) throws IOException {
    Optional<String> digest = digest(index);
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    touch(index);
    return byDigest(digest.get(), guard);
  }

  private static Optional<String> digest(Path index) throws IOException {
    try {
      String digest = new String(Files.readAllBytes(index), StandardCharsets.ISO_8859_1);
      return Optional.of(digest).filter(hex -> SHA256.matcher(hex).matches());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The bundle with this digest; a damaged one is removed. */
  public Optional<TokenizerBundle> byDigest(String digest, BuildGuard guard) throws IOException {
    Path folder = bundles.resolve(digest);
    Optional<TokenizerBundle> bundle = whole(folder, digest, guard);
    if (bundle.isPresent()) {
      touch(folder);
    } else if (Files.isDirectory(folder)) {
      removeDamaged(folder);
    }
    return bundle;
  }

  /** Reads twice where a file is missing: others may remove a bundle and store it again. */
  private static Optional<TokenizerBundle> whole(Path folder, String digest, BuildGuard guard)
      throws IOException {
    for (int attempt = 1; attempt <= 2 && Files.isDirectory(folder); attempt++) {
      try {
        return read(folder, digest, guard);
      } catch (NoSuchFileException e) {
        LOGGER.debug("{} lacks a file", folder, e);
      }
    }
    return Optional.empty();
  }

  /** Reads every bundle, and removes those that are damaged. Gives what was removed. */
  public List<Stored> verify(BuildGuard guard) throws IOException {
    List<Stored> damaged = new ArrayList<>();
    for (Stored stored : list()) {
      Path folder = bundles.resolve(stored.digest());
      if (whole(folder, stored.digest(), guard).isEmpty() && Files.isDirectory(folder)) {
        removeDamaged(folder);
        damaged.add(stored);
      }
    }
    return damaged;
  }

  /** It would be in the way of a whole one; where it cannot be removed, it is missed again. */
  private void removeDamaged(Path folder) {
    LOGGER.warn("{} is damaged, and is removed", folder);
    try {
      remove(folder);
    } catch (IOException e) {
      LOGGER.warn("{} cannot be removed: {}", folder, e.toString());
    }
  }

  private static Optional<Manifest> manifest(Path folder) throws IOException {
    byte[] text = Files.readAllBytes(folder.resolve(MANIFEST));
    return Manifest.read(new String(text, StandardCharsets.ISO_8859_1));
  }

  private static Optional<TokenizerBundle> read(Path folder, String digest, BuildGuard guard)
      throws IOException {
    Optional<Manifest> whole = manifest(folder);
    if (whole.isEmpty()) {
      return Optional.empty();
    }
    Manifest manifest = whole.get();
    TokenizerBundle.Builder bundle =
        TokenizerBundle.builder(Fingerprint.cached(manifest.wire()))
            .modelIdentifier(manifest.model().orElse(null));
    for (Manifest.Entry entry : manifest.entries()) {
      guard.check();
      if (!entry.isKept()) {
        bundle.add(entry.file());
        continue;
      }
      Path file = folder.resolve(entry.file().sha256());
      if (Files.size(file) != entry.file().length()) {
        return Optional.empty();
      }
      bundle.add(entry.file().name(), Files.readAllBytes(file));
    }
    TokenizerBundle read = bundle.build(); // its digest is that of what was read
    return read.digest().hex().equals(digest) ? Optional.of(read) : Optional.empty();
  }

  /** What is stored, the least recently used first. */
  public List<Stored> list() throws IOException {
    List<Stored> all = new ArrayList<>();
    for (Path folder : children(bundles)) {
      if (SHA256.matcher(folder.getFileName().toString()).matches()) {
        try {
          all.add(stored(folder));
        } catch (NoSuchFileException e) {
          LOGGER.debug("{} was removed meanwhile", folder);
        }
      }
    }
    all.sort(Comparator.comparing(Stored::used).thenComparing(Stored::digest));
    return all;
  }

  private static Stored stored(Path folder) throws IOException {
    Instant used = Files.getLastModifiedTime(folder).toInstant();
    Optional<String> model;
    try {
      model = manifest(folder).flatMap(Manifest::model);
    } catch (NoSuchFileException e) {
      model = Optional.empty(); // it is damaged
    }
    return new Stored(folder.getFileName().toString(), model, length(folder), used);
  }

  /**
   * Removes what is least recently used, bundles as well as names and fingerprints, until the rest
   * has at most so many bytes; what leads to no bundle; and what ended processes left.
   *
   * @param keep the digest of a bundle that stays
   * @return the bundles that were removed
   */
  public List<Stored> prune(long maxBytes, String keep) throws IOException {
    removeLeftOvers();
    List<Removable> all = removables();
    long bytes = all.stream().mapToLong(Removable::bytes).sum();
    List<Stored> removed = new ArrayList<>();
    for (Removable each : all) {
      boolean stays = each.digest().equals(keep) || bytes <= maxBytes;
      if (!stays) {
        remove(each.path());
        each.bundle().ifPresent(removed::add);
        bytes -= each.bytes();
      }
    }
    return removed;
  }

  private List<Removable> removables() throws IOException {
    List<Removable> all = new ArrayList<>();
    for (Path index : indexes()) {
      try {
        String digest = digest(index).orElse("");
        Instant used = Files.getLastModifiedTime(index).toInstant();
        all.add(new Removable(index, digest, Files.size(index), used, Optional.empty()));
      } catch (NoSuchFileException e) {
        LOGGER.debug("{} was removed meanwhile", index);
      }
    }
    for (Stored stored : list()) {
      Path folder = bundles.resolve(stored.digest());
      all.add(
          new Removable(
              folder, stored.digest(), stored.bytes(), stored.used(), Optional.of(stored)));
    }
    all.sort(Comparator.comparing(Removable::used).thenComparing(Removable::path));
    return all;
  }

  private void removeLeftOvers() throws IOException {
    Instant before = Instant.now().minus(LEFT_OVER);
    for (Path parent : List.of(bundles, names, fingerprints)) {
      for (Path path : children(parent)) {
        if (path.getFileName().toString().startsWith(".") && isOlder(path, before)) {
          delete(path);
        }
      }
    }
    for (Path index : indexes()) {
      Optional<String> digest = digest(index);
      boolean leads = digest.isPresent() && Files.isDirectory(bundles.resolve(digest.get()));
      if (!leads && isOlder(index, before)) {
        Files.deleteIfExists(index);
      }
    }
  }

  /** The files of names and fingerprints that are not just being written. */
  private List<Path> indexes() throws IOException {
    List<Path> indexes = new ArrayList<>(children(names));
    indexes.addAll(children(fingerprints));
    indexes.removeIf(index -> index.getFileName().toString().startsWith("."));
    return indexes;
  }

  private static boolean isOlder(Path path, Instant time) throws IOException {
    try {
      return Files.getLastModifiedTime(path).toInstant().isBefore(time);
    } catch (NoSuchFileException e) {
      return false; // another process was first
    }
  }

  /** What is in a folder; nothing if it is none, or no more. */
  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  private static long length(Path folder) throws IOException {
    long length = 0;
    for (Path file : children(folder)) {
      length += Files.size(file);
    }
    return length;
  }

  /** Out of the way first, so that nobody reads half of it. */
  private static void remove(Path path) throws IOException {
    Path old = path.resolveSibling(".old-" + UUID.randomUUID());
    try {
      Files.move(path, old, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return; // another process was first
    }
    delete(old);
  }

  private static void delete(Path path) throws IOException {
    for (Path child : children(path)) {
      Files.deleteIfExists(child);
    }
    Files.deleteIfExists(path);
  }

  /** That it cannot be told when a bundle was used makes it no worse. */
  private static void touch(Path folder) {
    try {
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOGGER.debug("{} cannot be touched", folder, e);
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
