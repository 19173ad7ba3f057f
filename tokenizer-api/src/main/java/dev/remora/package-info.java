/**
 * The tokenizer of an inference worker, inside this JVM: {@link dev.remora.Tokenizer} encodes and
 * decodes with exactly the worker's ids, and every failure is a {@link
 * dev.remora.TokenizerException}.
 */
@NullMarked
package dev.remora;

import org.jspecify.annotations.NullMarked;
