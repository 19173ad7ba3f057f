/**
 * Which worker already holds how much of a prompt: the engines' own block hashes ({@link
 * dev.remora.routing.BlockHashing}).
 */
@NullMarked
package dev.remora.routing;

import org.jspecify.annotations.NullMarked;
