package dev.remora.remote;

import static dev.remora.remote.Archives.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.TokenizerBundle;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives, good and hostile, over a real socket (rules C1 and C3). */
class ArchiveRulesTest {
  private static final byte[] CONTENT = utf8("{}");
  private static final LoadOptions OPTIONS =
      LoadOptions.builder().services(List.of(ScriptedWorker.SERVICE)).build();

  private static TokenizerBundle load(LoadOptions options, byte[] archive) {
    try (ScriptedWorker worker = ScriptedWorker.sending(Messages.bareStream(archive, 1 << 16))) {
      return RemoteTokenizerLoader.of(worker.channel(), options).loadBundle();
    }
  }

  private static void assertRefused(String problem, byte[] archive) {
    BundleException refusal = assertThrows(BundleException.class, () -> load(OPTIONS, archive));
    assertEquals(Optional.of(Rule.C3), refusal.rule());
    assertTrue(String.valueOf(refusal.getMessage()).contains(problem), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/../../x",
        "/etc/passwd",
        "C:x",
        "c:/x",
        "a\\b",
        "..",
        "a/..",
        "\u0001x",
        "./../x"
      })
  void name_thatLeavesTheBundle_isRefused(String name) {
    assertRefused("the name", zipWithRawName(name));
    assertRefused("the name", Archives.tar(tar -> tarEntry(tar, name)));
  }

  /** The writer would turn backslashes into slashes. */
  private static byte[] zipWithRawName(String name) {
    byte[] zip = Archives.zip(Map.of(name.replace('\\', '#'), CONTENT));
    for (int at = 0; at < zip.length && name.indexOf('\\') >= 0; at++) {
      zip[at] = zip[at] == '#' ? (byte) '\\' : zip[at];
    }
    return zip;
  }

  private static void tarEntry(TarArchiveOutputStream tar, String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("x", true);
    entry.setName(name);
    entry.setSize(CONTENT.length);
    tar.putArchiveEntry(entry);
    tar.write(CONTENT);
    tar.closeArchiveEntry();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "..a", "a/b.json", "ünïcode.json", "a b", "-"})
  void name_thatOnlyLooksOdd_isRead(String name) {
    for (byte[] archive :
        List.of(Archives.zip(Map.of(name, CONTENT)), Archives.tar(tar -> tarEntry(tar, name)))) {
      assertEquals(
          List.of(name), load(OPTIONS, archive).files().stream().map(BundleFile::name).toList());
    }
  }

  @Test
  void tarOfAFolder_asTarWritesIt_isRead() {
    byte[] tar =
        Archives.tar(
            archive -> {
              archive.putArchiveEntry(new TarArchiveEntry("./"));
              archive.closeArchiveEntry();
              tarEntry(archive, "./config.json");
            });
    assertTrue(load(OPTIONS, tar).content("config.json").isPresent());
  }

  @Test
  void name_twice_isRefused() {
    assertRefused(
        "duplicate name",
        Archives.zip(
            zip -> {
              Archives.entry(zip, new ZipArchiveEntry("a"), CONTENT);
              Archives.entry(zip, new ZipArchiveEntry("a"), CONTENT);
            }));
    assertRefused(
        "duplicate name",
        Archives.tar(
            tar -> {
              tarEntry(tar, "a");
              tarEntry(tar, "./a");
            }));
  }

  @Test
  void zipLink_isRefused() {
    ZipArchiveEntry link = new ZipArchiveEntry("tokenizer.json");
    link.setUnixMode(0120777);
    assertRefused("link", Archives.zip(zip -> Archives.entry(zip, link, utf8("/etc/passwd"))));
  }

  @Test
  void tarLinksAndDevices_areRefused() {
    for (byte type :
        new byte[] {
          TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO
        }) {
      assertRefused(
          "link",
          Archives.tar(
              tar -> {
                TarArchiveEntry entry = new TarArchiveEntry("tokenizer.json", type);
                entry.setLinkName("/etc/passwd");
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
              }));
    }
  }

  @Test
  void zipEntry_encrypted_isRefused() {
    byte[] zip = Archives.zip(Map.of("a", CONTENT));
    int directory = indexOf(zip, new byte[] {0x50, 0x4B, 1, 2});
    zip[directory + 8] |= 1; // the flag of the central directory, which is the one that counts
    assertRefused("encrypted", zip);
  }

  @Test
  void zipEntry_ofAnotherMethod_isRefused() {
    byte[] zip = Archives.zip(Map.of("a", CONTENT));
    int directory = indexOf(zip, new byte[] {0x50, 0x4B, 1, 2});
    zip[directory + 10] = (byte) ZipMethod.BZIP2.getCode();
    assertRefused("method 12", zip);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at + wanted.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void zip_storedAndDeflated_areRead() {
    ZipArchiveEntry stored = new ZipArchiveEntry("config.json");
    stored.setMethod(ZipArchiveEntry.STORED);
    byte[] zip = Archives.zip(archive -> Archives.entry(archive, stored, CONTENT));
    assertEquals(2, load(OPTIONS, zip).files().get(0).length());
  }

  @Test
  void entries_atTheBoundPass_oneMoreIsRefused() {
    assertEquals(50, load(OPTIONS, Archives.zip(files(50))).files().size());
    for (byte[] archive : List.of(Archives.zip(files(51)), Archives.tar(files(51)))) {
      LimitException refusal = assertThrows(LimitException.class, () -> load(OPTIONS, archive));
      assertEquals("entries", refusal.limit());
      assertEquals(50, refusal.bound());
      assertEquals(51, refusal.observed());
    }
  }

  private static Map<String, byte[]> files(int count) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      files.put("file" + i, CONTENT);
    }
    return files;
  }

  @Test
  void unpackedBytes_atTheBoundPass_oneMoreIsRefused() {
    Map<String, byte[]> files = Map.of("a", new byte[600], "b", new byte[400]);
    LoadOptions exact = OPTIONS.toBuilder().maxUnpackedBytes(1000).build();
    LoadOptions less = OPTIONS.toBuilder().maxUnpackedBytes(999).build();
    byte[] tar = Archives.tar(files);
    for (byte[] archive :
        List.of(Archives.zip(files), tar, Archives.gzip(tar), Zstd.compress(tar))) {
      assertEquals(2, load(exact, archive).files().size());
      LimitException refusal = assertThrows(LimitException.class, () -> load(less, archive));
      assertEquals("unpacked bytes", refusal.limit());
    }
  }

  @Test
  void zipThatLiesAboutItsSize_stopsAtTheBound() {
    byte[] zip = Archives.zip(Map.of("tokenizer.json", new byte[50 << 20]));
    int descriptor = indexOf(zip, new byte[] {0x50, 0x4B, 7, 8});
    int directory = indexOf(zip, new byte[] {0x50, 0x4B, 1, 2});
    for (int size : new int[] {descriptor + 12, directory + 24}) {
      Arrays.fill(zip, size, size + 4, (byte) 0);
      zip[size + 1] = 4; // 1 KiB
    }
    LoadOptions small = OPTIONS.toBuilder().maxUnpackedBytes(10 << 20).build();
    LimitException refusal = assertThrows(LimitException.class, () -> load(small, zip));
    assertTrue(refusal.observed() <= (10 << 20) + (1 << 16), refusal.getMessage());
  }

  @Test
  void tarName_ofMegabytes_isRefused() {
    byte[] name = new byte[20 << 20];
    Arrays.fill(name, (byte) 'x');
    byte[] tar =
        Archives.tar(
            archive -> {
              TarArchiveEntry entry =
                  new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
              entry.setSize(name.length);
              archive.putArchiveEntry(entry);
              archive.write(name);
              archive.closeArchiveEntry();
              tarEntry(archive, "a");
            });
    LimitException refusal =
        assertThrows(LimitException.class, () -> load(OPTIONS, Archives.gzip(tar)));
    assertEquals("bytes in a tar header", refusal.limit());
  }

  @Test
  void nestedArchive_isAFileLikeAnother() {
    byte[] inner = Archives.zip(Map.of("tokenizer.json", CONTENT));
    TokenizerBundle bundle = load(OPTIONS, Archives.zip(Map.of("inner.zip", inner)));
    assertEquals("inner.zip", bundle.files().get(0).name());
    assertEquals(Optional.empty(), bundle.content("inner.zip"));
  }

  @Test
  void archive_truncatedAnywhere_isRefused() {
    byte[] tar = Archives.tar(files(3));
    for (byte[] whole : List.of(Archives.zip(files(3)), Archives.gzip(tar), Zstd.compress(tar))) {
      for (int length = 4; length < whole.length - 1; length += 7) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThrows(TokenizerException.class, () -> load(OPTIONS, cut), "cut at " + length);
      }
    }
  }

  @Test
  void digest_isTheSameInEveryFormat() {
    Map<String, byte[]> files = Map.of("tokenizer.json", CONTENT, "other.bin", new byte[100_000]);
    byte[] tar = Archives.tar(files);
    String zipped = load(OPTIONS, Archives.zip(files)).digest().hex();
    assertEquals(zipped, load(OPTIONS, tar).digest().hex());
    assertEquals(zipped, load(OPTIONS, Archives.gzip(tar)).digest().hex());
    byte[] noise = new byte[100];
    new Random(7).nextBytes(noise);
    assertTrue(
        !zipped.equals(
            load(OPTIONS, Archives.zip(Map.of("tokenizer.json", noise))).digest().hex()));
  }
}
