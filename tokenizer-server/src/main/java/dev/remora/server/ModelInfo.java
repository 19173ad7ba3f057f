package dev.remora.server;

import com.google.protobuf.Message;
import dev.remora.proto.ModelInfoMessages;
import dev.remora.proto.WorkerService;
import java.util.List;

/**
 * What a worker says of its model when it is asked for GetModelInfo; each engine says it in a
 * message of its own, and leaves out what that message does not have.
 *
 * @param name the path and served name of the model
 * @param weightVersion the version of its weights
 * @param vocabSize the rows of its embedding: padded, so at least the highest id plus one
 * @param eosTokenIds the ids that end a text
 * @param bosTokenId the id that begins one
 */
public record ModelInfo(
    String name, String weightVersion, int vocabSize, List<Integer> eosTokenIds, int bosTokenId) {

  /** Copies the list. */
  public ModelInfo {
    eosTokenIds = List.copyOf(eosTokenIds);
  }

  Message message(WorkerService service) {
    return switch (service) {
      case SGLANG -> sglang();
      case VLLM -> vllm();
      case MLX -> mlx();
      case TOKENSPEED -> tokenspeed();
      case TENSORRT_LLM ->
          ModelInfoMessages.TensorrtLlmModelInfo.newBuilder().setVocabSize(vocabSize).build();
    };
  }

  private Message sglang() {
    return ModelInfoMessages.SglangModelInfo.newBuilder()
        .setModelPath(name)
        .setServedModelName(name)
        .setWeightVersion(weightVersion)
        .setVocabSize(vocabSize)
        .addAllEosTokenIds(eosTokenIds)
        .setBosTokenId(bosTokenId)
        .build();
  }

  private Message vllm() {
    return ModelInfoMessages.VllmModelInfo.newBuilder()
        .setServedModelName(name)
        .setVocabSize(vocabSize)
        .addAllEosTokenIds(eosTokenIds)
        .setBosTokenId(bosTokenId)
        .build();
  }

  private Message mlx() {
    return ModelInfoMessages.MlxModelInfo.newBuilder()
        .setVocabSize(vocabSize)
        .addAllEosTokenIds(eosTokenIds)
        .setBosTokenId(bosTokenId)
        .build();
  }

  private Message tokenspeed() {
    return ModelInfoMessages.TokenspeedModelInfo.newBuilder()
        .setVocabSize(vocabSize)
        .addAllEosTokenIds(eosTokenIds)
        .setBosTokenId(bosTokenId)
        .setWeightVersion(weightVersion)
        .build();
  }
}
