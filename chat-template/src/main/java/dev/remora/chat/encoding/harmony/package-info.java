/** Harmony, the format of gpt-oss. */
@NullMarked
package dev.remora.chat.encoding.harmony;

import org.jspecify.annotations.NullMarked;
