/** The messages of both dialects of GetTokenizer. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // protobuf-java has no descriptor
module dev.remora.proto {
  requires transitive com.google.protobuf;
  requires jdk.unsupported; // protobuf-java's
  requires java.logging; // protobuf-java's
  requires static transitive org.jspecify;

  exports dev.remora.proto;
}
