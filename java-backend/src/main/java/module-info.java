/** Remora's own engine, in plain Java. */
module dev.remora.engine {
  requires dev.remora.core;
  requires static org.jspecify;

  provides dev.remora.core.engine.TokenizerEngine with
      dev.remora.engine.JavaEngine;
}
