@NullMarked
package dev.remora.sglang;

import org.jspecify.annotations.NullMarked;
