/** Python's ways of formatting values: {@code %}, {@code str.format} and {@code strftime}. */
@NullMarked
package dev.remora.jinja.format;

import org.jspecify.annotations.NullMarked;
