/**
 * A router in a page a file: {@code POST /v1/chat/completions} is rendered, tokenized, generated on
 * an SGLang worker over gRPC, and streamed back as text with stops.
 */
@NullMarked
package dev.remora.examples.router;

import org.jspecify.annotations.NullMarked;
