/** The models whose tokens are words, or pieces of words found in a trie: all but BPE. */
@NullMarked
package dev.remora.engine.piece;

import org.jspecify.annotations.NullMarked;
