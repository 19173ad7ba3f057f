/** The regular expressions that tokenizers are known to split by, each written once. */
@NullMarked
package dev.remora.core.regex;

import org.jspecify.annotations.NullMarked;
