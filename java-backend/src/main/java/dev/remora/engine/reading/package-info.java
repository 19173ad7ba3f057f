/** What a reader makes of a part of a definition: its runtime form, or the reason to decline. */
@NullMarked
package dev.remora.engine.reading;

import org.jspecify.annotations.NullMarked;
