/** Regular expressions in the dialect of Python, matched while their text still arrives. */
@NullMarked
package dev.remora.chat.response.pattern;

import org.jspecify.annotations.NullMarked;
