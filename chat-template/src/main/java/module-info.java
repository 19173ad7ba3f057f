/** Messages to the prompt, exactly as transformers renders it. */
module dev.remora.chat {
  requires transitive dev.remora.api;
  requires dev.remora.jinja;
  requires com.google.gson;
  requires jdk.unsupported; // Gson's
  requires static transitive org.jspecify;

  exports dev.remora.chat;
}
