package dev.remora.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Zip files with odd entries, and with records whose fields lie. */
final class FuzzZips {
  private static final int[] UNIX_MODES = {0, 0100644, 0120777, 0040755, 0060644, 0xFFFF};

  /** The longest of the fixed records. */
  private static final int CENTRAL_HEADER = 46;

  private FuzzZips() {}

  static byte[] any(Random random) {
    byte[] zip = Archives.zip(archive -> entries(archive, random));
    for (int lie = random.nextInt(4); lie > 0; lie--) {
      zip = lying(zip, random);
    }
    return zip;
  }

  private static void entries(ZipArchiveOutputStream zip, Random random) throws IOException {
    int copies = random.nextInt(200) == 0 ? 3000 : 1;
    for (int count = copies * random.nextInt(6); count > 0; count--) {
      ZipArchiveEntry entry = new ZipArchiveEntry(FuzzArchives.name(random));
      byte[] content = copies == 1 ? FuzzArchives.content(random) : new byte[0];
      entry.setMethod(random.nextBoolean() ? ZipEntry.STORED : ZipEntry.DEFLATED);
      if (random.nextInt(4) == 0) {
        entry.setUnixMode(UNIX_MODES[random.nextInt(UNIX_MODES.length)]);
      }
      if (random.nextInt(8) == 0) {
        entry.setComment("c".repeat(random.nextInt(500)));
      }
      Archives.entry(zip, entry, content);
    }
  }

  /** One number of one record patched. */
  private static byte[] lying(byte[] zip, Random random) {
    List<Integer> records = records(zip);
    if (records.isEmpty()) {
      return zip;
    }
    int record = records.get(random.nextInt(records.size()));
    int field = record + 4 + 2 * random.nextInt((CENTRAL_HEADER - 4) / 2);
    return FuzzBytes.overwritten(zip, field, random.nextBoolean() ? 2 : 4, random);
  }

  /** Where a header or an end stands; where it only seems so, a lie does no harm. */
  private static List<Integer> records(byte[] zip) {
    List<Integer> records = new ArrayList<>();
    for (int at = 0; at + 4 <= zip.length; at++) {
      if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] < 9 && zip[at + 3] < 9) {
        records.add(at);
      }
    }
    return records;
  }
}
