/** Bundles made to do harm, each tried in a JVM that may end. */
@NullMarked
package dev.remora.conformance.hostile;

import org.jspecify.annotations.NullMarked;
