/**
 * The files of one tokenizer. A {@link dev.remora.bundle.TokenizerBundle} exists only verified: its
 * {@link dev.remora.bundle.Fingerprint} says how.
 */
@NullMarked
package dev.remora.bundle;

import org.jspecify.annotations.NullMarked;
