/** What a user of Remora names: the tokenizer, its options, values and failures, and the bundle. */
module dev.remora.api {
  requires static transitive org.jspecify;

  exports dev.remora;
  exports dev.remora.bundle;
}
