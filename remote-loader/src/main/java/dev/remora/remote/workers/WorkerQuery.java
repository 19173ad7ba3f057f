package dev.remora.remote.workers;

import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.TokenizerBundle;
import io.grpc.Channel;
import java.util.Optional;
import java.util.function.Function;

/** How workers are asked, and bundles compared. What it throws is a TokenizerException. */
public interface WorkerQuery {
  /**
   * What a worker serves.
   *
   * @param bundle its bundle; empty where the fingerprint that it announced was known
   */
  record Answer(ServedBundle served, Optional<TokenizerBundle> bundle) {}

  /**
   * Asks a worker once what it serves.
   *
   * @param known what is known of a wire fingerprint; then nothing more is read (rule A5)
   */
  Answer ask(Channel worker, Function<String, Optional<ServedBundle>> known);

  /** The whole bundle of a worker, asked for once. */
  TokenizerBundle fetch(Channel worker);

  /** How a bundle differs from the expected one. */
  BundleDrift compare(TokenizerBundle expected, TokenizerBundle actual);

  /** The same of which only the facts of the files are at hand. */
  BundleDrift compare(ServedBundle expected, ServedBundle actual);
}
