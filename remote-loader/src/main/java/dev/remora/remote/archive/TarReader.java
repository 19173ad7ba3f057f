package dev.remora.remote.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.remora.BundleException;
import dev.remora.Rule;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar from front to end, as POSIX and GNU write it. After the last entry there may be
 * padding of zeros, and nothing else; all of it is read, so that what it was compressed with is
 * checked to its end too. Not thread-safe.
 */
final class TarReader {
  /** What a tar may hold between two files: headers, long names, padding. */
  private static final int MAX_HEADER_BYTES = 1 << 20;

  private static final byte[] ZEROS = new byte[TarHeader.BLOCK];

  private final InputStream in;
  private final EntrySink sink;
  private final Map<String, String> global = new HashMap<>();
  private final Map<String, String> local = new HashMap<>();
  private @Nullable String longName;
  private ByteBudget headerBytes = headerBudget();

  TarReader(InputStream in, EntrySink sink) {
    this.in = in;
    this.sink = sink;
  }

  private static ByteBudget headerBudget() {
    return new ByteBudget("bytes in a tar header", MAX_HEADER_BYTES);
  }

  /**
   * Gives all entries to the sink.
   *
   * @throws IOException if it is no tar
   */
  void read() throws IOException {
    byte[] block = nextBlock();
    while (block.length > 0 && !isZero(block)) {
      TarHeader header = TarHeader.of(block);
      switch (header.type()) {
        case 'L' -> longName = longName(metadata(header));
        case 'K' -> metadata(header); // the target of a link, which is refused
        case 'x', 'X' -> readRecords(metadata(header), local);
        case 'g' -> readRecords(metadata(header), global);
        default -> entry(header);
      }
      block = nextBlock();
    }
    if (longName != null || !local.isEmpty()) {
      throw new EOFException("the tar ends after a name that belongs to nothing");
    }
    while (block.length > 0) {
      if (!isZero(block)) {
        throw new IOException("there is data after the end of the tar");
      }
      block = nextBlock();
    }
  }

  private void entry(TarHeader header) throws IOException {
    Map<String, String> records = new HashMap<>(global);
    records.putAll(local);
    String plainName = longName == null ? header.name() : longName;
    String path = records.get("path");
    String name = path == null ? plainName : EntryName.decoded(path.getBytes(ISO_8859_1));
    boolean sparse = records.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
    local.clear();
    longName = null;
    headerBytes = headerBudget();
    if (header.isDirectory() || (header.isRegular() && name.endsWith("/"))) {
      sink.directory(name);
      if (header.size() != 0) {
        throw new BundleException(Rule.C3, name, "a directory has no content");
      }
      return;
    }
    String claimed = sink.claim(name);
    if (!header.isRegular() || sparse) {
      throw new BundleException(Rule.C3, claimed, "the entry is a link or another special file");
    }
    long size = records.containsKey("size") ? size(claimed, records) : header.size();
    sink.content(claimed, new Content(size));
    skipPadding(size);
  }

  private static long size(String name, Map<String, String> records) {
    String size = records.get("size");
    if (size == null || !size.matches("[0-9]{1,18}")) {
      throw new BundleException(Rule.C3, name, "its pax header has no length");
    }
    return Long.parseLong(size);
  }

  /** The content of a header that belongs to the next entry. */
  private byte[] metadata(TarHeader header) throws IOException {
    headerBytes.take(header.size());
    byte[] content = new Content(header.size()).readAllBytes();
    skipPadding(header.size());
    return content;
  }

  private static String longName(byte[] name) {
    return EntryName.decoded(TarHeader.text(name, 0, name.length));
  }

  /**
   * Reads records such as {@code 18 path=file.json} and a line end, whose length counts all of it.
   * Their text is bytes here: only a path need be UTF-8.
   */
  private static void readRecords(byte[] content, Map<String, String> records) throws IOException {
    int from = 0;
    while (from < content.length) {
      int space = from;
      int length = 0;
      while (space < content.length && content[space] >= '0' && content[space] <= '9') {
        length = Math.min(MAX_HEADER_BYTES, 10 * length + content[space++] - '0');
      }
      int last = from + length - 1;
      if (last <= space || last >= content.length || content[last] != '\n') {
        throw new IOException("a pax header of the tar is broken");
      }
      String record = new String(content, space + 1, last - space - 1, ISO_8859_1);
      int equals = record.indexOf('=');
      if (content[space] != ' ' || equals < 1) {
        throw new IOException("a pax header of the tar is broken");
      }
      String value = record.substring(equals + 1);
      if (value.isEmpty()) {
        records.remove(record.substring(0, equals));
      } else {
        records.put(record.substring(0, equals), value);
      }
      from = last + 1;
    }
  }

  /** The next block; empty at the end of the data. */
  private byte[] nextBlock() throws IOException {
    byte[] block = in.readNBytes(TarHeader.BLOCK);
    headerBytes.take(block.length);
    if (block.length > 0 && block.length < TarHeader.BLOCK) {
      throw new EOFException("the tar ends within a block");
    }
    return block;
  }

  private static boolean isZero(byte[] block) {
    return Arrays.equals(block, ZEROS);
  }

  private void skipPadding(long size) throws IOException {
    int padding = (int) (-size & (TarHeader.BLOCK - 1));
    if (in.readNBytes(padding).length < padding) {
      throw new EOFException("the tar ends within a block");
    }
  }

  /** So many of the next bytes. */
  private final class Content extends InputStream {
    private long left;

    Content(long size) {
      left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(target, from, (int) Math.min(left, length));
      if (read < 0) {
        throw new EOFException("the tar ends within a file");
      }
      left -= read;
      return read;
    }
  }
}
