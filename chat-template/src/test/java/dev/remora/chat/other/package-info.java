@NullMarked
package dev.remora.chat.other;

import org.jspecify.annotations.NullMarked;
