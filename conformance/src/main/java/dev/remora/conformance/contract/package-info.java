/** The contract of engines: tests that every engine passes, over bundles made for them. */
@NullMarked
package dev.remora.conformance.contract;

import org.jspecify.annotations.NullMarked;
