/**
 * From verified bytes to a bundle, in memory: the formats in which a bundle is sent, the limits on
 * what it may hold (rule C1), and which entries are refused (rule C3). Internal.
 */
@NullMarked
package dev.remora.remote.archive;

import org.jspecify.annotations.NullMarked;
