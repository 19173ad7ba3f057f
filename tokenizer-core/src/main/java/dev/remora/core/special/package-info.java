/**
 * Which tokens are special, by the rules of transformers 5: one resolution, which the tokenizer,
 * its decoder, the chat template and {@code inspect} all ask.
 */
@NullMarked
package dev.remora.core.special;

import org.jspecify.annotations.NullMarked;
