package dev.remora.chat.encoding.harmony;

import dev.remora.chat.encoding.RequestValue;
import java.util.Locale;

/**
 * A message in harmony's own terms. What it lacks is absent.
 *
 * @param role whose it is
 * @param name the author's name; of a tool always there
 * @param recipient to whom it goes
 * @param channel the channel that it is on
 * @param contentType what its content is
 * @param content its content
 */
record HarmonyMessage(
    Role role,
    HarmonyText name,
    HarmonyText recipient,
    HarmonyText channel,
    HarmonyText contentType,
    HarmonyContent content) {
  static final String ANALYSIS = "analysis";
  static final String COMMENTARY = "commentary";
  static final String FINAL = "final";

  /** Whose a message is. */
  enum Role {
    SYSTEM,
    DEVELOPER,
    USER,
    ASSISTANT,
    TOOL;

    /** The role as it is written. */
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of a message.
     *
     * @throws dev.remora.TemplateException if it is none of these
     */
    static Role of(RequestValue message) {
      RequestValue role = message.at("role");
      for (Role each : values()) {
        if (each.code().equals(role.text())) {
          return each;
        }
      }
      throw role.failure("this encoding has no role", role.text());
    }
  }

  boolean isOn(String wanted) {
    return channel.text().equals(wanted);
  }
}
