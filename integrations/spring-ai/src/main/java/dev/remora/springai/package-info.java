/** Remora in Spring AI: an estimator of tokens and a splitter that are exact. */
@NullMarked
package dev.remora.springai;

import org.jspecify.annotations.NullMarked;
