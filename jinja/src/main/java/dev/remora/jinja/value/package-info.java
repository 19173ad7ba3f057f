/** The values of a template, each with Python's protocols for its type, and the budget they use. */
@NullMarked
package dev.remora.jinja.value;

import org.jspecify.annotations.NullMarked;
