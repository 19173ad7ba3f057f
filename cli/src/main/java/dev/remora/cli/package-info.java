/** The {@code remora} command: one class a verb, and what they share. */
@NullMarked
package dev.remora.cli;

import org.jspecify.annotations.NullMarked;
