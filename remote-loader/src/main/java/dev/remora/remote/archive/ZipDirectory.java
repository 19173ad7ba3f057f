package dev.remora.remote.archive;

import static dev.remora.remote.archive.ZipRecords.uint16;
import static dev.remora.remote.archive.ZipRecords.uint32;

import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/**
 * Where the central directory of a zip stands, by the records at the zip's end, which follow it
 * without a gap and must agree.
 *
 * @param entries how many entries it has
 */
record ZipDirectory(long start, long end, long entries) {
  private static final int END = 0x06054B50;
  private static final int END_LENGTH = 22;
  private static final int ZIP64_LOCATOR = 0x07064B50;
  private static final int ZIP64_LOCATOR_LENGTH = 20;
  private static final int ZIP64_END = 0x06064B50;
  private static final int ZIP64_END_LENGTH = 56;

  /** How much of a zip64 end record its own length does not count. */
  private static final int ZIP64_END_UNCOUNTED = 12;

  /** What stands in the place of a number that the zip64 end record has. */
  private static final int SHORT_IN_ZIP64 = 0xFFFF;

  private static final long IN_ZIP64 = 0xFFFFFFFFL;

  /**
   * Finds the directory.
   *
   * @throws ZipException if the end of the zip is broken, or contradicts itself
   */
  static ZipDirectory of(ZipRecords zip) throws ZipException {
    long at = endRecord(zip);
    ByteBuffer end = zip.at(at, END_LENGTH);
    int here = uint16(end.position(8));
    int entries = uint16(end);
    long length = uint32(end);
    long start = uint32(end);
    long locator = at - ZIP64_LOCATOR_LENGTH;
    if (locator < 0 || zip.at(locator, ZIP64_LOCATOR_LENGTH).getInt() != ZIP64_LOCATOR) {
      return checked(here, entries, start, length, at);
    }
    long wideAt = zip.at(locator, ZIP64_LOCATOR_LENGTH).getLong(8);
    ByteBuffer wide = zip.at(wideAt, ZIP64_END_LENGTH);
    if (wide.getInt(0) != ZIP64_END || wide.getLong(4) != locator - wideAt - ZIP64_END_UNCOUNTED) {
      throw new ZipException("its zip64 end record is not where it should be");
    }
    if (isOther(entries, SHORT_IN_ZIP64, wide.getLong(32))
        || isOther(length, IN_ZIP64, wide.getLong(40))
        || isOther(start, IN_ZIP64, wide.getLong(48))) {
      throw new ZipException("its two end records contradict each other");
    }
    return checked(wide.getLong(24), wide.getLong(32), wide.getLong(48), wide.getLong(40), wideAt);
  }

  private static boolean isOther(long number, long inZip64, long wide) {
    return number != inZip64 && number != wide;
  }

  /**
   * Compares.
   *
   * @param here how many of the entries are in this part of the zip, which has but one
   * @param next where what follows the directory stands
   */
  private static ZipDirectory checked(long here, long entries, long start, long length, long next)
      throws ZipException {
    if (here != entries) {
      throw new ZipException("it is one part of several");
    }
    if (start < 0 || start > next || length != next - start) {
      throw new ZipException("its directory is not where its end record says");
    }
    return new ZipDirectory(start, next, entries);
  }

  /** The last end record whose comment ends where the zip does. */
  private static long endRecord(ZipRecords zip) throws ZipException {
    long last = zip.size() - END_LENGTH;
    for (long at = last; at >= 0 && at >= last - 0xFFFF; at--) {
      ByteBuffer record = zip.at(at, END_LENGTH);
      if (record.getInt(0) == END && uint16(record.position(20)) == last - at) {
        return at;
      }
    }
    throw new ZipException("it has no end record");
  }
}
