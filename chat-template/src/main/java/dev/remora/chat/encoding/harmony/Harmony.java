package dev.remora.chat.encoding.harmony;

import dev.remora.Prompt;
import dev.remora.chat.encoding.ChatEncoder;
import dev.remora.chat.encoding.ChatRequest;
import java.util.List;

/**
 * The encoding of gpt-oss, harmony. A conversation in harmony's own terms is written as it stands;
 * any other is put into those terms first.
 */
public final class Harmony implements ChatEncoder {
  private static final String START = "<|start|>";
  private static final String CHANNEL = "<|channel|>";
  private static final String CONSTRAIN = "<|constrain|>";
  private static final String MESSAGE = "<|message|>";
  private static final String END = "<|end|>";
  private static final String CALL = "<|call|>";

  @Override
  public Prompt encode(ChatRequest request) {
    List<HarmonyMessage> messages =
        HarmonyReader.isHarmony(request)
            ? HarmonyReader.read(request)
            : ChatConversion.convert(request);
    boolean drops = request.argument("auto_drop_analysis").flag(true);
    int lastFinal = drops ? lastFinal(messages) : -1;
    boolean hasFunctions = messages.stream().anyMatch(message -> message.content().hasFunctions());
    Prompt.Builder out = Prompt.builder();
    for (int index = 0; index < messages.size(); index++) {
      HarmonyMessage message = messages.get(index);
      if (index >= lastFinal || !message.isOn(HarmonyMessage.ANALYSIS)) {
        write(message, hasFunctions, out);
      }
    }
    if (request.addGenerationPrompt()) {
      mark(START, out);
      out.words(HarmonyMessage.Role.ASSISTANT.code());
    }
    return out.build();
  }

  private static int lastFinal(List<HarmonyMessage> messages) {
    int last = messages.size() - 1;
    while (last >= 0 && !messages.get(last).isOn(HarmonyMessage.FINAL)) {
      last--;
    }
    return last;
  }

  private static void mark(String mark, Prompt.Builder out) {
    out.seam().template(mark).seam();
  }

  private static void write(HarmonyMessage message, boolean hasFunctions, Prompt.Builder out) {
    mark(START, out);
    writeAuthor(message, out);
    boolean addressed = !message.recipient().isAbsent();
    if (addressed && !message.recipient().text().equals("all")) {
      out.seam().words(" to=");
      message.recipient().write(out);
    }
    if (!message.channel().isAbsent()) {
      mark(CHANNEL, out);
      message.channel().write(out);
    }
    if (!message.contentType().isAbsent()) {
      writeContentType(message.contentType(), out);
    }
    mark(MESSAGE, out);
    message.content().write(hasFunctions, out);
    mark(addressed && message.role() == HarmonyMessage.Role.ASSISTANT ? CALL : END, out);
  }

  private static void writeAuthor(HarmonyMessage message, Prompt.Builder out) {
    if (message.role() != HarmonyMessage.Role.TOOL) {
      out.words(message.role().code());
      out.seam().words(message.name().isAbsent() ? "" : ":");
    }
    message.name().write(out);
  }

  /** The mark in it is the grammar's, whoever asks for it; what follows is the request's. */
  private static void writeContentType(HarmonyText type, Prompt.Builder out) {
    out.seam().words(" ");
    if (type.text().startsWith(CONSTRAIN)) {
      mark(CONSTRAIN, out);
      type.writeFrom(CONSTRAIN.length(), out);
    } else {
      type.write(out);
    }
  }
}
