/** Remora in Flink: {@link dev.remora.flink.TokenMaps}. */
@NullMarked
package dev.remora.flink;

import org.jspecify.annotations.NullMarked;
