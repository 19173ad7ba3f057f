package dev.remora.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.proto.ModelInfoMessages.SglangModelInfo;
import dev.remora.proto.ModelInfoMessages.VllmModelInfo;
import dev.remora.proto.WorkerService;
import dev.remora.remote.stream.LoadDeadline;
import dev.remora.remote.stream.WorkerCall;
import dev.remora.text.Printable;
import io.grpc.Channel;
import io.grpc.StatusException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker says of its model: asked while the bundle is unpacked and the tokenizer built, then
 * compared with it (rules M1, M2). A worker need not answer.
 */
final class ModelClaims implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ModelClaims.class);

  private final LoadOptions options;
  private final String worker;
  private final @Nullable Parser parser;
  private final @Nullable WorkerCall call;

  private ModelClaims(
      LoadOptions options, String worker, @Nullable Parser parser, @Nullable WorkerCall call) {
    this.options = options;
    this.worker = worker;
    this.parser = parser;
    this.call = call;
  }

  /** Sends the request, unless the options or the kind of worker leave nothing to ask. */
  static ModelClaims ask(
      Channel channel, String service, LoadOptions options, LoadDeadline deadline) {
    String worker = String.valueOf(channel.authority());
    Parser parser = options.modelInfoCheck() == ModelInfoCheck.OFF ? null : parser(service);
    WorkerCall call =
        parser == null
            ? null
            : WorkerCall.start(
                channel,
                service,
                WorkerService.GET_MODEL_INFO,
                options.questionLimits(), // counted from now, while the tokenizer is built
                deadline);
    return new ModelClaims(options, worker, parser, call);
  }

  private static @Nullable Parser parser(String service) {
    if (service.equals(WorkerService.SGLANG.fullName())) {
      return ModelClaims::sglang;
    }
    return service.equals(WorkerService.VLLM.fullName()) ? ModelClaims::vllm : null;
  }

  /** What proto3 leaves at 0 or empty was not said. */
  private record Claims(long vocabularySize, List<Integer> eosIds, List<String> names) {
    Claims {
      names = names.stream().filter(name -> !name.isEmpty()).toList();
    }
  }

  private interface Parser {
    Claims parse(byte[] message) throws InvalidProtocolBufferException;
  }

  private static Claims sglang(byte[] message) throws InvalidProtocolBufferException {
    SglangModelInfo info = SglangModelInfo.parseFrom(message);
    return new Claims(
        info.getVocabSize(),
        info.getEosTokenIdsList(),
        List.of(info.getServedModelName(), info.getModelPath()));
  }

  private static Claims vllm(byte[] message) throws InvalidProtocolBufferException {
    VllmModelInfo info = VllmModelInfo.parseFrom(message);
    return new Claims(
        Integer.toUnsignedLong(info.getVocabSize()),
        info.getEosTokenIdsList(),
        List.of(info.getServedModelName()));
  }

  /**
   * Compares the ids of a tokenizer with what a worker says of its model, by the first service that
   * answers.
   *
   * @param idBound one more than the highest id
   * @param eosIds the ids that end a generation
   * @throws BundleException if they do not fit and the options ask for a refusal
   */
  static void check(
      Channel channel,
      LoadOptions options,
      LoadDeadline deadline,
      int idBound,
      Set<Integer> eosIds) {
    for (String service : options.services()) {
      try (ModelClaims asked = ask(channel, service, options, deadline)) {
        Claims claims = asked.answer();
        if (claims != null) {
          asked.compare(claims, idBound, eosIds);
          return;
        }
      }
    }
  }

  /**
   * Compares the tokenizer with what the worker said.
   *
   * @return the names that the worker has for its model
   * @throws BundleException if they do not fit and the options ask for a refusal
   */
  List<String> check(Tokenizer tokenizer) {
    Claims claims = answer();
    if (claims == null) {
      return List.of();
    }
    compare(claims, tokenizer.idBound(), tokenizer.specialTokens().eosIds());
    return claims.names();
  }

  private void compare(Claims claims, int idBound, Set<Integer> eosIds) {
    // The embedding is padded: more rows than ids are usual, fewer are another model.
    if (claims.vocabularySize() > 0 && idBound > claims.vocabularySize()) {
      mismatch(
          Rule.M1,
          String.format(
              Locale.ROOT,
              "the tokenizer has ids up to %d, the model has %d rows",
              idBound - 1,
              claims.vocabularySize()));
    }
    TreeSet<Integer> unnamed = new TreeSet<>(claims.eosIds());
    unnamed.removeAll(eosIds);
    if (!unnamed.isEmpty()) {
      mismatch(
          Rule.M2, "the worker's EOS ids " + Printable.list(unnamed) + " are none of the bundle's");
    }
  }

  private @Nullable Claims answer() {
    if (call == null || parser == null) {
      return null;
    }
    try {
      byte[] message = call.next();
      return message == null ? null : parser.parse(message);
    } catch (StatusException | InvalidProtocolBufferException e) {
      LOGGER.debug(
          "{} does not say what model it has: {}",
          worker,
          Printable.of(e.toString(), Printable.MESSAGE));
      return null;
    }
  }

  private void mismatch(Rule rule, String problem) {
    if (options.modelInfoCheck() == ModelInfoCheck.REFUSE) {
      throw new BundleException(rule, null, problem);
    }
    LOGGER.warn("{}: {} (rule {})", worker, Printable.of(problem, Printable.MESSAGE), rule);
    options.listener().mismatched(worker, rule, problem);
  }

  @Override
  public void close() {
    if (call != null) {
      call.close();
    }
  }
}
