/** What a user of Remora names: the tokenizer, its options, values and failures, and the bundle. */
@SuppressWarnings("module") // the modules it exports to come later
module dev.remora.api {
  requires static transitive org.jspecify;

  exports dev.remora;
  exports dev.remora.bundle;
  exports dev.remora.text to
      dev.remora.chat,
      dev.remora.core,
      dev.remora.remote;
}
