/** Normalizers: what changes a text before it is split. */
@NullMarked
package dev.remora.engine.normalize;

import org.jspecify.annotations.NullMarked;
