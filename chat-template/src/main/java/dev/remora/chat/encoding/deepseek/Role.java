package dev.remora.chat.encoding.deepseek;

import dev.remora.chat.encoding.RequestValue;
import java.util.Locale;
import java.util.Set;

/** Whose a message is. */
enum Role {
  SYSTEM,
  DEVELOPER,
  USER,
  LATEST_REMINDER,
  TOOL,
  ASSISTANT;

  /**
   * The role of a message.
   *
   * @throws dev.remora.TemplateException if it is none of these
   */
  static Role of(RequestValue message, Set<Role> known) {
    RequestValue role = message.at("role");
    String name = role.text();
    for (Role each : known) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    throw role.failure("this encoding has no role", name);
  }

  /** Whether a reply answers it. */
  boolean asks() {
    return this == USER || this == DEVELOPER;
  }
}
