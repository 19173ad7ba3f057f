/**
 * Chat templates: messages to the prompt, equal to what {@code apply_chat_template} of transformers
 * 5 gives. {@link dev.remora.chat.ChatTemplate} renders; the language under it is the part of Jinja
 * that chat templates use, without reflection and without access to files or classes.
 */
@NullMarked
package dev.remora.chat;

import org.jspecify.annotations.NullMarked;
