package dev.remora.chat.encoding.harmony;

import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.RequestValue;
import dev.remora.chat.encoding.harmony.HarmonyContent.DeveloperSettings;
import dev.remora.chat.encoding.harmony.HarmonyContent.SystemSettings;
import dev.remora.chat.encoding.harmony.HarmonyContent.Texts;
import dev.remora.chat.encoding.harmony.HarmonyMessage.Role;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a chat request into harmony's terms, as the template of gpt-oss does: the system speaks of
 * itself, what a chat request calls system or developer is the developer, reasoning is analysis,
 * calls and their results are commentary.
 */
final class ChatConversion {
  private final ChatRequest request;
  private final RequestValue nothing;
  private final List<HarmonyMessage> messages = new ArrayList<>();
  private final Map<String, RequestValue> called = new HashMap<>(); // names of functions by ids

  private ChatConversion(ChatRequest request) {
    this.request = request;
    this.nothing = request.nothing();
  }

  static List<HarmonyMessage> convert(ChatRequest request) {
    ChatConversion conversion = new ChatConversion(request);
    conversion.addSettings();
    List<RequestValue> messages = request.messages();
    boolean instructed = !messages.isEmpty() && isInstruction(messages.get(0));
    conversion.addDeveloper(
        instructed ? messages.get(0).at("content").oneText() : request.nothing(),
        request.tools().items().stream().map(RequestValue::function).toList());
    messages.subList(instructed ? 1 : 0, messages.size()).forEach(conversion::add);
    return conversion.messages;
  }

  private static boolean isInstruction(RequestValue message) {
    Role role = Role.of(message);
    return role == Role.SYSTEM || role == Role.DEVELOPER;
  }

  private void addSettings() {
    RequestValue arguments = request.arguments();
    RequestValue given = arguments.at("conversation_start_date");
    HarmonyText date =
        given.isAbsent()
            ? HarmonyText.of(LocalDate.now(request.language().clock()).toString(), given)
            : HarmonyText.of(given);
    add(Role.SYSTEM, "", SystemSettings.of(arguments, arguments.at("builtin_tools"), date));
  }

  private void addDeveloper(RequestValue instructions, List<RequestValue> functions) {
    RequestValue said = instructions.isFalse() ? nothing : instructions;
    if (!said.isAbsent() || !functions.isEmpty()) {
      add(Role.DEVELOPER, "", new DeveloperSettings(said, functions));
    }
  }

  private void add(Role role, String channel, HarmonyContent content) {
    HarmonyText none = HarmonyText.of(nothing);
    messages.add(
        new HarmonyMessage(role, none, none, HarmonyText.of(channel, nothing), none, content));
  }

  private void add(RequestValue message) {
    RequestValue content = message.at("content");
    switch (Role.of(message)) {
      case SYSTEM, DEVELOPER -> addDeveloper(content.oneText(), List.of());
      case USER -> add(Role.USER, "", new Texts(content.textParts()));
      case ASSISTANT -> addReply(message);
      case TOOL -> addResult(message);
    }
  }

  private void addReply(RequestValue message) {
    RequestValue reasoning = message.reasoning();
    if (!reasoning.isFalse()) {
      add(Role.ASSISTANT, HarmonyMessage.ANALYSIS, new Texts(reasoning.textParts()));
    }
    RequestValue calls = message.at("tool_calls");
    RequestValue content = message.at("content");
    if (calls.isFalse()) {
      add(Role.ASSISTANT, HarmonyMessage.FINAL, new Texts(content.textParts()));
      return;
    }
    if (!content.isFalse()) {
      add(Role.ASSISTANT, HarmonyMessage.COMMENTARY, new Texts(content.textParts()));
    }
    calls.items().forEach(this::addCall);
  }

  private void addCall(RequestValue call) {
    RequestValue name = call.function().at("name");
    if (!call.at("id").isAbsent()) {
      called.put(call.at("id").spelled(), name);
    }
    RequestValue arguments = call.function().at("arguments");
    HarmonyText none = HarmonyText.of(nothing);
    messages.add(
        new HarmonyMessage(
            Role.ASSISTANT,
            none,
            function(name),
            HarmonyText.of(HarmonyMessage.COMMENTARY, nothing),
            HarmonyText.of("json", nothing),
            new Texts(List.of(arguments.isText() ? arguments : spelled(arguments)))));
  }

  private static RequestValue spelled(RequestValue arguments) {
    return arguments.with(arguments.isAbsent() ? "{}" : arguments.json());
  }

  private static HarmonyText function(RequestValue name) {
    name.text(); // must be there
    return new HarmonyText("functions.", name);
  }

  private void addResult(RequestValue message) {
    RequestValue id = message.at("tool_call_id");
    RequestValue name = id.isAbsent() ? null : called.get(id.spelled());
    messages.add(
        new HarmonyMessage(
            Role.TOOL,
            function(name == null ? message.at("name") : name),
            HarmonyText.of(Role.ASSISTANT.code(), nothing),
            HarmonyText.of(HarmonyMessage.COMMENTARY, nothing),
            HarmonyText.of(nothing),
            new Texts(message.at("content").textParts())));
  }
}
