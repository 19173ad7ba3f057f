/** How text of others may be shown; for Remora's own modules. */
@NullMarked
package dev.remora.text;

import org.jspecify.annotations.NullMarked;
