package dev.remora.sglang;

import dev.remora.proto.SglangGenerate.GenerateRequest;
import dev.remora.proto.SglangGenerate.SamplingParams;
import dev.remora.proto.SglangGenerate.TokenizedInput;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What a worker is to generate. The defaults are those of SGLang's HTTP server: temperature 1, the
 * whole vocabulary, no penalties. Stop strings are not sent: the worker has no text. Immutable.
 */
public final class GenerationRequest {
  private final GenerateRequest message;

  private GenerationRequest(GenerateRequest message) {
    this.message = message;
  }

  /** A builder for the ids of a prompt. */
  public static Builder builder(int... promptIds) {
    return new Builder(promptIds);
  }

  /** The name by which the request can be aborted. */
  public String requestId() {
    return message.getRequestId();
  }

  /** How many ids the prompt has. */
  public int promptTokens() {
    return message.getTokenized().getInputIdsCount();
  }

  /** How many ids are generated at most; empty for as many as the model's window has room for. */
  public OptionalInt maxNewTokens() {
    SamplingParams sampling = message.getSamplingParams();
    return sampling.hasMaxNewTokens()
        ? OptionalInt.of(sampling.getMaxNewTokens())
        : OptionalInt.empty();
  }

  GenerateRequest message() {
    return message;
  }

  /** The name of the request and the sizes of it, none of its ids. */
  @Override
  public String toString() {
    return "GenerationRequest[" + requestId() + ", " + promptTokens() + " ids]";
  }

  /** Builds a {@link GenerationRequest}. Not thread-safe. */
  public static final class Builder {
    // Proto3's zeros are not the defaults, so each field is sent.
    private final SamplingParams.Builder sampling =
        SamplingParams.newBuilder()
            .setTemperature(1)
            .setTopP(1)
            .setTopK(-1)
            .setRepetitionPenalty(1)
            .setN(1);
    private final GenerateRequest.Builder request =
        GenerateRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setLogprobStartLen(-1)
            .setStream(true);

    private Builder(int[] promptIds) {
      TokenizedInput.Builder input = TokenizedInput.newBuilder();
      for (int id : promptIds) {
        input.addInputIds(id);
      }
      request.setTokenized(input);
    }

    private static IllegalArgumentException refused(String name, Object value) {
      return new IllegalArgumentException(name + " cannot be " + value);
    }

    /** The name by which the request can be aborted; default a random UUID. */
    public Builder requestId(String id) {
      request.setRequestId(id);
      return this;
    }

    /**
     * The temperature, 0 for the most probable token; default 1.
     *
     * @throws IllegalArgumentException if it is negative or no number
     */
    public Builder temperature(double temperature) {
      if (!(temperature >= 0)) {
        throw refused("temperature", temperature);
      }
      sampling.setTemperature((float) temperature);
      return this;
    }

    /**
     * The share of the probability that tokens are drawn from; default 1.
     *
     * @throws IllegalArgumentException unless {@code 0 < share <= 1}
     */
    public Builder topP(double share) {
      if (!(share > 0 && share <= 1)) {
        throw refused("top_p", share);
      }
      sampling.setTopP((float) share);
      return this;
    }

    /**
     * How many of the most probable tokens are drawn from; default -1: all.
     *
     * @throws IllegalArgumentException unless it is -1 or positive
     */
    public Builder topK(int tokens) {
      if (tokens != -1 && tokens < 1) {
        throw refused("top_k", tokens);
      }
      sampling.setTopK(tokens);
      return this;
    }

    /**
     * What a token loses for each time it has been generated; default 0.
     *
     * @throws IllegalArgumentException unless {@code -2 <= penalty <= 2}
     */
    public Builder frequencyPenalty(double penalty) {
      sampling.setFrequencyPenalty(penalty("frequency_penalty", penalty));
      return this;
    }

    /**
     * What a token loses once it has been generated; default 0.
     *
     * @throws IllegalArgumentException unless {@code -2 <= penalty <= 2}
     */
    public Builder presencePenalty(double penalty) {
      sampling.setPresencePenalty(penalty("presence_penalty", penalty));
      return this;
    }

    private static float penalty(String name, double penalty) {
      if (!(Math.abs(penalty) <= 2)) {
        throw refused(name, penalty);
      }
      return (float) penalty;
    }

    /**
     * How many ids are generated at most; default as many as the model's window has room for.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxNewTokens(int ids) {
      if (ids < 0) {
        throw refused("max_new_tokens", ids);
      }
      sampling.setMaxNewTokens(ids);
      return this;
    }

    /** Ids that end the generation, beside the model's own; they are still sent. Default none. */
    public Builder stopIds(int... ids) {
      sampling.clearStopTokenIds();
      for (int id : ids) {
        sampling.addStopTokenIds(id);
      }
      return this;
    }

    /**
     * Asks how probable each generated token was; default not.
     *
     * @param top how many of the most probable tokens at each place are told too; 0 for none
     * @throws IllegalArgumentException unless {@code 0 <= top <= 20}
     */
    public Builder logprobs(int top) {
      if (top < 0 || top > 20) {
        throw refused("top_logprobs", top);
      }
      request.setReturnLogprob(true).setTopLogprobsNum(top);
      return this;
    }

    /** The request. */
    public GenerationRequest build() {
      return new GenerationRequest(request.setSamplingParams(sampling).build());
    }
  }
}
