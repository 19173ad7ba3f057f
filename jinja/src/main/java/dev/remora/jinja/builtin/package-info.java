/** What every template can use: operators, filters, tests, methods and global functions. */
@NullMarked
package dev.remora.jinja.builtin;

import org.jspecify.annotations.NullMarked;
