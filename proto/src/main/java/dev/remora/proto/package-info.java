/** The two dialects of {@code GetTokenizer}, generated, and the services that speak them. */
@NullMarked
package dev.remora.proto;

import org.jspecify.annotations.NullMarked;
