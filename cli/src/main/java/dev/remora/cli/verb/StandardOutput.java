package dev.remora.cli.verb;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A stream whose failure ends the command. A {@link java.io.PrintWriter} remembers an {@link
 * IOException} and goes on, for ever if its input is endless; what this one throws passes through.
 */
public final class StandardOutput extends FilterOutputStream {
  private boolean failed;

  public StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int oneByte) {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failed) {
      return; // it was told once; what buffers still hold is lost
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failed = true;
      throw new Failure(e);
    }
  }

  /** Standard output cannot be written: the disk is full, or who read it is gone. */
  public static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The exit code of a process that the signal of a closed pipe ends. */
    public static final int READER_IS_GONE = 128 + 13;

    private final boolean readerIsGone;

    private Failure(IOException cause) {
      super("standard output: " + cause.getMessage(), cause);
      readerIsGone = "Broken pipe".equals(cause.getMessage());
    }

    /** Whether this is how {@code remora … | head -1} ends: no failure to tell of. */
    public boolean readerIsGone() {
      return readerIsGone;
    }
  }
}
