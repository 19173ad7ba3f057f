/** The verbs of {@code remora conformance}: comparisons with references. */
@NullMarked
package dev.remora.cli.conformance;

import org.jspecify.annotations.NullMarked;
