@NullMarked
package dev.remora.routing;

import org.jspecify.annotations.NullMarked;
