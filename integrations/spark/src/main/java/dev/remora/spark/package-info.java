/** Remora in Spark SQL: {@link dev.remora.spark.TokenFunctions}. */
@NullMarked
package dev.remora.spark;

import org.jspecify.annotations.NullMarked;
