/** Ids in, ids out: Generate and Abort of SGLang workers. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // gRPC has no descriptors
module dev.remora.sglang {
  requires transitive io.grpc;
  requires dev.remora.proto;
  requires io.grpc.protobuf;
  requires io.grpc.stub;
  requires com.google.protobuf;
  requires java.logging; // gRPC's
  requires jdk.unsupported; // gRPC's
  requires static transitive org.jspecify;

  exports dev.remora.sglang;
}
