package dev.remora.sglang;

/**
 * How a generation ended, as the worker tells it.
 *
 * @param reason why
 * @param promptTokens how many ids the prompt has
 * @param completionTokens how many ids were generated
 * @param cachedTokens of how many ids of the prompt the worker held the state already
 */
public record GenerationEnd(
    FinishReason reason, int promptTokens, int completionTokens, int cachedTokens) {}
