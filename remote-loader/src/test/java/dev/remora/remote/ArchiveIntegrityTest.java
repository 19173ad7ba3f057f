package dev.remora.remote;

import static dev.remora.remote.Archives.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.ByteString;
import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.archive.Compression;
import dev.remora.remote.archive.FormatDetector;
import dev.remora.remote.archive.PackedBundle;
import dev.remora.remote.archive.ReceivedBytes;
import dev.remora.remote.archive.Sha256;
import dev.remora.remote.archive.Unpacker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;

/** What an archive says of its content is compared with it, and with itself (rule C3). */
class ArchiveIntegrityTest {
  private static final int CENTRAL_LENGTH = 46;
  private static final String NAME = "tokenizer.json";
  private static final byte[] CONTENT = utf8("{} ".repeat(40));
  private static final LoadOptions OPTIONS =
      LoadOptions.builder().services(List.of(ScriptedWorker.SERVICE)).build();

  private static TokenizerBundle load(byte[] archive) {
    try (ScriptedWorker worker = ScriptedWorker.sending(Messages.bareStream(archive, 1 << 16))) {
      return RemoteTokenizerLoader.of(worker.channel(), OPTIONS).loadBundle();
    }
  }

  private static void assertRead(byte[] archive) {
    assertEquals(CONTENT.length, load(archive).content(NAME).orElseThrow().length);
  }

  private static void assertRefused(String file, String problem, byte[] archive) {
    BundleException refusal = assertThrows(BundleException.class, () -> load(archive));
    assertEquals(Optional.of(Rule.C3), refusal.rule());
    assertEquals(Optional.of(file), refusal.file(), refusal.getMessage());
    assertTrue(refusal.problem().contains(problem), refusal.problem());
  }

  /** A zip whose sizes stand in its local headers: what Python's zipfile writes. */
  private static byte[] seekableZip(int method, Zip64Mode zip64) {
    try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
      try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel)) {
        zip.setUseZip64(zip64);
        ZipArchiveEntry entry = new ZipArchiveEntry(NAME);
        entry.setMethod(method);
        Archives.entry(zip, entry, CONTENT);
      }
      return Arrays.copyOf(channel.array(), (int) channel.size());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] seekableZip() {
    return seekableZip(ZipEntry.DEFLATED, Zip64Mode.Never);
  }

  /** A zip with data descriptors: what Java and Go write. */
  private static byte[] streamedZip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(NAME));
      zip.write(CONTENT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static int indexOf(byte[] bytes, int littleEndian) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 4 <= bytes.length; at++) {
      if (buffer.getInt(at) == littleEndian) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  private static int central(byte[] zip) {
    return indexOf(zip, 0x02014B50);
  }

  /** The same with one bit of one byte flipped. */
  private static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  @Test
  void zip_asEveryWriterWritesIt_isRead() {
    for (Zip64Mode zip64 : new Zip64Mode[] {Zip64Mode.Never, Zip64Mode.Always}) {
      assertRead(seekableZip(ZipEntry.DEFLATED, zip64));
      assertRead(seekableZip(ZipEntry.STORED, zip64));
    }
    assertRead(streamedZip());
    assertRead(withoutDescriptorMark(streamedZip()));
  }

  /** The same with a descriptor that has no mark, which the format allows. */
  private static byte[] withoutDescriptorMark(byte[] zip) {
    int mark = indexOf(zip, 0x08074B50);
    byte[] shorter = new byte[zip.length - 4];
    System.arraycopy(zip, 0, shorter, 0, mark);
    System.arraycopy(zip, mark + 4, shorter, mark, shorter.length - mark);
    ByteBuffer end = ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(shorter.length - 22 + 16, central(shorter));
    return shorter;
  }

  @Test
  void zipDescriptor_withWideSizesOfAnEmptyFile_isRead() {
    byte[] zip =
        Archives.zip(
            archive -> {
              archive.setUseZip64(Zip64Mode.Always);
              archive.setMethod(ZipEntry.DEFLATED);
              Archives.entry(archive, new ZipArchiveEntry("empty.bin"), new byte[0]);
              Archives.entry(archive, new ZipArchiveEntry(NAME), CONTENT);
            });
    assertRead(zip);
  }

  @Test
  void zipCrc_wrongInBothHeaders_isRefused() {
    for (int method : new int[] {ZipEntry.DEFLATED, ZipEntry.STORED}) {
      byte[] zip = seekableZip(method, Zip64Mode.Never);
      assertRefused(NAME, "CRC-32", flipped(flipped(zip, central(zip) + 16), 14));
    }
    byte[] streamed = streamedZip();
    byte[] changed = flipped(streamed, central(streamed) + 16);
    assertRefused(NAME, "CRC-32", flipped(changed, indexOf(streamed, 0x08074B50) + 4));
  }

  @Test
  void zipContent_ofAnotherLengthThanItSays_isRefused() {
    byte[] zip = seekableZip();
    assertRefused(NAME, "length", flipped(flipped(zip, central(zip) + 24), 22));
    byte[] stored = seekableZip(ZipEntry.STORED, Zip64Mode.Never);
    assertRefused(NAME, "two lengths", flipped(flipped(stored, central(stored) + 24), 22));
  }

  @Test
  void zipLocalHeader_otherThanTheDirectory_isRefused() {
    byte[] zip = seekableZip();
    for (int at : new int[] {6, 8, 14, 18, 22, 30}) { // flags, method, CRC, sizes, name
      assertRefused(NAME, "local header", flipped(zip, at));
    }
    assertRefused(NAME, "local header is missing", withLocalOffset(zip, 1));
    byte[] streamed = streamedZip();
    for (int at : new int[] {14, 18, 22}) { // must be zero, or right
      assertRefused(NAME, "local header", flipped(streamed, at));
    }
  }

  private static byte[] withLocalOffset(byte[] zip, int offset) {
    byte[] changed = zip.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(central(zip) + 42, offset);
    return changed;
  }

  @Test
  void zipDescriptor_otherThanTheDirectory_isRefused() {
    byte[] zip = streamedZip();
    int descriptor = indexOf(zip, 0x08074B50);
    for (int at = descriptor + 4; at < descriptor + 16; at++) {
      assertRefused(NAME, "descriptor", flipped(zip, at));
    }
  }

  @Test
  void zipEnd_thatContradictsTheDirectoryOrItself_isRefused() {
    byte[] zip = seekableZip();
    int end = zip.length - 22;
    assertRefused("the archive", "one part of several", flipped(zip, end + 10));
    assertRefused("the archive", "end record", flipped(flipped(zip, end + 8), end + 10));
    assertRefused("the archive", "end record", flipped(zip, end + 12));
    assertRefused("the archive", "end record", flipped(zip, end + 16));
    byte[] wide = seekableZip(ZipEntry.DEFLATED, Zip64Mode.Always);
    int wideEnd = indexOf(wide, 0x06064B50);
    assertRefused("the archive", "zip64 end record", flipped(wide, wideEnd + 4));
    assertRefused("the archive", "one part of several", flipped(wide, wideEnd + 24));
    ByteBuffer.wrap(wide).order(ByteOrder.LITTLE_ENDIAN).putInt(wide.length - 22 + 16, 7);
    assertRefused("the archive", "contradict each other", wide);
  }

  @Test
  void zipBytes_thatBelongToNoEntry_areRefused() {
    byte[] zip = seekableZip();
    byte[] hidden = Arrays.copyOf(zip, central(zip));
    for (int at : new int[] {0, central(zip)}) {
      byte[] larger = new byte[zip.length + hidden.length];
      System.arraycopy(zip, 0, larger, 0, at);
      System.arraycopy(hidden, 0, larger, at, hidden.length);
      System.arraycopy(zip, at, larger, at + hidden.length, zip.length - at);
      ByteBuffer records = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN);
      int directory = central(larger);
      records.putInt(larger.length - 22 + 16, directory);
      records.putInt(directory + 42, at == 0 ? hidden.length : 0);
      assertRefused(at == 0 ? NAME : "the archive", "belong to no entry", larger);
    }
  }

  @Test
  void zipName_otherInItsUnicodeField_isRefused() {
    byte[] same = zipWithUnicodeName("ünï.bin");
    assertEquals("ünï.bin", load(same).files().get(0).name());
    assertRefused("ünï.bin", "named otherwise", zipWithUnicodeName(NAME));
  }

  private static byte[] zipWithUnicodeName(String unicode) {
    return Archives.zip(
        zip -> {
          ZipArchiveEntry entry = new ZipArchiveEntry("ünï.bin");
          byte[] raw = utf8("ünï.bin");
          entry.addExtraField(new UnicodePathExtraField(unicode, raw));
          Archives.entry(zip, entry, CONTENT);
        });
  }

  @Test
  void zipLink_madeOnNoUnix_isRefused() {
    byte[] zip = seekableZip();
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(central(zip) + 38, 0120777 << 16);
    assertRefused(NAME, "link", zip);
  }

  @Test
  void zipDirectory_withContent_isRefused() {
    byte[] zip = seekableZip();
    int name = CENTRAL_LENGTH + NAME.length() - 1;
    zip[30 + NAME.length() - 1] = '/';
    zip[central(zip) + name] = '/';
    assertRefused("tokenizer.jso/", "a directory has no content", zip);
  }

  @Test
  void archive_withAnyBitFlipped_isReadTheSameOrRefused() {
    for (Zip64Mode zip64 : new Zip64Mode[] {Zip64Mode.Never, Zip64Mode.Always}) {
      assertFlipsShow(seekableZip(ZipEntry.DEFLATED, zip64));
      assertFlipsShow(seekableZip(ZipEntry.STORED, zip64));
    }
    assertFlipsShow(streamedZip());
    assertFlipsShow(Archives.gzip(tar()));
  }

  private static void assertFlipsShow(byte[] archive) {
    ContentDigest digest = unpacked(archive).digest();
    for (int bit = 0; bit < 8 * archive.length; bit++) {
      byte[] changed = archive.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertEquals(digest, unpacked(changed).digest(), "bit " + bit);
      } catch (BundleException | LimitException e) {
        assertTrue(e.rule().isPresent(), e.toString());
      }
    }
  }

  /** Without a worker, which would take a minute for all of them. */
  private static TokenizerBundle unpacked(byte[] archive) {
    ReceivedBytes received = new ReceivedBytes();
    received.append(ByteString.copyFrom(archive), Sha256.newDigest());
    PackedBundle packed =
        new PackedBundle(
            FormatDetector.ofFirstBytes(received),
            null,
            Fingerprint.local(),
            List.of(new PackedBundle.Part("the archive", Compression.NONE, received)));
    return Unpacker.unpack(packed, OPTIONS.limits(), BuildGuard.NONE);
  }

  @Test
  void zipEntries_thatShareBytes_areRefusedBeforeTheyInflate() {
    byte[] zip = overlapping(45, 11 << 20);
    assertTrue(zip.length < 20_000, "" + zip.length);
    assertRefused("additional_chat_templates/1.jinja", "shares bytes", zip);
  }

  /** Entries with one content of zeros: the extra field of each hides the headers after its own. */
  static byte[] overlapping(int count, int length) {
    byte[] one = Archives.zip(Map.of("x", new byte[length]));
    int content = 31;
    int packed = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN).getInt(central(one) + 20);
    CRC32 crc = new CRC32();
    crc.update(new byte[length]);
    ByteBuffer zip = ByteBuffer.allocate(packed + count * 300 + 100).order(ByteOrder.LITTLE_ENDIAN);
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      byte[] name = utf8("additional_chat_templates/" + i + ".jinja");
      starts[i] = zip.position();
      zip.putInt(0x04034B50).putShort((short) 20).putShort((short) 0).putShort((short) 8);
      zip.putInt(0).putInt((int) crc.getValue()).putInt(packed).putInt(length);
      zip.putShort((short) name.length).putShort((short) 0).put(name);
    }
    int data = zip.position();
    for (int i = 0; i < count; i++) { // each extra field ends where the content begins
      byte[] name = utf8("additional_chat_templates/" + i + ".jinja");
      zip.putShort(starts[i] + 28, (short) (data - starts[i] - 30 - name.length));
    }
    zip.put(one, content, packed);
    int directory = zip.position();
    for (int i = 0; i < count; i++) {
      byte[] name = utf8("additional_chat_templates/" + i + ".jinja");
      zip.putInt(0x02014B50).putShort((short) 20).putShort((short) 20);
      zip.putShort((short) 0).putShort((short) 8).putInt(0).putInt((int) crc.getValue());
      zip.putInt(packed).putInt(length).putShort((short) name.length);
      zip.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 0);
      zip.putInt(0).putInt(starts[i]).put(name);
    }
    int end = zip.position();
    zip.putInt(0x06054B50).putInt(0).putShort((short) count).putShort((short) count);
    zip.putInt(end - directory).putInt(directory).putShort((short) 0);
    return Arrays.copyOf(zip.array(), zip.position());
  }

  private static byte[] tar() {
    return Archives.tar(Map.of(NAME, CONTENT));
  }

  @Test
  void tarChecksum_wrong_isRefused() {
    byte[] tar = tar();
    for (int at : new int[] {100, 124 + 9, 136 + 5, 148 + 2, 300}) {
      assertRefused(NAME, "checksum", flipped(tar, at));
    }
  }

  @Test
  void tarName_announcedWithAnAbsurdLength_isRefused() {
    byte[] tar = tar();
    tar[156] = 'L';
    ByteBuffer.wrap(tar).putInt(124, 0x80 << 24).putLong(128, Long.MAX_VALUE);
    Arrays.fill(tar, 148, 156, (byte) ' ');
    int sum = 0;
    for (int at = 0; at < 512; at++) {
      sum += tar[at] & 0xFF;
    }
    System.arraycopy(utf8("%06o".formatted(sum)), 0, tar, 148, 6);
    LimitException refusal = assertThrows(LimitException.class, () -> load(tar));
    assertEquals("bytes in a tar header", refusal.limit());
    assertEquals(Long.MAX_VALUE, refusal.observed());
  }

  @Test
  void tar_asEveryWriterWritesIt_isRead() {
    assertRead(tar());
    String deep = "deep/".repeat(40) + "file.bin";
    for (int longNames :
        new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
      byte[] tar =
          Archives.tar(
              archive -> {
                archive.setLongFileMode(longNames);
                archive.setAddPaxHeadersForNonAsciiNames(true);
                archive.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                for (String name : List.of(deep, "ünï.bin", NAME)) {
                  TarArchiveEntry entry = new TarArchiveEntry(name, true);
                  entry.setSize(CONTENT.length);
                  Archives.put(entry, CONTENT, archive);
                }
              });
      assertRead(tar);
      assertEquals(deep, load(tar).files().get(0).name());
      assertEquals("ünï.bin", load(tar).files().get(2).name());
    }
  }

  @Test
  void tar_withDataAfterItsEnd_isRefused() {
    byte[] tar = tar();
    assertRefused("the archive", "after the end", flipped(tar, tar.length - 1));
  }

  @Test
  void gzipEnd_wrong_isRefused() {
    byte[] gzip = Archives.gzip(tar());
    for (int at = gzip.length - 8; at < gzip.length; at++) {
      assertRefused("the archive", at < gzip.length - 4 ? "CRC-32" : "length", flipped(gzip, at));
    }
  }

  @Test
  void zstdChecksum_wrong_isRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(bytes)) {
      zstd.setChecksum(true);
      zstd.write(tar());
    }
    byte[] compressed = bytes.toByteArray();
    assertRead(compressed);
    assertRefused("the archive", "checksum", flipped(compressed, compressed.length - 1));
  }
}
