/**
 * For those who write an engine or a loader: {@link dev.remora.spi.TokenizerEngine} is found by
 * {@link java.util.ServiceLoader}, reads a {@link dev.remora.spi.TokenizerDefinition}, and {@link
 * dev.remora.spi.Engines} makes the {@link dev.remora.Tokenizer} from what it opens.
 */
@NullMarked
package dev.remora.spi;

import org.jspecify.annotations.NullMarked;
