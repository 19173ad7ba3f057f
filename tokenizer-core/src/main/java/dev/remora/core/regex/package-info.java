/**
 * Regular expressions in the dialect of Oniguruma, in which tokenizers split: those that they are
 * known to split by, each written once ({@link dev.remora.core.regex.KnownRegex}), and a reader of
 * any ({@link dev.remora.core.regex.RegexParser}).
 */
@NullMarked
package dev.remora.core.regex;

import org.jspecify.annotations.NullMarked;
