/**
 * A tokenizer as data: {@link dev.remora.core.definition.TokenizerDefinition}, whichever form its
 * bundle had. Each component that Hugging Face tokenizers 0.21 knows is a record of a sealed type,
 * read once; what two modules must agree on about a tokenizer is said here and nowhere else.
 */
@NullMarked
package dev.remora.core.definition;

import org.jspecify.annotations.NullMarked;
