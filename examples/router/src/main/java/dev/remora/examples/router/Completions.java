package dev.remora.examples.router;

import dev.remora.DecodeOptions;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import dev.remora.Tokenizer;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.RenderOptions;
import dev.remora.proto.SglangGenerate.GenerateResponse;
import java.io.IOException;

/** From one request to text: render, tokenize, generate, decode, stop. */
final class Completions implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final SglangWorker worker;

  Completions(Tokenizer tokenizer, ChatTemplate template, SglangWorker worker) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.worker = worker;
  }

  /** Gives the tokenizer back. */
  @Override
  public void close() {
    tokenizer.close();
  }

  /** Takes the text of a completion as it grows. */
  interface Sink {
    void text(String piece) throws IOException;
  }

  /**
   * How a completion ended.
   *
   * @param finishReason {@code stop} or {@code length}
   * @param promptTokens how many ids the prompt has
   * @param completionTokens how many ids were generated
   */
  record Outcome(String finishReason, int promptTokens, int completionTokens) {}

  /** The ids of a request's prompt. The template writes BOS itself, so none is added. */
  int[] promptIds(ChatRequest request) {
    RenderOptions options =
        RenderOptions.builder().addGenerationPrompt(true).tools(request.tools()).build();
    return template.encode(tokenizer, request.messages(), options).ids();
  }

  /** Generates, and hands on text as soon as it cannot become part of a stop string. */
  Outcome complete(int[] promptIds, ChatRequest request, Sink sink) throws IOException {
    DecodeOptions decoding = DecodeOptions.builder().skipSpecialTokens(true).build();
    StopMatcher matcher = StopMatcher.of(tokenizer.decodeStream(decoding), stops(request));
    int tokens = 0;
    String reason = "stop";
    // Closing the generation ends it on the worker: at a stop, and where the client has gone.
    try (SglangWorker.Generation generation = worker.generate(promptIds, request)) {
      while (!matcher.isStopped() && generation.responses().hasNext()) {
        GenerateResponse response = generation.responses().next();
        StringBuilder piece = new StringBuilder();
        for (int id : response.getChunk().getTokenIdsList()) {
          if (!matcher.isStopped()) {
            piece.append(matcher.push(id));
            tokens++;
          }
        }
        send(piece.toString(), sink);
        if (response.hasComplete()) {
          reason = response.getComplete().getFinishReason();
        }
      }
    }
    if (matcher.isStopped()) {
      reason = "stop";
    } else {
      send(matcher.finish(), sink);
    }
    return new Outcome(reason, promptIds.length, tokens);
  }

  private static void send(String piece, Sink sink) throws IOException {
    if (!piece.isEmpty()) {
      sink.text(piece);
    }
  }

  private StopSequences stops(ChatRequest request) {
    StopSequences.Builder stops =
        StopSequences.builder().eosIds(tokenizer.specialTokens().eosIds());
    request.stops().forEach(stops::hiddenString);
    return stops.build();
  }
}
