/** Pre-tokens as the models see them: keys, blocks, caches, and the vocabulary by bytes. */
@NullMarked
package dev.remora.engine.word;

import org.jspecify.annotations.NullMarked;
