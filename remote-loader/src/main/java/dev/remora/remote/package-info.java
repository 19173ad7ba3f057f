/**
 * Fetches the tokenizer of an inference worker over gRPC: {@link dev.remora.remote.Tokenizers} is
 * the short way, {@link dev.remora.remote.RemoteTokenizerLoader} the one with every choice.
 *
 * <p>{@code Failover} leads a load over its workers, and {@code TryResult} says what each try
 * means. The rest has rooms of its own, which import each other one way and never this package:
 * {@code stream} goes from a call to verified bytes, {@code archive} from those to a bundle, {@code
 * registry} keeps what a {@link dev.remora.remote.TokenizerRegistry} shares, {@code cache} the
 * bundles of a {@link dev.remora.remote.TokenizerCache}, {@code workers} what a {@link
 * dev.remora.remote.ModelWorkers} knows of each worker.
 */
@NullMarked
package dev.remora.remote;

import org.jspecify.annotations.NullMarked;
