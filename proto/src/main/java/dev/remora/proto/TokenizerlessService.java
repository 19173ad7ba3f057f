package dev.remora.proto;

/**
 * The engines' own newer gRPC services. They have no {@code GetTokenizer}; a worker that answers to
 * one of them can be told from one that is no inference worker at all.
 */
public enum TokenizerlessService {
  /** vLLM: generation. */
  VLLM_INFERENCE("vLLM", "vllm.Inference", "GetModelInfo"),
  /** vLLM: what the server and its model are. */
  VLLM_CONTROL("vLLM", "vllm.Control", "GetModelInfo"),
  /** SGLang's native service; its {@code Tokenize} gives the ids of a text. */
  SGLANG_RUNTIME("SGLang", "sglang.runtime.v1.SglangService", "Tokenize"),
  /** SGLang's public service. */
  SGLANG_API("SGLang", "sglang.api.v1.SglangService", "GetModelInfo");

  private final String engine;
  private final String fullName;
  private final String harmlessMethod;

  TokenizerlessService(String engine, String fullName, String harmlessMethod) {
    this.engine = engine;
    this.fullName = fullName;
    this.harmlessMethod = harmlessMethod;
  }

  /** The engine, as people call it. */
  public String engine() {
    return engine;
  }

  /** The full name of the gRPC service, such as {@code vllm.Control}. */
  public String fullName() {
    return fullName;
  }

  /** A method that changes nothing and may be called with an empty message. */
  public String harmlessMethod() {
    return harmlessMethod;
  }
}
