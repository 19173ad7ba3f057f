@NullMarked
package dev.remora.core.engine;

import org.jspecify.annotations.NullMarked;
