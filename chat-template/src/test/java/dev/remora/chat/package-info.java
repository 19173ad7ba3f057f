@NullMarked
package dev.remora.chat;

import org.jspecify.annotations.NullMarked;
