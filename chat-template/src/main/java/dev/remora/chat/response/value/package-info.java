/** Text of a reply to the values that Python would make of it. */
@NullMarked
package dev.remora.chat.response.value;

import org.jspecify.annotations.NullMarked;
