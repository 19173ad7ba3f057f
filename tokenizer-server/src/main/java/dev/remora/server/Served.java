package dev.remora.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server serves.
 *
 * @param services the full names of its services
 * @param script what it does in each call of GetTokenizer
 * @param modelInfo what it answers to GetModelInfo; null for UNIMPLEMENTED
 * @param generate what it answers to Generate; null for UNIMPLEMENTED
 * @param kvEvents what it tells to SubscribeKvEvents; null for UNIMPLEMENTED
 */
record Served(
    List<String> services,
    Script script,
    @Nullable ModelInfo modelInfo,
    @Nullable GenerateScript generate,
    @Nullable KvEventFeed kvEvents) {}
