/**
 * A worker's {@code GetTokenizer} over a real socket, for demos, benchmarks and tests: {@link
 * dev.remora.server.TokenizerServer} serves the tokenizer files of a directory in either dialect,
 * and with a {@link dev.remora.server.Fault} does wrong what a router must bear. The guide is
 * {@code docs/testing-with-tokenizer-server.md}.
 *
 * <p>A bundle goes this way: files become a payload (an archive, or part after part), the payload
 * messages of the dialect, the messages steps, and each call takes the same steps. Faults change
 * what one of these stages gives to the next.
 */
@NullMarked
package dev.remora.server;

import org.jspecify.annotations.NullMarked;
