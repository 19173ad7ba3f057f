package dev.remora.remote;

import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.BundleForms;
import dev.remora.forms.compare.BundleComparison;
import dev.remora.remote.stream.BundleUse;
import dev.remora.remote.stream.BundleUse.ModelCheck;
import dev.remora.remote.stream.LoadDeadline;
import dev.remora.remote.workers.ServedBundle;
import dev.remora.remote.workers.WorkerQuery;
import io.grpc.Channel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks one worker, once, by the options of loads. */
record WorkerInquiry(LoadOptions options) implements WorkerQuery {
  @Override
  public Answer ask(Channel worker, Function<String, Optional<ServedBundle>> known) {
    LoadDeadline deadline = LoadDeadline.after(options.timeout());
    Answer answer = once(worker, deadline, new Question(known));
    ServedBundle served = answer.served();
    ModelClaims.check(worker, options, deadline, served.idBound(), served.eosIds());
    return answer;
  }

  private <T> T once(Channel worker, LoadDeadline deadline, BundleUse<T> use) {
    return new Failover(List.of(worker), options, deadline, true).run(use);
  }

  private record Question(Function<String, Optional<ServedBundle>> of)
      implements BundleUse<Answer> {
    @Override
    public Optional<Answer> known(String fingerprint) {
      return of.apply(fingerprint).map(served -> new Answer(served, Optional.empty()));
    }

    /** Reads the tokenizer too: what is none serves nothing. */
    @Override
    public Answer use(TokenizerBundle bundle, BuildGuard guard, ModelCheck modelCheck) {
      TokenizerDefinition definition = BundleForms.define(bundle, guard);
      ServedBundle served =
          new ServedBundle(
              bundle.digest(),
              bundle.fingerprint(),
              bundle.files(),
              definition.vocabulary().idBound(),
              definition.specialTokens().eosIds());
      return new Answer(served, Optional.of(bundle));
    }
  }

  @Override
  public TokenizerBundle fetch(Channel worker) {
    return once(
        worker, LoadDeadline.after(options.timeout()), (bundle, guard, modelCheck) -> bundle);
  }

  @Override
  public BundleDrift compare(TokenizerBundle expected, TokenizerBundle actual) {
    return BundleComparison.compare(expected, actual, LoadDeadline.after(options.timeout()));
  }

  @Override
  public BundleDrift compare(ServedBundle expected, ServedBundle actual) {
    return BundleComparison.compare(expected.files(), actual.files());
  }
}
