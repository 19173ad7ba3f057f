package dev.remora.cli.verb;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A failure that is the command's own, such as a line of the input that is no JSON. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** What cannot be read or written, and why. */
  public static CommandFailure of(String name, IOException cause) {
    return new CommandFailure(name + ": " + reason(cause), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (cause instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    boolean says = cause.getMessage() != null && cause.getClass() == IOException.class;
    return says ? String.valueOf(cause.getMessage()) : cause.toString();
  }
}
