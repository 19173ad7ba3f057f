/** Kits for tests that compare what Remora does with a reference. In no library's jar. */
@NullMarked
package dev.remora.conformance;

import org.jspecify.annotations.NullMarked;
