@NullMarked
package dev.remora.chat.response.pattern;

import org.jspecify.annotations.NullMarked;
