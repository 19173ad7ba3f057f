package dev.remora.remote.workers;

import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.ContentDigest;

/** Who is told of the workers of models, one event after the other for a model. */
public interface WorkerEvents {
  /** A worker has the model's content. */
  void matches(String model, String worker, ContentDigest digest);

  /** A worker has another content. */
  void drifted(String model, String worker, BundleDrift drift, boolean serves);

  /** A worker could not be compared; it is asked again later. */
  void notCompared(String model, String worker, TokenizerException failure);

  /** The model's content is another one. */
  void changed(String model, ContentDigest from, ContentDigest to);
}
