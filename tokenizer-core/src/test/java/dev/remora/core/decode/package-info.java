@NullMarked
package dev.remora.core.decode;

import org.jspecify.annotations.NullMarked;
