/** A page on this machine that shows what is typed as tokens. */
@NullMarked
package dev.remora.cli.play;

import org.jspecify.annotations.NullMarked;
