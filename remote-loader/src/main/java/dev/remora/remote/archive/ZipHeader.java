package dev.remora.remote.archive;

import static dev.remora.remote.archive.ZipRecords.uint16;
import static dev.remora.remote.archive.ZipRecords.uint32;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.text.Printable;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * What both headers of a zip's entry say of it.
 *
 * @param flags those that say how it is read
 * @param packed bytes as they stand in the zip
 * @param size bytes of the content
 */
record ZipHeader(String name, int flags, int method, long crc, long packed, long size) {
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13; // also strongly, also the headers
  private static final int HAS_DESCRIPTOR = 1 << 3;

  private static final int ZIP64_FIELD = 1;
  private static final int UNICODE_NAME_FIELD = 0x7075;
  private static final int UNICODE_NAME_START = 5;

  /** What stands in the place of a number that the zip64 field has. */
  private static final long IN_ZIP64 = 0xFFFFFFFFL;

  /**
   * Reads the fields from the flags to the sizes, which both headers have in one order.
   *
   * @param zip64 the {@link #zip64 zip64 field}, which is read on
   */
  static ZipHeader of(String name, ByteBuffer fixed, ByteBuffer zip64) throws ZipException {
    int flags = uint16(fixed) & (ENCRYPTED | HAS_DESCRIPTOR);
    int method = uint16(fixed);
    fixed.getInt(); // time and date
    long crc = uint32(fixed);
    long packed = uint32(fixed);
    long size = wide(uint32(fixed), zip64);
    return new ZipHeader(name, flags, method, crc, wide(packed, zip64), size);
  }

  /** A number, or the next one of the zip64 field if it stands there. */
  static long wide(long number, ByteBuffer zip64) throws ZipException {
    if (number != IN_ZIP64) {
      return number;
    }
    if (zip64.remaining() < Long.BYTES) {
      throw new ZipException("a zip64 field is missing");
    }
    return zip64.getLong();
  }

  /** The zip64 field among the extra ones; empty if there is none. */
  static ByteBuffer zip64(ByteBuffer extra) {
    return field(extra, ZIP64_FIELD);
  }

  /**
   * The name of a header, which is UTF-8 whether or not the entry says so.
   *
   * @throws BundleException if it is not, or if an extra field has another
   */
  static String name(byte[] raw, ByteBuffer extra) {
    String name = EntryName.decoded(raw);
    ByteBuffer unicode = field(extra, UNICODE_NAME_FIELD);
    if (unicode.remaining() >= UNICODE_NAME_START) {
      byte[] other = new byte[unicode.remaining() - UNICODE_NAME_START];
      unicode.position(unicode.position() + UNICODE_NAME_START).get(other);
      if (!EntryName.decoded(other).equals(name)) {
        throw refused(name, "it is named otherwise in an extra field");
      }
    }
    return name;
  }

  private static ByteBuffer field(ByteBuffer extra, int wanted) {
    ByteBuffer field = extra.duplicate().order(extra.order());
    while (field.remaining() >= 4) {
      int id = uint16(field);
      int length = uint16(field);
      int end = field.position() + Math.min(length, field.remaining());
      if (id == wanted) {
        return field.limit(end);
      }
      field.position(end);
    }
    return field.position(field.limit());
  }

  boolean isDirectory() {
    return name.endsWith("/");
  }

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }

  /** Whether what its local header leaves out stands behind its content. */
  boolean hasDescriptor() {
    return (flags & HAS_DESCRIPTOR) != 0;
  }

  /** A local header whose zeros are filled in from the directory: where a descriptor has them. */
  ZipHeader filledFrom(ZipHeader directory) {
    return new ZipHeader(
        name,
        flags,
        method,
        crc == 0 ? directory.crc : crc,
        packed == 0 ? directory.packed : packed,
        size == 0 ? directory.size : size);
  }

  /** Refuses the entry. */
  BundleException refused(String problem) {
    return refused(name, problem);
  }

  private static BundleException refused(String name, String problem) {
    return new BundleException(Rule.C3, Printable.of(name, Printable.NAME), problem);
  }

  /** Without the name. */
  String numbers() {
    return String.format(
        Locale.ROOT,
        "flags %x, method %d, CRC-32 %08x, %d bytes packed, %d unpacked",
        flags,
        method,
        crc,
        packed,
        size);
  }
}
