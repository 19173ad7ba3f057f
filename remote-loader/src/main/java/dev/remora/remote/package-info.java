/**
 * Fetches the tokenizer of an inference worker over gRPC: {@link dev.remora.remote.Tokenizers} is
 * the short way, {@link dev.remora.remote.RemoteTokenizerLoader} the one with every choice.
 *
 * <p>The pipeline is the list of files: a {@code WorkerCall} yields raw messages, the first of
 * which tells the {@code Dialect}; a {@code BundleStream} of that dialect collects them under the
 * limits and checks the fingerprint; an {@code Unpacker} turns the verified bytes into a bundle;
 * {@code Failover} decides after each failure where to go on.
 */
@NullMarked
package dev.remora.remote;

import org.jspecify.annotations.NullMarked;
