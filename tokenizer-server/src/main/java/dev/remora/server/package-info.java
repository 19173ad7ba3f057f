/**
 * A worker's {@code GetTokenizer} over a real socket, for demos, benchmarks and tests: {@link
 * dev.remora.server.TokenizerServer} serves the tokenizer files of a folder in either dialect.
 */
@NullMarked
package dev.remora.server;

import org.jspecify.annotations.NullMarked;
