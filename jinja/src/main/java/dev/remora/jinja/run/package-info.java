/** Evaluates a syntax tree. */
@NullMarked
package dev.remora.jinja.run;

import org.jspecify.annotations.NullMarked;
