package dev.remora.remote;

/**
 * What a load does if the worker's answer to {@code GetModelInfo} does not fit the tokenizer: it
 * has ids beyond the rows of the model's embedding (rule M1), or the worker has EOS ids that the
 * bundle does not name (rule M2). SGLang and vLLM are asked. What a worker does not say within 2
 * seconds is not a mismatch.
 */
public enum ModelInfoCheck {
  /** The worker is not asked. */
  OFF,
  /** {@link LoadListener#mismatched} is told, a line is logged, and the load goes on. */
  WARN,
  /** The load goes on with the next worker, or fails with a {@link dev.remora.BundleException}. */
  REFUSE
}
