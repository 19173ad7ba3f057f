@NullMarked
package dev.remora.chat.response.value;

import org.jspecify.annotations.NullMarked;
