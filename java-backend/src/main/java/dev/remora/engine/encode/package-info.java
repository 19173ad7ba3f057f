/** One call from text to ids, and the session that lends each call what it works in. */
@NullMarked
package dev.remora.engine.encode;

import org.jspecify.annotations.NullMarked;
