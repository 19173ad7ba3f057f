package dev.remora.remote;

import static dev.remora.remote.Archives.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.TokenizerBundle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** gzip and zstd data of many members or frames. */
class CompressedMembersTest {
  private static final byte[] CONTENT = utf8("[1, 2]");
  private static final byte[] TAR = Archives.tar(Map.of("tokenizer.json", CONTENT));
  private static final byte[] NOTHING = {};
  private static final LoadOptions OPTIONS =
      LoadOptions.builder().services(List.of(ScriptedWorker.SERVICE)).build();

  private static void assertRead(byte[] archive) {
    try (ScriptedWorker worker = ScriptedWorker.sending(Messages.bareStream(archive, 1 << 16))) {
      TokenizerBundle bundle = RemoteTokenizerLoader.of(worker.channel(), OPTIONS).loadBundle();
      assertArrayEquals(CONTENT, bundle.content("tokenizer.json").orElseThrow());
    }
  }

  private static void assertRefused(String problem, byte[] archive) {
    BundleException refusal = assertThrows(BundleException.class, () -> assertRead(archive));
    assertEquals(Optional.of(Rule.C3), refusal.rule());
    assertTrue(refusal.problem().contains(problem), refusal.problem());
  }

  private static byte[] all(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  private static byte[] times(int count, byte[] piece) {
    byte[] all = new byte[count * piece.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(piece, 0, all, i * piece.length, piece.length);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void members_oneAfterTheOther_areOneContent(String compression) {
    byte[] first = Arrays.copyOf(TAR, 700);
    byte[] second = Arrays.copyOfRange(TAR, 700, TAR.length);
    byte[] empty = FuzzArchives.compressed(compression, NOTHING);
    assertRead(
        all(
            FuzzArchives.compressed(compression, first),
            empty,
            FuzzArchives.compressed(compression, second),
            empty));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void members_hundredThousandEmpty_areRead(String compression) {
    byte[] empty = times(100_000, FuzzArchives.compressed(compression, NOTHING));
    byte[] content = FuzzArchives.compressed(compression, TAR);
    assertRead(all(content, empty));
    assertRead(all(empty, content));
  }

  @Test
  void zstdFrames_thatAreSkipped_mayStandBetween() {
    byte[] skipped = {0x5F, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};
    byte[] content = Zstd.compress(TAR);
    assertRead(all(content, skipped));
    assertRead(all(skipped, content));
    assertRead(all(Zstd.compress(NOTHING), times(100_000, skipped), content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void data_afterTheLastMember_isRefused(String compression) {
    byte[] content = FuzzArchives.compressed(compression, TAR);
    assertRefused("cannot be unpacked", all(content, utf8("garbage")));
    assertRefused("cannot be unpacked", all(content, Arrays.copyOf(content, 9)));
  }

  @Test
  void gzipPadding_ofZeros_isPassedOver() {
    assertRead(all(Archives.gzip(TAR), new byte[100_000]));
  }

  @Test
  void gzipMember_afterPadding_isRefused() {
    byte[] first = Archives.gzip(Arrays.copyOf(TAR, 700));
    byte[] second = Archives.gzip(Arrays.copyOfRange(TAR, 700, TAR.length));
    assertRead(all(first, second));
    assertRefused("data after the gzip data", all(first, new byte[10], second));
  }

  @Test
  void gzipHeader_withEveryField_isRead() {
    byte[] gzip = Archives.gzip(TAR);
    byte[] fields = all(new byte[] {2, 0, 'x', 'y'}, utf8("name\0comment\0"));
    byte[] header = all(Arrays.copyOf(gzip, 10), fields);
    header[3] = 2 | 4 | 8 | 16;
    CRC32 crc = new CRC32();
    crc.update(header);
    byte[] sum =
        ByteBuffer.allocate(2)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) crc.getValue())
            .array();
    byte[] rest = Arrays.copyOfRange(gzip, 10, gzip.length);
    assertRead(all(header, sum, rest));
    sum[0] ^= 1;
    assertRefused("CRC", all(header, sum, rest));
  }
}
