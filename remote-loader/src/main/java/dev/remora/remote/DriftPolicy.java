package dev.remora.remote;

/**
 * What {@link ModelWorkers} does with a worker whose bundle differs from its model's (rule W1). A
 * {@link LoadListener} is told in every case.
 */
public enum DriftPolicy {
  /**
   * The worker does not serve. The model's content is that of the worker that was compared first,
   * as long as any worker has it.
   */
  REFUSE,
  /** The worker serves all the same. The model's content is found as with {@link #REFUSE}. */
  ACCEPT,
  /**
   * The worker does not serve, and the model's content is the one that most workers have: where
   * they change over to another, it changes with them. At a draw it stays.
   */
  MAJORITY
}
