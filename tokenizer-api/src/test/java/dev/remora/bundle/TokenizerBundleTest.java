package dev.remora.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a bundle keeps the content of, and which stay once its tokenizer is built. */
class TokenizerBundleTest {
  private static final byte[] CONTENT = {1};

  private static void assertKept(String name, boolean inBundle, boolean afterBuild) {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local()).add(name, CONTENT).build();
    BundleInfo info = new BundleInfo(bundle, "", SpecialTokens.builder().build());
    assertEquals(inBundle, TokenizerBundle.keeps(name), name);
    assertEquals(inBundle, bundle.content(name).isPresent(), name);
    assertEquals(afterBuild, info.content(name).isPresent(), name);
    assertEquals(bundle.files(), info.files());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
        "config.json",
        "generation_config.json",
        "chat_template.jinja",
        "chat_template.json",
        "additional_chat_templates/tool_use.jinja",
        "additional_chat_templates/a/b.jinja",
        "additional_chat_templates/.jinja",
      })
  void config_staysOnceTheTokenizerIsBuilt(String name) {
    assertKept(name, true, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokenizer.json",
        "vocab.json",
        "vocab.txt",
        "tekken.json",
        "merges.txt",
        "tiktoken.model",
        "tokenizer.model",
        "spiece.model",
        "o200k_base.tiktoken",
        ".tiktoken",
      })
  void vocabulary_isKeptUntilTheTokenizerIsBuilt(String name) {
    assertKept(name, true, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.safetensors",
        "a/tokenizer.json",
        "a/tokenizer_config.json",
        "a/b.tiktoken",
        "a/b.model",
        "processor_config.json",
        "other.jinja",
        "additional_chat_templates",
        "additional_chat_templates/tool_use.txt",
        "additional_chat_templates.jinja",
        "TOKENIZER.JSON",
        "",
      })
  void otherFile_hasFactsOnly(String name) {
    assertKept(name, false, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, (1 << 20) + 1})
  void config_staysUpToOneMebibyte(int length) {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local()).add("config.json", new byte[length]).build();
    BundleInfo info = new BundleInfo(bundle, "", SpecialTokens.builder().build());
    assertEquals(length == 1 << 20, info.content("config.json").isPresent());
  }
}
