package dev.remora.remote.archive;

import static dev.remora.remote.archive.ZipRecords.uint16;
import static dev.remora.remote.archive.ZipRecords.uint32;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * Reads a zip by its central directory, where links show, and refuses every zip that another reader
 * might read otherwise: what an entry says of itself – in the directory, before its content, and
 * after it – must be one thing, and true; and every byte before the directory belongs to exactly
 * one entry. All of that is checked before anything inflates, except what only inflating shows.
 */
final class ZipReader {
  private static final int CENTRAL = 0x02014B50;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL = 0x04034B50;
  private static final int LOCAL_LENGTH = 30;
  private static final int DESCRIPTOR = 0x08074B50;

  /** The type of a file among the bits of its Unix mode. */
  private static final int TYPE_BITS = 0170000;

  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;

  private final ReceivedBytes data;
  private final ZipRecords records;
  private final EntrySink sink;

  ZipReader(ReceivedBytes data, EntrySink sink) {
    this.data = data;
    this.records = new ZipRecords(data);
    this.sink = sink;
  }

  /** An entry of the directory, and the plain name that the sink knows it by. */
  private record Listed(ZipHeader header, String name, long start) {}

  /** An entry and the bytes that are its own, from its local header to its descriptor. */
  private record Located(Listed listed, long content, long end) {
    long start() {
      return listed.start();
    }

    ZipHeader header() {
      return listed.header();
    }
  }

  /**
   * Gives all entries to the sink.
   *
   * @throws IOException if it is no zip
   */
  void read() throws IOException {
    ZipDirectory directory = ZipDirectory.of(records);
    List<Located> entries = new ArrayList<>();
    for (Listed listed : listed(directory)) {
      entries.add(located(listed, directory.start()));
    }
    checkCover(entries, directory.start());
    for (Located entry : entries) {
      unpack(entry);
    }
  }

  private List<Listed> listed(ZipDirectory directory) throws IOException {
    List<Listed> entries = new ArrayList<>();
    long at = directory.start();
    while (at < directory.end()) {
      ByteBuffer fixed = records.at(at, CENTRAL_LENGTH);
      int nameLength = uint16(fixed.position(28));
      int extraLength = uint16(fixed);
      int commentLength = uint16(fixed);
      if (fixed.getInt(0) != CENTRAL) {
        throw new ZipException("its directory is broken");
      }
      at += CENTRAL_LENGTH;
      byte[] name = records.at(at, nameLength).array();
      ByteBuffer extra = records.at(at + nameLength, extraLength);
      ByteBuffer zip64 = ZipHeader.zip64(extra);
      ZipHeader header = ZipHeader.of(ZipHeader.name(name, extra), fixed.position(8), zip64);
      long start = ZipHeader.wide(uint32(fixed.position(42)), zip64);
      entries.add(new Listed(header, claimed(header, fixed.getInt(38) >>> 16), start));
      at += nameLength + extraLength + commentLength;
    }
    if (at != directory.end() || entries.size() != directory.entries()) {
      throw new ZipException("its directory does not hold what its end record says");
    }
    return entries;
  }

  /** Checks what the directory says of an entry, and counts it; its plain name. */
  private String claimed(ZipHeader header, int unixMode) {
    boolean isDirectory = header.isDirectory();
    String name = isDirectory ? sink.directory(header.name()) : sink.claim(header.name());
    int type = unixMode & TYPE_BITS; // zero where no Unix wrote it
    if (type != 0 && type != REGULAR && !(isDirectory && type == DIRECTORY)) {
      throw header.refused("the entry is a link or another special file");
    }
    if (header.isEncrypted()) {
      throw header.refused("the entry is encrypted");
    }
    if (header.method() != ZipEntry.STORED && header.method() != ZipEntry.DEFLATED) {
      throw header.refused(
          String.format(Locale.ROOT, "compression method %d is not supported", header.method()));
    }
    if (header.method() == ZipEntry.STORED && header.packed() != header.size()) {
      throw header.refused("it is stored, yet has two lengths");
    }
    return name;
  }

  /** Compares what stands before and after the content with what the directory says. */
  private Located located(Listed listed, long directory) throws IOException {
    ZipHeader header = listed.header();
    ByteBuffer fixed = records.at(listed.start(), LOCAL_LENGTH);
    int nameLength = uint16(fixed.position(26));
    int extraLength = uint16(fixed);
    if (fixed.getInt(0) != LOCAL) {
      throw header.refused("its local header is missing");
    }
    long at = listed.start() + LOCAL_LENGTH;
    byte[] name = records.at(at, nameLength).array();
    ByteBuffer extra = records.at(at + nameLength, extraLength);
    ZipHeader local =
        ZipHeader.of(ZipHeader.name(name, extra), fixed.position(6), ZipHeader.zip64(extra));
    if (!(header.hasDescriptor() ? local.filledFrom(header) : local).equals(header)) {
      throw header.refused(
          String.format(
              Locale.ROOT,
              "its local header says something else than the directory: %s, %s; %s",
              Printable.of(local.name(), Printable.NAME),
              local.numbers(),
              header.numbers()));
    }
    long content = at + nameLength + extraLength;
    if (header.packed() < 0 || header.packed() > directory - content) {
      throw header.refused("its content reaches into the directory");
    }
    long end = content + header.packed();
    return new Located(
        listed, content, header.hasDescriptor() ? afterDescriptor(header, end, directory) : end);
  }

  /**
   * Where a descriptor ends: its mark may be missing, and its sizes have 8 bytes or 4. (8 first:
   * what follows 4 cannot be taken for them, while the other way round an empty file could.)
   */
  private long afterDescriptor(ZipHeader header, long at, long directory) throws ZipException {
    for (boolean marked : new boolean[] {true, false}) {
      for (int width : new int[] {Long.BYTES, Integer.BYTES}) {
        long end = at + (marked ? 8 : 4) + 2L * width;
        if (end <= directory && isDescriptor(at, (int) (end - at), marked, width, header)) {
          return end;
        }
      }
    }
    throw header.refused("its data descriptor says something else than the directory");
  }

  private boolean isDescriptor(long at, int length, boolean marked, int width, ZipHeader header)
      throws ZipException {
    ByteBuffer record = records.at(at, length);
    return (!marked || record.getInt() == DESCRIPTOR)
        && uint32(record) == header.crc()
        && (width == Long.BYTES ? record.getLong() : uint32(record)) == header.packed()
        && (width == Long.BYTES ? record.getLong() : uint32(record)) == header.size();
  }

  /** Refuses bytes that belong to several entries, or to none. */
  private static void checkCover(List<Located> entries, long directory) throws ZipException {
    List<Located> inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparingLong(Located::start));
    long covered = 0;
    for (Located entry : inOrder) {
      if (entry.start() < covered) {
        throw entry.header().refused("it shares bytes with another entry");
      }
      if (entry.start() > covered) {
        throw entry.header().refused("before it are bytes that belong to no entry");
      }
      covered = entry.end();
    }
    if (covered != directory) {
      throw new ZipException("before its directory are bytes that belong to no entry");
    }
  }

  private void unpack(Located entry) throws IOException {
    ZipHeader header = entry.header();
    CRC32 crc = new CRC32();
    InputStream packed = data.open(entry.content(), header.packed());
    if (header.method() == ZipEntry.STORED) {
      take(entry.listed(), new CheckedInputStream(packed, crc));
    } else {
      inflate(entry.listed(), packed, crc);
    }
    if (crc.getValue() != header.crc()) {
      throw header.refused("its content has another CRC-32 than its header says");
    }
  }

  private void inflate(Listed entry, InputStream packed, CRC32 crc) {
    ZipHeader header = entry.header();
    Inflater inflater = new Inflater(true);
    try {
      InputStream content = new InflaterInputStream(packed, inflater, 1 << 16);
      take(entry, new CheckedInputStream(content, crc));
      if (inflater.getBytesWritten() != header.size()
          || inflater.getBytesRead() != header.packed()) {
        throw header.refused("its content has another length than its header says");
      }
    } catch (IOException e) {
      throw new BundleException(
          Rule.C3, entry.name(), "it cannot be inflated: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private void take(Listed entry, InputStream content) throws IOException {
    if (!entry.header().isDirectory()) {
      sink.content(entry.name(), content);
    } else if (content.read() >= 0) {
      throw entry.header().refused("a directory has no content");
    }
  }
}
