package dev.remora.chat.encoding.harmony;

import dev.remora.Prompt;
import dev.remora.chat.encoding.RequestValue;
import java.util.List;
import java.util.Set;

/** What a message holds. */
sealed interface HarmonyContent {
  /** Whether it declares functions. */
  default boolean hasFunctions() {
    return false;
  }

  /**
   * Writes it.
   *
   * @param hasFunctions whether the conversation declares functions
   */
  void write(boolean hasFunctions, Prompt.Builder out);

  /** Texts, each of which is encoded by itself. */
  record Texts(List<RequestValue> texts) implements HarmonyContent {
    @Override
    public void write(boolean hasFunctions, Prompt.Builder out) {
      texts.forEach(text -> text.write(out.seam()));
    }
  }

  /**
   * What the system says of itself. Each part is left out where it is absent or empty.
   *
   * @param identity who the model is
   * @param cutoff until when it knows
   * @param date what day it is
   * @param effort how much it is to reason
   * @param tools the tools that it was trained on
   * @param channels the channels that it may write to
   */
  record SystemSettings(
      HarmonyText identity,
      HarmonyText cutoff,
      HarmonyText date,
      HarmonyText effort,
      List<BuiltInTool> tools,
      List<HarmonyText> channels)
      implements HarmonyContent {
    private static final Set<String> EFFORTS = Set.of("low", "medium", "high");
    private static final List<String> CHANNELS =
        List.of(HarmonyMessage.ANALYSIS, HarmonyMessage.COMMENTARY, HarmonyMessage.FINAL);

    /**
     * The settings that an object names, and harmony's own for those that it does not; null leaves
     * one out.
     *
     * @param tools the names of tools that the model was trained on; may be absent
     * @param date what day it is
     */
    static SystemSettings of(RequestValue settings, RequestValue tools, HarmonyText date) {
      settings.at("reasoning_effort").choice(EFFORTS);
      return new SystemSettings(
          setting(
              settings,
              "model_identity",
              "You are ChatGPT, a large language model trained by OpenAI."),
          setting(settings, "knowledge_cutoff", "2024-06"),
          date,
          setting(settings, "reasoning_effort", "medium"),
          tools.items().stream().map(BuiltInTool::of).toList(),
          channels(settings));
    }

    private static HarmonyText setting(RequestValue settings, String name, String byDefault) {
      return settings.has(name)
          ? HarmonyText.of(settings.at(name))
          : HarmonyText.of(byDefault, settings.at(name));
    }

    private static List<HarmonyText> channels(RequestValue settings) {
      RequestValue given = settings.at("valid_channels");
      return settings.has("valid_channels")
          ? given.items().stream().map(HarmonyText::of).toList()
          : CHANNELS.stream().map(channel -> HarmonyText.of(channel, given)).toList();
    }

    @Override
    public void write(boolean hasFunctions, Prompt.Builder out) {
      Sections sections = new Sections(out);
      if (!identity.isAbsent()) {
        sections.next("\n\n", "");
        identity.write(out);
      }
      writeLine("Knowledge cutoff: ", cutoff, "\n", sections, out);
      writeLine("Current date: ", date, "\n", sections, out);
      writeLine("Reasoning: ", effort, "\n\n", sections, out);
      if (!tools.isEmpty()) {
        sections.next("\n\n", "# Tools");
        tools.forEach(tool -> sections.next("\n\n", tool.description()));
      }
      if (!channels.isEmpty()) {
        writeChannels(hasFunctions, sections, out);
      }
    }

    private static void writeLine(
        String title, HarmonyText text, String before, Sections sections, Prompt.Builder out) {
      if (!text.isAbsent()) {
        sections.next(before, title);
        text.write(out);
      }
    }

    private void writeChannels(boolean hasFunctions, Sections sections, Prompt.Builder out) {
      sections.next("\n\n", "# Valid channels: ");
      String separator = "";
      for (HarmonyText channel : channels) {
        out.words(separator);
        channel.write(out);
        separator = ", ";
      }
      out.words(". Channel must be included for every message.");
      if (hasFunctions) {
        out.words("\nCalls to these tools must go to the commentary channel: 'functions'.");
      }
    }
  }

  /**
   * What the developer says.
   *
   * @param instructions absent for none
   * @param functions those that may be called
   */
  record DeveloperSettings(RequestValue instructions, List<RequestValue> functions)
      implements HarmonyContent {
    @Override
    public boolean hasFunctions() {
      return !functions.isEmpty();
    }

    @Override
    public void write(boolean hasFunctions, Prompt.Builder out) {
      Sections sections = new Sections(out);
      if (!instructions.isAbsent()) {
        sections.next("\n\n", "# Instructions\n\n");
        instructions.write(out);
      }
      if (!functions.isEmpty()) {
        sections.next("\n\n", "# Tools\n\n## functions\n\nnamespace functions {\n\n");
        for (RequestValue function : functions) {
          out.request(function.path(), FunctionDeclaration.of(function));
        }
        out.words("} // namespace functions");
      }
    }
  }

  /** Puts separators between what is there. */
  final class Sections {
    private final Prompt.Builder out;
    private boolean any;

    Sections(Prompt.Builder out) {
      this.out = out;
    }

    void next(String separator, String words) {
      out.words(any ? separator : "").words(words);
      any = true;
    }
  }
}
