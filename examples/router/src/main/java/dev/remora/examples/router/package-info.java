/**
 * A router in a page a file: {@code POST /v1/chat/completions} is rendered, tokenized, generated on
 * an SGLang worker over gRPC, parsed, and streamed back as OpenAI's clients expect it.
 *
 * <p>A request goes {@link dev.remora.examples.router.ChatEndpoint}, {@link
 * dev.remora.examples.router.Model}, {@link dev.remora.examples.router.Completion}, {@link
 * dev.remora.examples.router.Reply}, {@link dev.remora.examples.router.Answers}.
 */
@NullMarked
package dev.remora.examples.router;

import org.jspecify.annotations.NullMarked;
