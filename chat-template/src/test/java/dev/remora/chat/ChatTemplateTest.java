package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.TemplateException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.SpecialTokens;
import dev.remora.bundle.TokenizerBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {
  private static final List<Map<String, Object>> HI = ChatMessages.builder().user("Hi").build();

  private static BundleInfo bundle(String... namesAndContents) {
    TokenizerBundle.Builder builder = TokenizerBundle.builder(Fingerprint.local());
    for (int at = 0; at < namesAndContents.length; at += 2) {
      byte[] content = namesAndContents[at + 1].getBytes(StandardCharsets.UTF_8);
      builder.add(namesAndContents[at], content);
    }
    SpecialTokens special =
        SpecialTokens.builder().role("bos_token", "<s>").role("image_token", "<image>").build();
    return new BundleInfo(builder.build(), "tokenizer.json", special);
  }

  @Test
  void sources_inOrder_firstOneWins() {
    String config = "{\"chat_template\": \"config\"}";
    String json = "{\"chat_template\": \"json\"}";
    assertEquals("config", ChatTemplate.of(bundle("tokenizer_config.json", config)).render(HI));
    assertEquals(
        "json",
        ChatTemplate.of(bundle("tokenizer_config.json", config, "chat_template.json", json))
            .render(HI));
    assertEquals(
        "jinja",
        ChatTemplate.of(
                bundle(
                    "tokenizer_config.json",
                    config,
                    "chat_template.json",
                    json,
                    "chat_template.jinja",
                    "jinja"))
            .render(HI));
  }

  @Test
  void file_ofAHundredThousandLevels_isRefusedByName() {
    String deep = "{\"chat_template\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    for (String file : List.of("tokenizer_config.json", "chat_template.json")) {
      BundleException refusal =
          assertThrows(BundleException.class, () -> ChatTemplate.of(bundle(file, deep)));
      assertEquals(Optional.of(file), refusal.file());
    }
  }

  @Test
  void names_withTools_chooseToolUse() {
    String config =
        "{\"chat_template\": [{\"name\": \"default\", \"template\": \"plain\"},"
            + " {\"name\": \"tool_use\", \"template\": \"tools\"},"
            + " {\"name\": \"rag\", \"template\": \"rag\"}]}";
    ChatTemplate template = ChatTemplate.of(bundle("tokenizer_config.json", config));
    RenderOptions tools = RenderOptions.builder().tools(List.of(Map.of("name", "f"))).build();
    assertEquals(Set.of("default", "tool_use", "rag"), template.names());
    assertEquals("plain", template.render(HI));
    assertEquals("tools", template.render(HI, tools));
    assertEquals("rag", template.render(HI, tools.toBuilder().templateName("rag").build()));
    RenderOptions other = RenderOptions.builder().templateName("other").build();
    TemplateException missing =
        assertThrows(TemplateException.class, () -> template.render(HI, other));
    assertEquals("other", missing.template());
  }

  @Test
  void additionalTemplates_standBesideTheDefault() {
    ChatTemplate template =
        ChatTemplate.of(
            bundle(
                "chat_template.jinja",
                "plain",
                "additional_chat_templates/tool_use.jinja",
                "tools"));
    assertEquals("plain", template.render(HI));
    RenderOptions tools = RenderOptions.builder().tools(List.of()).build();
    assertEquals("tools", template.render(HI, tools));
  }

  @Test
  void specialTokens_ofTheBundle_areVariablesOfTheTemplate() {
    String source = "{{ bos_token }}{{ image_token }}{{ sep_token is defined }}";
    ChatTemplate template = ChatTemplate.of(bundle("chat_template.jinja", source));
    assertEquals("<s><image>False", template.render(HI));
    RenderOptions options = RenderOptions.builder().keywordArgument("bos_token", "B").build();
    assertEquals("B<image>False", template.render(HI, options));
    assertEquals("<s>", ChatTemplate.of(bundle(), "{{ bos_token }}").render(HI));
  }

  @Test
  void bundle_withoutTemplate_failsRendering() {
    ChatTemplate template = ChatTemplate.of(bundle("tokenizer_config.json", "{}"));
    TemplateException failure = assertThrows(TemplateException.class, () -> template.render(HI));
    assertEquals("the bundle holds no chat template", failure.problem());
  }

  @Test
  void config_noJson_isRefused() {
    BundleException failure =
        assertThrows(
            BundleException.class,
            () -> ChatTemplate.of(bundle("tokenizer_config.json", "{\"a\": ")));
    assertEquals("tokenizer_config.json", failure.file().orElseThrow());
  }

  @Test
  void template_thatDoesNotParse_failsRenderingWithItsLine() {
    ChatTemplate template = ChatTemplate.of(bundle("chat_template.jinja", "a\nb\n{{ 1 + }}"));
    TemplateException failure = assertThrows(TemplateException.class, () -> template.render(HI));
    assertEquals(3, failure.line());
    assertEquals("default", failure.template());
  }

  @Test
  void template_thatFails_namesTheLineOfTheCall() {
    String source = "{% macro m() %}\n{{ 1 }}\n{% endmacro %}\n{{ m() }}\n{{ m() + none }}\n";
    TemplateException failure =
        assertThrows(TemplateException.class, () -> ChatTemplate.of("t", source).render(HI));
    assertEquals(5, failure.line());
    assertEquals("can only concatenate str (not \"NoneType\") to str", failure.problem());
  }

  @Test
  void raiseException_textIsTheProblem() {
    String source = "\n{{ raise_exception('Roles must: alternate, ' ~ messages[0].role) }}";
    ChatTemplate template = ChatTemplate.of("t", source);
    RenderOptions asked = RenderOptions.builder().requestTextInErrors(true).build();
    TemplateException failure =
        assertThrows(TemplateException.class, () -> template.render(HI, asked));
    assertEquals("Roles must: alternate, user", failure.problem());
    assertEquals(2, failure.line());
    TemplateException quiet = assertThrows(TemplateException.class, () -> template.render(HI));
    assertEquals("Roles must: alternate, …", quiet.problem());
  }

  @Test
  void context_withoutTools_hasThemAsNone() {
    String source = "{{ tools is none }}{{ documents is none }}{{ add_generation_prompt }}";
    assertEquals("TrueTrueFalse", ChatTemplate.of("t", source).render(HI));
    assertEquals("TrueTrueTrue", ChatTemplate.of("t", source).render(HI, RenderOptions.GENERATE));
  }

  @Test
  void values_ofNoJsonKind_areRefused() {
    List<Map<String, Object>> messages = List.of(Map.of("role", new Object()));
    assertThrows(IllegalArgumentException.class, () -> ChatTemplate.of("t", "").render(messages));
  }

  @Test
  void contentFormat_isWhatTheTemplateReads() {
    String text = "{% for m in messages %}{{ m.content }}{% endfor %}";
    String concatenated = "{% for m in messages %}{{ '<' + m.content }}{% endfor %}";
    String json = "{{ messages|tojson }}";
    String parts =
        "{% for m in messages %}{% for p in m.content %}{{ p.text }}{% endfor %}{% endfor %}";
    assertEquals(ContentFormat.TEXT, ChatTemplate.of("t", text).contentFormat(null));
    assertEquals(ContentFormat.TEXT, ChatTemplate.of("t", concatenated).contentFormat(null));
    assertEquals(ContentFormat.TEXT, ChatTemplate.of("t", json).contentFormat(null));
    assertEquals(ContentFormat.PARTS, ChatTemplate.of("t", parts).contentFormat(null));
  }

  @Test
  void render_fromManyThreads_isTheSame() {
    String source =
        "{% set n = namespace(c=0) %}{% for m in messages %}{% set n.c = n.c + 1 %}{{ n.c }}{{ m.content }}{% endfor %}";
    ChatTemplate template = ChatTemplate.of("t", source);
    assertTrue(
        IntStream.range(0, 2_000)
            .parallel()
            .mapToObj(number -> template.render(HI))
            .allMatch("1Hi"::equals));
  }

  @Test
  void options_thatContradict_areRefused() {
    RenderOptions.Builder builder =
        RenderOptions.builder().addGenerationPrompt(true).continueFinalMessage(true);
    assertThrows(IllegalArgumentException.class, builder::build);
    RenderOptions.Builder limits = RenderOptions.builder().maxSteps(0);
    assertThrows(IllegalArgumentException.class, limits::build);
  }
}
