@NullMarked
package dev.remora.chat.response.family;

import org.jspecify.annotations.NullMarked;
