package dev.remora.examples.router;

import dev.remora.Encoding;
import dev.remora.Prompt;
import dev.remora.ResponseException;
import dev.remora.StopSequences;
import dev.remora.Tokenizer;
import dev.remora.chat.RenderOptions;
import dev.remora.sglang.FinishReason;
import dev.remora.sglang.GeneratedIds;
import dev.remora.sglang.Generation;
import dev.remora.sglang.GenerationEnd;
import dev.remora.sglang.GenerationRequest;
import dev.remora.sglang.SglangClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** From one request to an answer: render, tokenize, generate, decode, stop, parse. */
final class Completion implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final Templates templates;
  private final Function<int[], WorkerChoice.Chosen> workers;

  /**
   * @param workers gives the worker for the ids of a prompt
   */
  Completion(
      Tokenizer tokenizer, Templates templates, Function<int[], WorkerChoice.Chosen> workers) {
    this.tokenizer = tokenizer;
    this.templates = templates;
    this.workers = workers;
  }

  /** Gives the tokenizer back. */
  @Override
  public void close() {
    tokenizer.close();
  }

  /** Takes an answer as it grows. */
  interface Sink {
    void delta(Delta delta) throws IOException;
  }

  /**
   * How an answer ended.
   *
   * @param finishReason {@code stop}, {@code length} or {@code tool_calls}
   * @param promptTokens how many ids the prompt has
   * @param completionTokens how many ids were generated
   * @param cachedTokens of how many ids of the prompt the worker held the state already
   */
  record Outcome(String finishReason, int promptTokens, int completionTokens, int cachedTokens) {}

  /**
   * A request that is ready to be sent.
   *
   * @param promptIds the ids of its prompt
   * @param request what the worker is to generate
   * @param reply what becomes of it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Prepared(int[] promptIds, GenerationRequest request, Reply reply) {}

  /** Renders and encodes: text of the request becomes no control token. */
  Prepared prepare(ChatRequest request) {
    RenderOptions.Builder options = RenderOptions.builder().addGenerationPrompt(true);
    if (!request.tools().isEmpty()) {
      options.tools(request.tools());
    }
    for (Map.Entry<String, Object> argument : request.templateArguments().entrySet()) {
      options.keywordArgument(argument.getKey(), argument.getValue());
    }
    Prompt prompt =
        templates
            .chat()
            .prompt(Conversation.of(request.messages(), templates.format()), options.build());
    Encoding encoding = tokenizer.encode(prompt);
    int[] ids = encoding.ids();
    return new Prepared(
        ids,
        generation(request, ids),
        Reply.of(
            tokenizer,
            templates.replies().map(of -> of.parser(prompt.text(), request.tools())),
            stops(request)));
  }

  private GenerationRequest generation(ChatRequest request, int[] ids) {
    GenerationRequest.Builder generation = GenerationRequest.builder(ids);
    try {
      generation
          .temperature(request.temperature())
          .topP(request.topP())
          .frequencyPenalty(request.frequencyPenalty())
          .presencePenalty(request.presencePenalty())
          .stopIds(tokenizer.specialTokens().eosIds().stream().mapToInt(id -> id).toArray());
      request.maxTokens().ifPresent(generation::maxNewTokens);
      request.topLogprobs().ifPresent(generation::logprobs);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(null, String.valueOf(e.getMessage()), e);
    }
    return generation.build();
  }

  private StopSequences stops(ChatRequest request) {
    StopSequences.Builder stops =
        StopSequences.builder().eosIds(tokenizer.specialTokens().eosIds());
    request.stops().forEach(stops::hiddenString);
    return stops.build();
  }

  /** Generates, and hands on each part of the answer as soon as it is certain what it is. */
  Outcome run(Prepared prepared, Sink sink) throws IOException {
    Reply reply = prepared.reply();
    int tokens = 0;
    int calls = 0;
    // Closing the generation ends it on the worker: at a stop, and where the client has gone.
    try (WorkerChoice.Chosen worker = workers.apply(prepared.promptIds());
        Generation generation = SglangClient.of(worker.channel()).generate(prepared.request())) {
      Optional<GeneratedIds> next = generation.next();
      while (next.isPresent()) {
        GeneratedIds ids = next.get();
        Delta delta = new Delta();
        int taken = 0;
        while (taken < ids.size() && !reply.isStopped()) {
          reply.push(ids.id(taken++), delta);
        }
        tokens += taken;
        delta.add(ids.logprobs().subList(0, Math.min(taken, ids.logprobs().size())));
        calls += delta.calls().size();
        send(delta, sink);
        next = reply.isStopped() ? Optional.empty() : generation.next();
      }
      Optional<GenerationEnd> end = generation.end();
      FinishReason reason = end.map(GenerationEnd::reason).orElse(FinishReason.STOP);
      if (reason == FinishReason.ABORT) {
        throw ApiException.worker("the worker aborted the request", null);
      }
      boolean isCut = reason == FinishReason.LENGTH;
      Delta last = last(reply, isCut);
      calls += last.calls().size();
      send(last, sink);
      return new Outcome(
          isCut ? "length" : calls > 0 ? "tool_calls" : "stop",
          prepared.request().promptTokens(),
          tokens,
          end.map(GenerationEnd::cachedTokens).orElse(0));
    }
  }

  /** What only the end settles. A reply that was cut off may end anywhere. */
  private static Delta last(Reply reply, boolean isCut) {
    Delta last = new Delta();
    try {
      reply.finish(last);
    } catch (ResponseException e) {
      if (!isCut) {
        throw ApiException.worker("the reply cannot be understood: " + e.getMessage(), e);
      }
    }
    return last;
  }

  private static void send(Delta delta, Sink sink) throws IOException {
    if (!delta.isEmpty()) {
      sink.delta(delta);
    }
  }

  /** A token's text, for log probabilities. */
  String tokenText(int id) {
    return tokenizer.decode(new int[] {id});
  }
}
