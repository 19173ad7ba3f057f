/**
 * The engine {@code java}: Remora's own, found by {@link java.util.ServiceLoader}; nothing here is
 * called by users. {@link dev.remora.engine.JavaEngine} has the readers of the rooms read a
 * definition; the runtime classes they name do the work.
 */
@NullMarked
package dev.remora.engine;

import org.jspecify.annotations.NullMarked;
