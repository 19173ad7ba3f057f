/**
 * For those who write an engine or a loader: {@link dev.remora.core.engine.TokenizerEngine} is
 * found by {@link java.util.ServiceLoader}, reads a {@link
 * dev.remora.core.definition.TokenizerDefinition}, and {@link dev.remora.core.engine.Engines} makes
 * the {@link dev.remora.Tokenizer} from what it opens.
 */
@NullMarked
package dev.remora.core.engine;

import org.jspecify.annotations.NullMarked;
