package dev.remora.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.remora.BundleException;
import dev.remora.EncodeOptions;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.proto.ProbeMessages.TokenizeRequest;
import dev.remora.proto.ProbeMessages.TokenizeResponse;
import dev.remora.proto.TokenizerlessService;
import dev.remora.remote.stream.LoadDeadline;
import dev.remora.remote.stream.WorkerCall;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a worker for the ids of probe texts, and compares them with a tokenizer's (rule P1). */
final class Probes {
  private static final MethodDescriptor<byte[], byte[]> TOKENIZE =
      WorkerCall.descriptor(
          TokenizerlessService.SGLANG_RUNTIME.fullName(),
          TokenizerlessService.SGLANG_RUNTIME.harmlessMethod());

  private final Channel worker;
  private final LoadOptions options;
  private final LoadDeadline deadline;

  Probes(Channel worker, LoadOptions options, LoadDeadline deadline) {
    this.worker = worker;
    this.options = options;
    this.deadline = deadline;
  }

  /**
   * Compares.
   *
   * @throws BundleException if the worker gives a text other ids
   * @throws dev.remora.TokenizerException if it does not answer
   */
  void check(Tokenizer tokenizer) {
    for (String text : ProbeTexts.of(tokenizer)) {
      deadline.check();
      int[] own = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS).ids();
      int[] workers = tokenize(text);
      int differs = Arrays.mismatch(own, workers);
      if (differs >= 0) {
        throw new BundleException(Rule.P1, null, problem(tokenizer, text, own, workers, differs));
      }
    }
  }

  private static String problem(
      Tokenizer tokenizer, String text, int[] own, int[] workers, int at) {
    int before = tokenizer.decode(Arrays.copyOf(own, at)).length();
    String near = text.substring(Math.min(before, text.length()));
    return String.format(
        Locale.ROOT,
        "the worker gives other ids to \"%s\": %s where the files give %s",
        near.substring(0, Math.min(near.length(), 20)),
        some(workers, at),
        some(own, at));
  }

  private static List<Integer> some(int[] ids, int from) {
    return Arrays.stream(ids, from, Math.min(ids.length, from + 5)).boxed().toList();
  }

  private int[] tokenize(String text) {
    byte[] request = TokenizeRequest.newBuilder().setText(text).build().toByteArray();
    try (WorkerCall call =
        WorkerCall.start(worker, TOKENIZE, request, options.callLimits(), deadline)) {
      byte[] answer = call.next();
      if (answer == null) {
        throw silent("the worker ended Tokenize without an answer", null);
      }
      return TokenizeResponse.parseFrom(answer).getTokensList().stream()
          .mapToInt(Integer::intValue)
          .toArray();
    } catch (StatusException e) {
      throw TryResult.of(e.getStatus(), deadline).reason();
    } catch (InvalidProtocolBufferException e) {
      throw silent("the worker's answer to Tokenize is not one", e);
    }
  }

  private static LoadException silent(String problem, @Nullable Throwable cause) {
    return new LoadException(Rule.C7, LoadStatus.INTERNAL, problem, cause);
  }
}
