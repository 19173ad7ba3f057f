@NullMarked
package dev.remora.core.json;

import org.jspecify.annotations.NullMarked;
