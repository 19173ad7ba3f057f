/**
 * The two dialects of {@code GetTokenizer}, generated, and the services that speak them; of their
 * other methods the messages that a router needs.
 */
@NullMarked
package dev.remora.proto;

import org.jspecify.annotations.NullMarked;
