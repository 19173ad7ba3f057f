/** The model BPE. */
@NullMarked
package dev.remora.engine.bpe;

import org.jspecify.annotations.NullMarked;
