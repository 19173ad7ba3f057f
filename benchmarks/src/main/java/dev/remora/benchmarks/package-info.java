/**
 * Benchmarks: every engine on the same texts and vocabularies, ids compared before anything is
 * timed. Not published.
 */
@NullMarked
package dev.remora.benchmarks;

import org.jspecify.annotations.NullMarked;
