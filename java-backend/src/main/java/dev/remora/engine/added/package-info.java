/** Added tokens: found in a text before the model sees it. */
@NullMarked
package dev.remora.engine.added;

import org.jspecify.annotations.NullMarked;
