/** Messages to the prompt, exactly as transformers renders it, and replies to messages. */
@SuppressWarnings("module") // the modules it exports to come later
module dev.remora.chat {
  requires transitive dev.remora.api;
  requires dev.remora.jinja;
  requires static transitive org.jspecify;

  exports dev.remora.chat;
  exports dev.remora.chat.response;
  exports dev.remora.chat.response.pattern to
      dev.remora.conformance;
}
