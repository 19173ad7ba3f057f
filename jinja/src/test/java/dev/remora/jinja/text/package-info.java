@NullMarked
package dev.remora.jinja.text;

import org.jspecify.annotations.NullMarked;
