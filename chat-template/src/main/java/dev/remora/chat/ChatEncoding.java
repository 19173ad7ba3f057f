package dev.remora.chat;

import dev.remora.chat.encoding.ChatEncoder;
import dev.remora.chat.encoding.deepseek.DeepSeekV32;
import dev.remora.chat.encoding.deepseek.DeepSeekV4;
import dev.remora.chat.encoding.harmony.Harmony;
import dev.remora.chat.encoding.kimi.KimiK3;

/**
 * How a model's own code writes a conversation where its bundle has no chat template, or one that
 * is not exact. {@link ChatTemplate#of(dev.remora.bundle.BundleInfo)} chooses by what the bundle
 * and the worker say; {@link ChatTemplate#of(ChatEncoding)} takes the caller's choice.
 *
 * <p>Keyword arguments of {@link RenderOptions} that an encoding reads stand beside it; the others
 * it passes over, as a template passes over names that it does not use.
 */
public enum ChatEncoding {
  /**
   * DeepSeek V3.2: {@code thinking}, else {@code enable_thinking} (default false), {@code
   * drop_thinking} (default true), {@code add_default_bos_token} (default true), {@code
   * response_format}. It begins the reply whenever a user speaks last.
   */
  DEEPSEEK_V3_2("deepseek-v3.2"),

  /**
   * DeepSeek V4 as it first was: those of V3.2, and {@code reasoning_effort} (low, high, max or
   * none; default none of them). It begins the reply whenever a user speaks last.
   */
  DEEPSEEK_V4("deepseek-v4"),

  /** DeepSeek V4 in the revision of 07-31, which has other texts for efforts. */
  DEEPSEEK_V4_0731("deepseek-v4-0731"),

  /**
   * DeepSeek V4.1: those of V4, but {@code reasoning_effort} is an integer from 1 to 100, or low
   * (50), high (75, the default), max (100) or none.
   */
  DEEPSEEK_V4_1("deepseek-v4.1"),

  /**
   * Kimi K3: {@code thinking}, else {@code enable_thinking} (default true), {@code
   * thinking_effort}, else {@code reasoning_effort} (low, high or max, the default; null for no
   * word of it), {@code tool_choice} (required or none), {@code response_format}.
   */
  KIMI_K3("kimi-k3"),

  /**
   * Harmony, of gpt-oss: {@code auto_drop_analysis} (default true). A conversation with a channel,
   * a recipient, or an object as content is in harmony's own terms and is written as it stands; of
   * a chat request also {@code reasoning_effort} (low, medium, the default, or high), {@code
   * model_identity}, {@code knowledge_cutoff}, {@code valid_channels}, {@code builtin_tools}
   * (browser, python) and {@code conversation_start_date} (default today by {@link
   * RenderOptions#clock()}).
   */
  HARMONY("harmony");

  private final String code;

  ChatEncoding(String code) {
    this.code = code;
  }

  /** The encoding's stable name for settings, errors and logs, such as {@code deepseek-v4}. */
  public String code() {
    return code;
  }

  /** The {@link #code()}. */
  @Override
  public String toString() {
    return code;
  }

  ChatEncoder encoder() {
    return switch (this) {
      case DEEPSEEK_V3_2 -> new DeepSeekV32();
      case DEEPSEEK_V4 -> DeepSeekV4.original();
      case DEEPSEEK_V4_0731 -> DeepSeekV4.revised();
      case DEEPSEEK_V4_1 -> DeepSeekV4.next();
      case KIMI_K3 -> new KimiK3();
      case HARMONY -> new Harmony();
    };
  }
}
