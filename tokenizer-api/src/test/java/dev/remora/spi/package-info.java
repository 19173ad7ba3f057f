@NullMarked
package dev.remora.spi;

import org.jspecify.annotations.NullMarked;
