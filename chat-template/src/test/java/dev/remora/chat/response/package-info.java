@NullMarked
package dev.remora.chat.response;

import org.jspecify.annotations.NullMarked;
