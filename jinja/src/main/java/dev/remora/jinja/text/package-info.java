/** Python's view of characters and numbers, on plain Java strings. Knows no values. */
@NullMarked
package dev.remora.jinja.text;

import org.jspecify.annotations.NullMarked;
