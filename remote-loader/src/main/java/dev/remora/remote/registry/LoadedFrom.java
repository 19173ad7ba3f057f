package dev.remora.remote.registry;

/**
 * What a load gave.
 *
 * @param value what was made of the bundle
 * @param place which source gave it, from 0, the preferred one
 */
public record LoadedFrom<T>(T value, int place) {}
