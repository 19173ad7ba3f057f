/**
 * The engine {@code djl}: Hugging Face tokenizers 0.21.4 in native code, through DJL's binding. It
 * is found by {@link java.util.ServiceLoader}; nothing here is called by users.
 */
@NullMarked
package dev.remora.djl;

import org.jspecify.annotations.NullMarked;
