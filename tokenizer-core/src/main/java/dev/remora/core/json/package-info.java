/** The strict JSON reader for the large files of a bundle. */
@NullMarked
package dev.remora.core.json;

import org.jspecify.annotations.NullMarked;
