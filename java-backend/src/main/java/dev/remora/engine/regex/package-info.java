/** Regular expressions as automata over UTF-8: any that the reader knows, in linear time. */
@NullMarked
package dev.remora.engine.regex;

import org.jspecify.annotations.NullMarked;
