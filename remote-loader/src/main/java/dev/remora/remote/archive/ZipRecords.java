package dev.remora.remote.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/** The records of a zip by where they stand, whose numbers are little-endian and unsigned. */
record ZipRecords(ReceivedBytes data) {
  long size() {
    return data.size();
  }

  /**
   * A record of this length.
   *
   * @throws ZipException if it is not inside of the zip
   */
  ByteBuffer at(long position, int length) throws ZipException {
    if (position < 0 || position > size() - length) {
      throw new ZipException("it refers to what it does not hold");
    }
    return ByteBuffer.wrap(data.bytes(position, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int uint16(ByteBuffer record) {
    return record.getShort() & 0xFFFF;
  }

  static long uint32(ByteBuffer record) {
    return record.getInt() & 0xFFFFFFFFL;
  }
}
