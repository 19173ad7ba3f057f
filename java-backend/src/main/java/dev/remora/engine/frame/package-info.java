/** What is put around the ids of a text, and the tokens and offsets that go with them. */
@NullMarked
package dev.remora.engine.frame;

import org.jspecify.annotations.NullMarked;
