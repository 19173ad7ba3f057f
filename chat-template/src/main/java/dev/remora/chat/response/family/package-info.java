/** The response templates of families whose bundles carry none. */
@NullMarked
package dev.remora.chat.response.family;

import org.jspecify.annotations.NullMarked;
