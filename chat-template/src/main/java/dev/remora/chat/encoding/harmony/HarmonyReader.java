package dev.remora.chat.encoding.harmony;

import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.RequestValue;
import dev.remora.chat.encoding.harmony.HarmonyContent.DeveloperSettings;
import dev.remora.chat.encoding.harmony.HarmonyContent.SystemSettings;
import dev.remora.chat.encoding.harmony.HarmonyContent.Texts;
import dev.remora.chat.encoding.harmony.HarmonyMessage.Role;
import java.util.List;

/** Reads a conversation that is in harmony's own terms. */
final class HarmonyReader {
  private HarmonyReader() {}

  /** Whether a message has a channel or a recipient, or an object for its content. */
  static boolean isHarmony(ChatRequest request) {
    return request.messages().stream()
        .anyMatch(
            message ->
                !message.at("channel").isAbsent()
                    || !message.at("recipient").isAbsent()
                    || message.at("content").isObject());
  }

  static List<HarmonyMessage> read(ChatRequest request) {
    if (!request.tools().isFalse()) {
      throw request
          .tools()
          .failure("in a conversation of harmony's own, functions are the developer's content");
    }
    return request.messages().stream().map(HarmonyReader::message).toList();
  }

  private static HarmonyMessage message(RequestValue message) {
    Role role = Role.of(message);
    RequestValue name = message.at("name");
    if (role == Role.TOOL) {
      name.text();
    }
    return new HarmonyMessage(
        role,
        HarmonyText.of(name),
        HarmonyText.of(message.at("recipient")),
        HarmonyText.of(message.at("channel")),
        HarmonyText.of(message.at("content_type")),
        content(role, message.at("content")));
  }

  private static HarmonyContent content(Role role, RequestValue content) {
    if (!content.isObject()) {
      return new Texts(content.textParts());
    }
    if (role == Role.SYSTEM) {
      HarmonyText date = HarmonyText.of(content.at("conversation_start_date"));
      return SystemSettings.of(content, content.at("tools"), date);
    }
    if (role != Role.DEVELOPER) {
      throw content.failure("must be text");
    }
    return new DeveloperSettings(content.at("instructions"), content.at("functions").items());
  }
}
