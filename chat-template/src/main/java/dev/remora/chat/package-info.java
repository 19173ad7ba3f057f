/**
 * Chat templates: messages to the prompt, equal to what {@code apply_chat_template} of transformers
 * 5 gives. {@link dev.remora.chat.ChatTemplate} renders; {@code dev.remora.jinja} is the language.
 */
@NullMarked
package dev.remora.chat;

import org.jspecify.annotations.NullMarked;
