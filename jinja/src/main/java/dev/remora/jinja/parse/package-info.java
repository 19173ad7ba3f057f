/** Source to syntax tree. */
@NullMarked
package dev.remora.jinja.parse;

import org.jspecify.annotations.NullMarked;
