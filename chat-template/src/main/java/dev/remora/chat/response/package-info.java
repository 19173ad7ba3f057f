/**
 * A model's reply to a message: reasoning, content and tool calls told apart while they arrive. A
 * {@link dev.remora.chat.response.ResponseTemplate} says where they stand in the reply of a model,
 * a {@link dev.remora.chat.response.ResponseParser} follows one reply.
 */
@NullMarked
package dev.remora.chat.response;

import org.jspecify.annotations.NullMarked;
