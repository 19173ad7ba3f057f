/** Kimi's: K3's XTML, and the tool declarations of K2.5's template. */
@NullMarked
package dev.remora.chat.encoding.kimi;

import org.jspecify.annotations.NullMarked;
