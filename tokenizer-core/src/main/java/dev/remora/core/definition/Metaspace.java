package dev.remora.core.definition;

import org.jspecify.annotations.Nullable;

/**
 * The settings of Metaspace, which is a pre-tokenizer and a decoder.
 *
 * @param replacement the one character that stands for a space
 * @param prependScheme where it is put before a text
 * @param split whether the text is split before each of them
 * @param addPrefixSpace the member of the form before {@code prepend_scheme}; null where absent
 */
public record Metaspace(
    String replacement,
    PrependScheme prependScheme,
    boolean split,
    @Nullable Boolean addPrefixSpace) {}
