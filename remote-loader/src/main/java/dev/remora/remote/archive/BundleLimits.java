package dev.remora.remote.archive;

/**
 * What a bundle may have at most (rule C1); a value exactly at the bound is allowed.
 *
 * @param maxStreamedBytes bytes of data in the stream
 * @param maxUnpackedBytes bytes in all files together
 * @param maxEntries entries, directories included
 */
public record BundleLimits(long maxStreamedBytes, long maxUnpackedBytes, int maxEntries) {}
