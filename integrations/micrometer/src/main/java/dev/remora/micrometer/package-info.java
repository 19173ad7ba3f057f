/** Remora's meters: {@link dev.remora.micrometer.RemoraMetrics}. */
@NullMarked
package dev.remora.micrometer;

import org.jspecify.annotations.NullMarked;
