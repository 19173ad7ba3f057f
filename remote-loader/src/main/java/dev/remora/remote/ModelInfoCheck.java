package dev.remora.remote;

/**
 * What a load does where the worker's answer to {@code GetModelInfo} does not fit the tokenizer:
 * ids beyond the rows of its embedding (rule M1), or EOS ids that the bundle does not name (rule
 * M2). SGLang and vLLM are asked; a worker that does not answer in time is taken at its word.
 */
public enum ModelInfoCheck {
  /** The worker is not asked. */
  OFF,
  /** {@link LoadListener#mismatched} is told, a line is logged, and the load goes on. */
  WARN,
  /** The load goes on with the next worker, or fails with a {@link dev.remora.BundleException}. */
  REFUSE
}
