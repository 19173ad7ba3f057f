/**
 * The encodings of models that have no chat template, or one that is not exact: what their own code
 * writes for a conversation. What all of them need is here; each family has a room of its own.
 */
@NullMarked
package dev.remora.chat.encoding;

import org.jspecify.annotations.NullMarked;
