package dev.remora.core.definition;

/**
 * The settings of ByteLevel, which is a pre-tokenizer, a post-processor and a decoder.
 *
 * @param addPrefixSpace whether a space is put before a text that does not begin with one
 * @param trimOffsets whether white space is cut off the offsets
 * @param useRegex whether GPT-2's regular expression splits the text
 */
public record ByteLevelSettings(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) {}
