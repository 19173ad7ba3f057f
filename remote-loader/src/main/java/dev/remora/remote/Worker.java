package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.BundleException;
import dev.remora.FingerprintException;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.proto.WorkerService;
import dev.remora.remote.TryResult.Failed;
import dev.remora.remote.TryResult.Loaded;
import dev.remora.remote.TryResult.NextStep;
import dev.remora.remote.TryResult.Unsuccessful;
import dev.remora.remote.archive.PackedBundle;
import dev.remora.remote.archive.Unpacker;
import dev.remora.remote.stream.BundleStream;
import dev.remora.remote.stream.BundleUse;
import dev.remora.remote.stream.LoadDeadline;
import dev.remora.remote.stream.StreamHash;
import dev.remora.remote.stream.WorkerCall;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One worker of a load: tries it, service by service, and remembers how that went. */
final class Worker {
  private final Channel channel;
  private final LoadOptions options;
  private final Consumer<Attempt> attempts;
  private int tries;
  private int wrongFingerprints;

  /**
   * @param attempts gets every try that fails
   */
  Worker(Channel channel, LoadOptions options, Consumer<Attempt> attempts) {
    this.channel = channel;
    this.options = options;
    this.attempts = attempts;
  }

  /** Whether the worker may be tried again after this result. */
  boolean mayRetry(Unsuccessful<?> result, boolean alone) {
    if (result.reason() instanceof FingerprintException) {
      wrongFingerprints++;
    }
    // Bytes that do not fit are fetched once more: from another worker, if there is one.
    boolean spoilt = wrongFingerprints > (alone ? 1 : 0);
    boolean more = tries < options.maxAttempts().orElse(Integer.MAX_VALUE);
    return result.next() == NextStep.RETRY && more && !spoilt;
  }

  /** Asks the services in turn until the worker has one. */
  <T> TryResult<T> tryOnce(LoadDeadline deadline, BundleUse<T> use) {
    tries++;
    if (channel instanceof ManagedChannel managed) {
      managed.resetConnectBackoff(); // its own pauses grow to two minutes
    }
    long start = System.nanoTime();
    List<String> asked = new ArrayList<>();
    Set<String> said = new LinkedHashSet<>();
    for (String service : options.services()) {
      asked.add(service);
      TryResult<T> result = ask(service, deadline, use);
      if (!(result instanceof Failed<T> failed && failed.isUnimplemented())) {
        return result instanceof Unsuccessful<T> none ? noted(none, asked, start) : result;
      }
      said.add(failed.reason().problem());
    }
    return noted(nowhere(said, deadline), asked, start);
  }

  private <T> Unsuccessful<T> nowhere(Set<String> said, LoadDeadline deadline) {
    try {
      return new Failed<>(new NoGetTokenizer(channel, options, deadline).failure(said));
    } catch (RuntimeException | Error e) {
      return unsuccessful(e, deadline);
    }
  }

  private <T> Unsuccessful<T> noted(Unsuccessful<T> result, List<String> asked, long start) {
    Attempt attempt =
        new Attempt(
            authority(),
            asked,
            result.outcome(),
            String.valueOf(result.reason().getMessage()),
            Duration.ofNanos(System.nanoTime() - start));
    attempts.accept(attempt);
    options.listener().attemptFailed(attempt);
    return result;
  }

  private <T> TryResult<T> ask(String service, LoadDeadline deadline, BundleUse<T> use) {
    try {
      deadline.check();
      options.listener().attemptStarted(authority(), service);
      return new Loaded<>(load(service, deadline, use));
    } catch (StatusException | RuntimeException | Error e) {
      return unsuccessful(e, deadline);
    }
  }

  /** The one place where what ended a try becomes its result. */
  private static <T> Unsuccessful<T> unsuccessful(Throwable thrown, LoadDeadline deadline) {
    if (thrown instanceof TokenizerException failure) {
      return TryResult.of(failure);
    }
    Status status =
        thrown instanceof StatusException call
            ? call.getStatus()
            : thrown instanceof StatusRuntimeException interceptors
                ? interceptors.getStatus()
                : Status.OK;
    return status.isOk() ? TryResult.unexpected(thrown) : TryResult.of(status, deadline);
  }

  private <T> T load(String service, LoadDeadline deadline, BundleUse<T> use)
      throws StatusException {
    Supplier<TokenizerBundle> received;
    try (WorkerCall call =
        WorkerCall.start(
            channel, service, WorkerService.GET_TOKENIZER, options.callLimits(), deadline)) {
      long start = System.nanoTime();
      StreamHash hash = new StreamHash(options.maxStreamedBytes());
      BundleStream stream = begin(call, hash);
      Optional<T> known = stream.announced().flatMap(use::known);
      if (known.isPresent()) {
        return known.get(); // rule A5: closing the call cancels it
      }
      Optional<TokenizerBundle> stored = stream.announced().flatMap(use::stored);
      received = stored.isPresent() ? stored::get : verified(call, stream, hash, start, deadline);
    }
    try (ModelClaims claims = ModelClaims.ask(channel, service, options, deadline)) {
      return use.use(received.get(), deadline, claims::check);
    }
  }

  /** Receives the rest of the stream, and verifies it; it is unpacked when it is asked for. */
  private Supplier<TokenizerBundle> verified(
      WorkerCall call, BundleStream stream, StreamHash hash, long start, LoadDeadline deadline)
      throws StatusException {
    PackedBundle packed = drain(call, stream, hash);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    options
        .listener()
        .verified(
            stream.dialect(),
            packed.format(),
            hash.bytes(),
            elapsed.minus(hash.elapsed()),
            hash.elapsed());
    return () -> unpacked(packed, deadline);
  }

  private TokenizerBundle unpacked(PackedBundle packed, LoadDeadline deadline) {
    long start = System.nanoTime();
    TokenizerBundle bundle = Unpacker.unpack(packed, options.limits(), deadline);
    options.listener().unpacked(bundle, Duration.ofNanos(System.nanoTime() - start));
    return bundle;
  }

  private BundleStream begin(WorkerCall call, StreamHash hash) throws StatusException {
    byte[] first = call.next();
    if (first == null) {
      throw new BundleException(Rule.B3, null, "the stream ended without a message");
    }
    BundleStream stream =
        BundleStream.startingWith(first, hash, options.fingerprints(), options.maxEntries());
    stream.accept(first);
    options.listener().bytesReceived(hash.bytes());
    return stream;
  }

  private PackedBundle drain(WorkerCall call, BundleStream stream, StreamHash hash)
      throws StatusException {
    for (byte[] message = call.next(); message != null; message = call.next()) {
      stream.accept(message);
      options.listener().bytesReceived(hash.bytes());
    }
    return stream.finish();
  }

  @Override
  public String toString() {
    return authority() + " after " + tries + " tries";
  }

  private String authority() {
    return String.valueOf(channel.authority());
  }
}
