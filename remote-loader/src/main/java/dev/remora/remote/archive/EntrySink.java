package dev.remora.remote.archive;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Takes the entries of an archive one by one into a bundle: every name is checked, every byte is
 * counted as it inflates and hashed, and only files that a tokenizer can need are kept (rules C1,
 * C3, C8).
 */
public final class EntrySink {
  private final TokenizerBundle.Builder bundle;
  private final BuildGuard guard;
  private final int maxEntries;
  private final ByteBudget budget;
  private final Set<String> names = new HashSet<>();
  private int entries;
  private long keptBytes;

  /**
   * @param bundle gets the entries
   * @param guard ends it early
   */
  public EntrySink(TokenizerBundle.Builder bundle, BundleLimits limits, BuildGuard guard) {
    this.bundle = bundle;
    this.guard = guard;
    this.maxEntries = limits.maxEntries();
    this.budget = new ByteBudget("unpacked bytes", limits.maxUnpackedBytes());
  }

  /** Takes a directory: it counts, and its name must be a plain one, which is returned. */
  String directory(String name) {
    if (!name.equals("./")) { // the first entry of many tar archives, which does not count
      return claim(name);
    }
    claimPlain(name);
    return name;
  }

  /** Takes a file: all that {@code content} has. */
  public void file(String rawName, InputStream content) throws IOException {
    content(claim(rawName), content);
  }

  /** Takes the content of a file whose name is {@link #claim claimed}: all of it. */
  void content(String name, InputStream content) throws IOException {
    boolean isKept = TokenizerBundle.keeps(name);
    InputStream counted =
        new CountedInput(content) {
          private long length;

          @Override
          void count(long bytes) {
            guard.check();
            budget.take(bytes);
            length += bytes;
            if (isKept) {
              keptBytes += bytes;
              BundleForms.checkKept(name, length, keptBytes);
            }
          }
        };
    if (isKept) {
      bundle.add(name, counted.readAllBytes());
    } else {
      DigestInputStream hashed = new DigestInputStream(counted, Sha256.newDigest());
      long length = hashed.transferTo(OutputStream.nullOutputStream());
      byte[] sha256 = hashed.getMessageDigest().digest();
      bundle.add(new BundleFile(name, length, HexFormat.of().formatHex(sha256)));
    }
  }

  /** The plain name of a file, which no other entry may have then. */
  String claim(String rawName) {
    String name = EntryName.checked(rawName);
    if (++entries > maxEntries) {
      throw new LimitException(Rule.C1, "entries", maxEntries, entries);
    }
    claimPlain(name);
    return name;
  }

  private void claimPlain(String name) {
    if (!names.add(name)) {
      throw new BundleException(Rule.C3, name, "duplicate name");
    }
  }
}
