package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.remote.SourceChain.Link;
import dev.remora.remote.Sources.Directory;
import dev.remora.remote.Sources.InMemory;
import dev.remora.remote.Sources.Joined;
import dev.remora.remote.Sources.Kept;
import dev.remora.remote.Sources.ProvenDirectory;
import dev.remora.remote.Sources.Workers;
import dev.remora.remote.archive.LocalBundle;
import dev.remora.remote.registry.LoadedFrom;
import dev.remora.remote.stream.BundleUse;
import dev.remora.remote.stream.BundleUse.ModelCheck;
import dev.remora.remote.stream.CallFailure;
import dev.remora.remote.stream.LoadDeadline;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One load over its sources: each is tried until one gives a bundle of which the use is made. */
final class ChainLoad {
  private final SourceChain chain;
  private final LoadOptions options;
  private final LoadDeadline deadline;
  private final List<TokenizerException> passedOver = new ArrayList<>();

  ChainLoad(SourceChain chain, LoadOptions options, LoadDeadline deadline) {
    this.chain = chain;
    this.options = options;
    this.deadline = deadline;
  }

  /**
   * What the use makes of the first bundle that arrives and passes every check.
   *
   * @param discard gets what was made if the listener refuses it
   * @throws TokenizerException the last failure, with the attempts of every source
   */
  <T> LoadedFrom<T> run(BundleUse<T> use, Consumer<T> discard) {
    int place = chain.nextFrom(0);
    while (true) {
      Link link = chain.links().get(place);
      int next = chain.nextFrom(place + 1);
      boolean isLast = next == chain.links().size();
      T value;
      try {
        boolean brief = !chain.patient() || !isLast;
        value = load(link, brief, isLast ? deadline : deadline.half(), use);
      } catch (TokenizerException failure) {
        if (isLast || ends(failure, link)) {
          throw passedOver.isEmpty() ? failure : failure.withAttempts(attempts(failure));
        }
        passedOver.add(failure);
        options.listener().movedOn(link.source(), failure, chain.links().get(next).source());
        place = next;
        continue;
      }
      tellServing(link.source(), value, discard);
      return new LoadedFrom<>(value, place);
    }
  }

  private <T> void tellServing(TokenizerSource source, T value, Consumer<T> discard) {
    try {
      options.listener().serving(source, List.copyOf(passedOver));
    } catch (Throwable e) {
      discard.accept(value);
      throw e;
    }
  }

  private boolean ends(TokenizerException failure, Link link) {
    return deadline.end(failure).isPresent()
        || CallFailure.isOfTheJvm(failure.getCause())
        || !link.moveOn().contains(failure.kind());
  }

  private List<Attempt> attempts(TokenizerException last) {
    List<Attempt> all = new ArrayList<>();
    passedOver.forEach(failure -> all.addAll(failure.attempts()));
    all.addAll(last.attempts());
    return all;
  }

  private <T> T load(Link link, boolean brief, LoadDeadline until, BundleUse<T> use) {
    TokenizerSource source = link.source();
    if (source instanceof Workers workers) {
      return ask(channels(workers), link, brief, until, use);
    }
    if (source instanceof Joined joined) {
      List<Channel> serving = joined.workers().await(joined.model(), !brief, until);
      return ask(serving, link, brief, until, new ModelUse<>(use, joined));
    }
    if (source instanceof Kept last) {
      return use.use(lastKnown(last, until), until, ModelCheck.NONE);
    }
    if (source instanceof ProvenDirectory proven && use.buildsTokenizer()) {
      TokenizerBundle bundle = read(proven.path(), Fingerprint.probed(), until);
      Probes probes = new Probes(proven.worker(), options, until);
      return use.use(
          bundle,
          until,
          tokenizer -> {
            probes.check(tokenizer);
            return List.of();
          });
    }
    return use.use(local(source, until), until, ModelCheck.NONE);
  }

  private <T> T ask(
      List<Channel> workers, Link link, boolean brief, LoadDeadline until, BundleUse<T> use) {
    Failover failover = new Failover(workers, options, until, brief);
    return link.kept() == null
        ? failover.run(use)
        : new KeepingUse<>(use, link.kept(), until).keep(failover);
  }

  private TokenizerBundle lastKnown(Kept last, LoadDeadline until) {
    return last.cache()
        .lastKnown(last.name(), until)
        .orElseThrow(
            () ->
                new LoadException(
                    Rule.C7,
                    LoadStatus.NOT_FOUND,
                    last.cache() + " has no whole bundle of '" + last.name() + "'",
                    null));
  }

  private TokenizerBundle local(TokenizerSource source, LoadDeadline until) {
    if (source instanceof InMemory memory) {
      return memory.bundle();
    }
    return source instanceof ProvenDirectory proven
        ? read(proven.path(), Fingerprint.local(), until)
        : read(((Directory) source).path(), Fingerprint.local(), until);
  }

  private TokenizerBundle read(Path directory, Fingerprint fingerprint, LoadDeadline until) {
    return LocalBundle.read(directory, fingerprint, options.limits(), until);
  }

  private static List<Channel> channels(Workers workers) {
    try {
      return workers.channels().get();
    } catch (RuntimeException | Error e) {
      throw CallFailure.unexpected("the supplier of workers", e);
    }
  }

  @Override
  public String toString() {
    return "after " + passedOver;
  }
}
