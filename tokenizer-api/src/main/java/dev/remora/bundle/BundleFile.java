package dev.remora.bundle;

/**
 * The facts of one file of a bundle.
 *
 * @param name the file's name, with {@code /} between directories
 * @param length its length in bytes
 * @param sha256 the SHA-256 of its bytes, in lower-case hex
 */
public record BundleFile(String name, long length, String sha256) {}
