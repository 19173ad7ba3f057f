package dev.remora.remote.workers;

import dev.remora.bundle.BundleFile;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.Fingerprint;
import java.util.List;
import java.util.Set;

/**
 * What a worker serves, as far as it is remembered.
 *
 * @param digest the identity of its files
 * @param fingerprint how they were verified when they were read
 * @param files the facts of its files
 * @param idBound one more than the highest id of its tokenizer
 * @param eosIds the ids that end a generation
 */
public record ServedBundle(
    ContentDigest digest,
    Fingerprint fingerprint,
    List<BundleFile> files,
    int idBound,
    Set<Integer> eosIds) {}
