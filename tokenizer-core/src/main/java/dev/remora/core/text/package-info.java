/** Bytes and characters: UTF-8, read strictly or with replacement, and the byte-level alphabet. */
@NullMarked
package dev.remora.core.text;

import org.jspecify.annotations.NullMarked;
