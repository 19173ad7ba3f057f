/** Where native libraries stand while they are loaded. */
@NullMarked
package dev.remora.core.natives;

import org.jspecify.annotations.NullMarked;
