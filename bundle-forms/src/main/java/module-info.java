/** From the files of a bundle to a definition; for Remora's own modules. */
@SuppressWarnings({"module", "requires-automatic"}) // protobuf-java has no descriptor
module dev.remora.forms {
  requires dev.remora.core;
  requires com.google.gson;
  requires com.google.protobuf;
  requires jdk.unsupported; // protobuf-java's
  requires java.logging; // protobuf-java's
  requires static org.jspecify;

  exports dev.remora.forms to
      dev.remora.remote,
      dev.remora.conformance;
  exports dev.remora.forms.compare to
      dev.remora.remote;
}
