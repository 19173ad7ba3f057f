/** Splitters: where a text is cut into pre-tokens, by scanners in place of regexes. */
@NullMarked
package dev.remora.engine.split;

import org.jspecify.annotations.NullMarked;
