package dev.remora.langchain4j;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonSyntaxException;
import com.google.gson.reflect.TypeToken;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.remora.chat.ChatMessages;
import dev.remora.chat.ContentFormat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's messages and tools as a worker gets them from an OpenAI-compatible client, and as
 * it hands them to its chat template: the arguments of calls parsed.
 *
 * @param format what the template expects of content that has several parts
 */
record OpenAiMessages(ContentFormat format) {
  private static final TypeToken<LinkedHashMap<String, Object>> OBJECT = new TypeToken<>() {};
  private static final Gson JSON =
      new GsonBuilder()
          .setObjectToNumberStrategy(reader -> number(reader.nextString()))
          .disableHtmlEscaping()
          .create();

  private static Number number(String text) {
    if (text.matches("-?[0-9]+")) {
      BigInteger integer = new BigInteger(text);
      return integer.bitLength() < Long.SIZE ? integer.longValue() : integer;
    }
    return Double.valueOf(text);
  }

  List<Map<String, Object>> of(Iterable<ChatMessage> messages) {
    ChatMessages all = ChatMessages.builder();
    messages.forEach(message -> all.message(of(message)));
    return all.build();
  }

  private Map<String, Object> of(ChatMessage message) {
    if (message instanceof SystemMessage system) {
      return message("system", system.text());
    }
    if (message instanceof UserMessage user) {
      Map<String, Object> result = message("user", content(user.contents()));
      if (user.name() != null) {
        result.put("name", user.name());
      }
      return result;
    }
    if (message instanceof AiMessage ai) {
      Map<String, Object> result = message("assistant", ai.text() == null ? "" : ai.text());
      if (ai.hasToolExecutionRequests()) {
        List<Object> calls = new ArrayList<>();
        ai.toolExecutionRequests().forEach(request -> calls.add(call(request)));
        result.put("tool_calls", calls);
      }
      return result;
    }
    if (message instanceof ToolExecutionResultMessage answer) {
      Map<String, Object> result = message("tool", content(answer.contents()));
      result.put("tool_call_id", String.valueOf(answer.id()));
      return result;
    }
    throw new UnsupportedFeatureException("messages of type " + message.type());
  }

  private static Map<String, Object> message(String role, Object content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("content", content);
    return message;
  }

  private Object content(List<Content> contents) {
    List<String> texts = new ArrayList<>();
    for (Content content : contents) {
      if (!(content instanceof TextContent text)) {
        throw new UnsupportedFeatureException("counting content of type " + content.type());
      }
      texts.add(text.text());
    }
    if (texts.size() == 1 || format == ContentFormat.TEXT) {
      return String.join("\n", texts);
    }
    List<Object> parts = new ArrayList<>();
    for (String text : texts) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("type", "text");
      part.put("text", text);
      parts.add(part);
    }
    return parts;
  }

  private static Map<String, Object> call(ToolExecutionRequest request) {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", request.name());
    function.put("arguments", arguments(request.arguments()));
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("id", String.valueOf(request.id()));
    call.put("type", "function");
    call.put("function", function);
    return call;
  }

  /** The object that the arguments are, or their own text where a model wrote no object. */
  private static Object arguments(@Nullable String json) {
    if (json == null || json.isBlank()) {
      return new LinkedHashMap<>();
    }
    try {
      return JSON.fromJson(json, OBJECT.getType());
    } catch (JsonSyntaxException e) {
      return json;
    }
  }

  /** A conversation's turn that calls the tool whose result this is. */
  static AiMessage callOf(ToolExecutionResultMessage result) {
    return AiMessage.from(
        ToolExecutionRequest.builder()
            .id(String.valueOf(result.id()))
            .name(String.valueOf(result.toolName()))
            .arguments("{}")
            .build());
  }

  static Map<String, Object> tool(ToolSpecification specification) {
    Map<String, Object> function = JSON.fromJson(specification.toJson(), OBJECT.getType());
    function.computeIfAbsent("parameters", absent -> noParameters());
    Map<String, Object> tool = new LinkedHashMap<>();
    tool.put("type", "function");
    tool.put("function", function);
    return tool;
  }

  private static Map<String, Object> noParameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("type", "object");
    parameters.put("properties", new LinkedHashMap<>());
    parameters.put("required", List.of());
    return parameters;
  }
}
