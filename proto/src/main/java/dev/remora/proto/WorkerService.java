package dev.remora.proto;

/**
 * The inference engines whose gRPC service has a {@code GetTokenizer} method, in the order in which
 * a client asks for them when it was told none.
 */
public enum WorkerService {
  /** SGLang. */
  SGLANG("sglang.grpc.scheduler.SglangScheduler"),
  /** vLLM. */
  VLLM("vllm.grpc.engine.VllmEngine"),
  /** MLX. */
  MLX("mlx.grpc.engine.MlxEngine"),
  /** TokenSpeed. */
  TOKENSPEED("tokenspeed.grpc.scheduler.TokenSpeedScheduler"),
  /** TensorRT-LLM: declares the method; its public servers answer UNIMPLEMENTED. */
  TENSORRT_LLM("trtllm.TrtllmService");

  /** The method that every one of these services names alike. */
  public static final String GET_TOKENIZER = "GetTokenizer";

  /** The method that tells about the model; each service has messages of its own for it. */
  public static final String GET_MODEL_INFO = "GetModelInfo";

  /** The method that tells which blocks of prompts a worker holds; the messages are the same. */
  public static final String SUBSCRIBE_KV_EVENTS = "SubscribeKvEvents";

  private final String fullName;

  WorkerService(String fullName) {
    this.fullName = fullName;
  }

  /** The full name of the gRPC service, such as {@code vllm.grpc.engine.VllmEngine}. */
  public String fullName() {
    return fullName;
  }
}
