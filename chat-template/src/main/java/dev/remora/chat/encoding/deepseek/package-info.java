/** DeepSeek's encodings: V3.2, V4 in its revisions, V4.1. */
@NullMarked
package dev.remora.chat.encoding.deepseek;

import org.jspecify.annotations.NullMarked;
