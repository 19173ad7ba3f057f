/** The decoders of the reference that need all tokens at once; the core's decodes all others. */
@NullMarked
package dev.remora.engine.decode;

import org.jspecify.annotations.NullMarked;
