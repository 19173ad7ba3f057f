package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.TemplateException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.SpecialTokens;
import dev.remora.bundle.TokenizerBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingChoiceTest {
  private static final String V4 = "{\"architectures\": [\"DeepseekV4ForCausalLM\"]}";

  private static BundleInfo bundle(String config, String model) {
    TokenizerBundle.Builder files =
        TokenizerBundle.builder(Fingerprint.local()).modelIdentifier(model);
    if (!config.isEmpty()) {
      files.add("config.json", config.getBytes(StandardCharsets.UTF_8));
    }
    return new BundleInfo(files.build(), "tokenizer.json", SpecialTokens.builder().build());
  }

  private static Optional<ChatEncoding> chosen(String config, String model) {
    return ChatTemplate.of(bundle(config, model)).encoding();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"architectures\": [\"DeepseekV32ForCausalLM\"]} | DEEPSEEK_V3_2",
        "{\"architectures\": [\"DeepseekV41ForCausalLM\"]} | DEEPSEEK_V4_1",
        "{\"architectures\": [\"KimiK3ForConditionalGeneration\"]} | KIMI_K3",
        "{\"model_type\": \"kimi_k3\"} | KIMI_K3",
        "{\"model_type\": \"gpt_oss\"} | HARMONY",
      })
  void config_tellsTheEncoding(String config, ChatEncoding encoding) {
    assertEquals(Optional.of(encoding), chosen(config, "/models/a"));
  }

  @ParameterizedTest
  @CsvSource({
    "deepseek-ai/DeepSeek-V4-Flash, DEEPSEEK_V4",
    "deepseek-ai/DeepSeek-V4-Flash-0731, DEEPSEEK_V4_0731",
    "ds-20260731, DEEPSEEK_V4_0731",
    "deepseek-ai/DeepSeek-V4.1-Flash, DEEPSEEK_V4_1",
    "deepseek_v41, DEEPSEEK_V4_1",
    "DeepSeek-V4-1M, DEEPSEEK_V4",
  })
  void name_tellsTheRevisionOfV4(String name, ChatEncoding encoding) {
    assertEquals(Optional.of(encoding), chosen(V4, name));
  }

  @ParameterizedTest
  @CsvSource({
    "deepseek-ai/DeepSeek-V3.2, DEEPSEEK_V3_2",
    "mlx-community/DeepSeek-V4-Flash-0731-4bit, DEEPSEEK_V4_0731",
    "moonshotai/Kimi-K3, KIMI_K3",
    "openai/gpt-oss-120b, HARMONY",
  })
  void name_tellsTheEncoding_whereThereIsNoConfig(String name, ChatEncoding encoding) {
    assertEquals(Optional.of(encoding), chosen("", name));
  }

  @Test
  void revision_thatNothingTells_isRefusedWithTheChoices() {
    ChatTemplate template = ChatTemplate.of(bundle(V4, "/models/prod"));
    assertEquals(Optional.empty(), template.encoding());
    TemplateException failure =
        assertThrows(
            TemplateException.class,
            () -> template.render(ChatMessages.builder().user("Hi").build()));
    assertEquals(List.of("deepseek-v4", "deepseek-v4-0731", "deepseek-v4.1"), failure.choices());
  }

  @Test
  void name_alone_doesNotMakeAnotherModelDeepSeeks() {
    assertEquals(Optional.empty(), chosen("{\"model_type\": \"llama\"}", "deepseek-v4"));
    assertEquals(Optional.empty(), chosen("", "my-v4-0731"));
    TemplateException failure =
        assertThrows(
            TemplateException.class, () -> ChatTemplate.of(bundle("", "llama")).render(List.of()));
    assertEquals("the bundle holds no chat template", failure.problem());
    assertEquals(List.of(), failure.choices());
  }

  @Test
  void template_ofTheBundle_wins() {
    TokenizerBundle files =
        TokenizerBundle.builder(Fingerprint.local())
            .add("config.json", "{\"model_type\": \"gpt_oss\"}".getBytes(StandardCharsets.UTF_8))
            .add("chat_template.jinja", "jinja".getBytes(StandardCharsets.UTF_8))
            .build();
    ChatTemplate template =
        ChatTemplate.of(new BundleInfo(files, "tokenizer.json", SpecialTokens.builder().build()));
    assertEquals(Optional.empty(), template.encoding());
    assertEquals("jinja", template.render(List.of()));
    assertEquals(Set.of("default"), template.names());
  }

  @Test
  void template_ofAnotherName_isNoneOfAnEncoding() {
    RenderOptions options = RenderOptions.builder().templateName("tool_use").build();
    TemplateException failure =
        assertThrows(
            TemplateException.class,
            () -> ChatTemplate.of(ChatEncoding.KIMI_K3).render(List.of(), options));
    assertEquals("tool_use", failure.template());
  }
}
