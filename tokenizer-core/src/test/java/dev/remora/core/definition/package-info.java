@NullMarked
package dev.remora.core.definition;

import org.jspecify.annotations.NullMarked;
