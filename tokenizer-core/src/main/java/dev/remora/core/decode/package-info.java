/** The one decoder: ids to text, over bytes, at once or while the ids arrive. */
@NullMarked
package dev.remora.core.decode;

import org.jspecify.annotations.NullMarked;
