package dev.remora.forms;

/**
 * What a form without a tokenizer.json is assembled to.
 *
 * @param parts what its files say
 * @param configs the configs with the special tokens that its class has by default
 */
record AssembledForm(FormParts parts, TokenizerConfigs configs) {}
