/** Loads an inference worker's tokenizer over gRPC. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // gRPC has no descriptors
module dev.remora.remote {
  requires transitive dev.remora.api;
  requires transitive io.grpc;
  requires dev.remora.core;
  requires dev.remora.forms;
  requires dev.remora.proto;
  requires com.github.luben.zstd_jni;
  requires org.slf4j;
  requires java.logging; // gRPC's
  requires jdk.unsupported; // gRPC's
  requires static transitive org.jspecify;

  exports dev.remora.remote;
}
