/**
 * What a router knows of prompts that begin alike: the engines' own names of blocks ({@link
 * dev.remora.routing.BlockHashing}), which worker holds which ({@link
 * dev.remora.routing.PrefixIndex}), and the ids of a conversation that grows ({@link
 * dev.remora.routing.CachingTokenizer}).
 */
@NullMarked
package dev.remora.routing;

import org.jspecify.annotations.NullMarked;
