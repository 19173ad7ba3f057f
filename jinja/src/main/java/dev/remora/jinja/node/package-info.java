/** The syntax tree: immutable records, without behaviour of their own. */
@NullMarked
package dev.remora.jinja.node;

import org.jspecify.annotations.NullMarked;
