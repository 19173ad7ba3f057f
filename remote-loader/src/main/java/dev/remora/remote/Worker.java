package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.BundleException;
import dev.remora.FingerprintException;
import dev.remora.LimitException;
import dev.remora.LoadException;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.proto.WorkerService;
import io.grpc.Channel;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One worker of a load: tries it, service by service, and remembers how that went. */
final class Worker {
  private final Channel channel;
  private final LoadOptions options;
  private int tries;
  private int wrongFingerprints;

  Worker(Channel channel, LoadOptions options) {
    this.channel = channel;
    this.options = options;
  }

  /** A try that failed: why, what that means, and the record of it. */
  record Failure(TokenizerException exception, Verdict verdict, Attempt attempt) {}

  /** Thrown by {@link #attempt} alone, and caught by the failover. */
  static final class FailedTry extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    FailedTry(Failure failure) {
      super(failure.exception());
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  /** Whether the worker may be tried again after this failure. */
  boolean mayRetry(Failure failure, boolean alone) {
    if (failure.exception() instanceof FingerprintException) {
      wrongFingerprints++;
    }
    // Bytes that do not fit are fetched once more: elsewhere, if there is an elsewhere.
    boolean spoilt = wrongFingerprints > (alone ? 1 : 0);
    return failure.verdict() == Verdict.RETRY && tries < options.maxTries() && !spoilt;
  }

  /** Asks the services in turn until one is there. */
  <T> T attempt(LoadDeadline deadline, BundleUse<T> use) throws FailedTry {
    tries++;
    long start = System.nanoTime();
    for (String service : options.services()) {
      try {
        deadline.check();
        options.listener().attemptStarted(authority(), service);
        return ask(service, deadline, use);
      } catch (StatusException e) {
        Verdict verdict = Verdict.of(e.getStatus());
        if (verdict != Verdict.NEXT_SERVICE) {
          TokenizerException exception = Verdict.exception(e.getStatus());
          boolean local = exception instanceof LimitException;
          throw failed(exception, local ? Verdict.NEXT_WORKER : verdict, service, start);
        }
      } catch (TokenizerException e) {
        throw failed(e, Verdict.of(e), service, start);
      }
    }
    List<String> services = options.services();
    LoadException none =
        new LoadException(Rule.C7, "UNIMPLEMENTED", "the worker has no GetTokenizer", null);
    throw failed(none, Verdict.NEXT_WORKER, String.join(",", services), start);
  }

  private FailedTry failed(
      TokenizerException exception, Verdict verdict, String service, long start) {
    String status = exception instanceof LoadException load ? load.status() : exception.kind();
    Attempt attempt =
        new Attempt(
            authority(),
            service,
            status,
            String.valueOf(exception.getMessage()),
            Duration.ofNanos(System.nanoTime() - start));
    options.listener().attemptFailed(attempt);
    return new FailedTry(new Failure(exception, verdict, attempt));
  }

  private <T> T ask(String service, LoadDeadline deadline, BundleUse<T> use)
      throws StatusException {
    BundleStream.Received received;
    try (WorkerCall call =
        WorkerCall.start(channel, service, WorkerService.GET_TOKENIZER, options, deadline)) {
      long start = System.nanoTime();
      StreamHash hash = new StreamHash(options.maxStreamedBytes());
      BundleStream stream = begin(call, hash);
      Optional<T> known = stream.announced().flatMap(use::known);
      if (known.isPresent()) {
        return known.get(); // rule A5: closing the call cancels it
      }
      received = drain(call, stream, hash);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      options
          .listener()
          .verified(
              received.dialect(),
              received.format().wireName(),
              hash.bytes(),
              elapsed.minus(hash.elapsed()),
              hash.elapsed());
    }
    try (ModelClaims claims = ModelClaims.ask(channel, service, options, deadline)) {
      long start = System.nanoTime();
      TokenizerBundle bundle = Unpacker.unpack(received, options, deadline);
      options.listener().unpacked(bundle, Duration.ofNanos(System.nanoTime() - start));
      return use.use(bundle, claims);
    }
  }

  private BundleStream begin(WorkerCall call, StreamHash hash) throws StatusException {
    byte[] first = call.next();
    if (first == null) {
      throw new BundleException(Rule.B3, null, "the stream ended without a message");
    }
    BundleStream stream = Dialect.of(first).open(hash, options);
    stream.accept(first);
    options.listener().bytesReceived(hash.bytes());
    return stream;
  }

  private BundleStream.Received drain(WorkerCall call, BundleStream stream, StreamHash hash)
      throws StatusException {
    for (byte[] message = call.next(); message != null; message = call.next()) {
      stream.accept(message);
      options.listener().bytesReceived(hash.bytes());
    }
    return stream.finish();
  }

  private String authority() {
    return String.valueOf(channel.authority());
  }
}
