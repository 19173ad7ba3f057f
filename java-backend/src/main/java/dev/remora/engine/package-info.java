/**
 * The engine {@code bpe}: BPE models in plain Java. It is found by {@link java.util.ServiceLoader};
 * nothing here is called by users.
 */
@NullMarked
package dev.remora.engine;

import org.jspecify.annotations.NullMarked;
