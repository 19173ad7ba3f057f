/** The archives that a worker sends, as far as Java has no writer of them. */
@NullMarked
package dev.remora.server.archive;

import org.jspecify.annotations.NullMarked;
