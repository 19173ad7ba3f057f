/** The end of a load, for what runs within it. */
@NullMarked
package dev.remora.core.guard;

import org.jspecify.annotations.NullMarked;
