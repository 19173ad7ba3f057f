/** What differs between two bundles, file by file. */
@NullMarked
package dev.remora.forms.compare;

import org.jspecify.annotations.NullMarked;
