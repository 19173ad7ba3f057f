/** The tokens of a tokenizer: the model's vocabulary, its merges, and the added tokens. */
@NullMarked
package dev.remora.core.vocabulary;

import org.jspecify.annotations.NullMarked;
