/** Readers of JSON: tokenizer.json's components, strictly, and the files beside it as they come. */
@NullMarked
package dev.remora.forms.json;

import org.jspecify.annotations.NullMarked;
