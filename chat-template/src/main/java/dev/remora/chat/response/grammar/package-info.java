/** Response templates as records, and the parser that follows them. */
@NullMarked
package dev.remora.chat.response.grammar;

import org.jspecify.annotations.NullMarked;
