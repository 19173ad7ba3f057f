/** The engine over DJL's Hugging Face tokenizer. */
@SuppressWarnings("requires-automatic") // DJL has no descriptors
module dev.remora.djl {
  requires dev.remora.core;
  requires ai.djl.tokenizers;
  requires ai.djl.api;
  requires static org.jspecify;

  provides dev.remora.core.engine.TokenizerEngine with
      dev.remora.djl.DjlEngine;
}
