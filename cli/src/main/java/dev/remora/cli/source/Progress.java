package dev.remora.cli.source;

import dev.remora.Attempt;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.remote.LoadListener;
import dev.remora.remote.TokenizerSource;
import dev.remora.text.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal while a bundle streams; nothing where the output is not a terminal. */
final class Progress implements LoadListener, AutoCloseable {
  /** Set by the remora script: since Java 22, System.console() tells no more. */
  private static final String TERMINAL = "remora.terminal";

  private static final long KIB = 1 << 10;

  private final PrintWriter err;
  private final boolean terminal;
  private @Nullable ProgressBar bar;

  private Progress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  static Progress onTerminal(PrintWriter err) {
    err.flush();
    return new Progress(err, Boolean.getBoolean(TERMINAL));
  }

  @Override
  public void movedOn(TokenizerSource from, TokenizerException failure, TokenizerSource to) {
    close();
    err.println(Printable.of(from + ": " + failure.getMessage() + "; trying " + to));
    err.flush();
  }

  @Override
  public void attemptStarted(String worker, String service) {
    close();
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(worker)
              .setInitialMax(-1)
              .setUnit("KiB", KIB)
              .setUpdateIntervalMillis(100)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
  }

  @Override
  public void bytesReceived(long total) {
    if (bar != null) {
      bar.stepTo(total);
    }
  }

  @Override
  public void verified(
      BundleDialect dialect, BundleFormat format, long bytes, Duration fetching, Duration hashing) {
    close();
  }

  @Override
  public void attemptFailed(Attempt attempt) {
    close();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
