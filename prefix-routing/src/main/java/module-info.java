/** Which worker already holds how much of a prompt. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // gRPC has no descriptors
module dev.remora.routing {
  requires transitive dev.remora.api;
  requires transitive io.grpc;
  requires dev.remora.core;
  requires dev.remora.proto;
  requires hash4j;
  requires java.logging; // gRPC's
  requires jdk.unsupported; // gRPC's
  requires static transitive org.jspecify;

  exports dev.remora.routing;
}
