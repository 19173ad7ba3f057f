/** The directory in which bundles are kept. */
@NullMarked
package dev.remora.remote.cache;

import org.jspecify.annotations.NullMarked;
