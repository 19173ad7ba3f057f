@NullMarked
package dev.remora.jinja;

import org.jspecify.annotations.NullMarked;
