@NullMarked
package dev.remora.jinja.builtin;

import org.jspecify.annotations.NullMarked;
