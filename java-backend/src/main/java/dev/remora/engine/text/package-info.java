/** Bytes, characters and ids: what every other room of the engine works on. */
@NullMarked
package dev.remora.engine.text;

import org.jspecify.annotations.NullMarked;
