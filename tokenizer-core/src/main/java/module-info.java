/** What engines, forms and templates agree on; for Remora's own modules. */
@SuppressWarnings("module") // the modules it exports to come later
module dev.remora.core {
  requires transitive dev.remora.api;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.remora.core.decode to
      dev.remora.engine,
      dev.remora.djl,
      dev.remora.conformance;
  exports dev.remora.core.definition to
      dev.remora.forms,
      dev.remora.engine,
      dev.remora.djl,
      dev.remora.remote,
      dev.remora.conformance;
  exports dev.remora.core.engine to
      dev.remora.engine,
      dev.remora.djl,
      dev.remora.remote,
      dev.remora.conformance;
  exports dev.remora.core.guard to
      dev.remora.forms,
      dev.remora.engine,
      dev.remora.djl,
      dev.remora.remote;
  exports dev.remora.core.json to
      dev.remora.forms,
      dev.remora.djl,
      dev.remora.conformance;
  exports dev.remora.core.natives to
      dev.remora.djl,
      dev.remora.remote;
  exports dev.remora.core.regex to
      dev.remora.forms,
      dev.remora.engine,
      dev.remora.djl,
      dev.remora.conformance;
  exports dev.remora.core.special to
      dev.remora.forms,
      dev.remora.conformance;
  exports dev.remora.core.text to
      dev.remora.forms,
      dev.remora.engine,
      dev.remora.djl,
      dev.remora.routing,
      dev.remora.conformance;
  exports dev.remora.core.vocabulary to
      dev.remora.forms,
      dev.remora.engine,
      dev.remora.djl,
      dev.remora.remote,
      dev.remora.conformance;

  uses dev.remora.core.engine.TokenizerEngine;
}
