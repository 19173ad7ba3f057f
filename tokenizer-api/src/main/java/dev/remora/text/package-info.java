/** Text itself: how that of others may be shown, and how strings are found in it. Internal. */
@NullMarked
package dev.remora.text;

import org.jspecify.annotations.NullMarked;
