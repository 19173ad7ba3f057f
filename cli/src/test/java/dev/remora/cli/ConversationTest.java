package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Encoding;
import dev.remora.LimitException;
import dev.remora.MediaCountException;
import dev.remora.Prompt;
import dev.remora.Rule;
import dev.remora.TemplateException;
import dev.remora.Tokenizer;
import dev.remora.chat.ChatMessages;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.FittedConversation;
import dev.remora.chat.GeneratedText;
import dev.remora.chat.RenderOptions;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting, fitting and masking conversations, over a tokenizer and a template. */
@SuppressWarnings("NullAway.Init") // @BeforeAll sets them
class ConversationTest {
  /** Refuses what real templates refuse: a system message that is not the first, a loose result. */
  private static final ChatTemplate TEMPLATE =
      ChatTemplate.of(
          "t",
          """
          {%- for m in messages -%}
          {%- if m.role == 'system' and not loop.first %}{{ raise_exception('system') }}{% endif -%}
          {%- if m.role == 'tool' and not loop.previtem %}{{ raise_exception('loose') }}{% endif -%}
          {{- m.role[0] }}:
          {%- if m.role == 'assistant' -%}
          {%- generation -%}{{ m.content }};{%- endgeneration -%}
          {%- else -%}{{ m.content if m.content is string else m.content[0].text }};{%- endif -%}
          {%- endfor -%}
          {%- if add_generation_prompt %}a:{% endif -%}
          """);

  @TempDir private static Path folder;
  private static Tokenizer tokenizer;

  @BeforeAll
  static void open() throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    tokenizer = Tokenizers.fromDirectory(folder);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static ChatMessages turns(ChatMessages messages, int count) {
    for (int turn = 0; turn < count; turn++) {
      messages.user("q" + turn).assistant("r" + turn);
    }
    return messages;
  }

  private static List<Object> contents(FittedConversation fitted) {
    return fitted.messages().stream().<Object>map(message -> message.get("content")).toList();
  }

  private static FittedConversation fit(List<Map<String, Object>> messages, int maxTokens) {
    FittedConversation fitted =
        TEMPLATE.fit(tokenizer, messages, RenderOptions.GENERATE, maxTokens);
    assertTrue(fitted.tokens() <= maxTokens);
    assertEquals(
        TEMPLATE.encode(tokenizer, fitted.messages(), fitted.options()).size(), fitted.tokens());
    return fitted;
  }

  @Test
  void count_isTheSizeOfTheEncoding() {
    List<Map<String, Object>> messages = turns(ChatMessages.builder().system("s"), 3).build();
    assertEquals(TEMPLATE.encode(tokenizer, messages).size(), TEMPLATE.count(tokenizer, messages));
  }

  @Test
  void fit_dropsWholeTurns_theOldestFirst_andAsFewAsItTakes() {
    List<Map<String, Object>> messages =
        turns(ChatMessages.builder().system("s"), 9).user("last").build();
    int whole = TEMPLATE.count(tokenizer, messages);
    assertEquals(List.of(), fit(messages, whole).dropped());
    for (int maxTokens = whole - 1; ; maxTokens--) {
      FittedConversation fitted;
      try {
        fitted = fit(messages, maxTokens);
      } catch (LimitException e) {
        assertEquals(Rule.T4, e.rule().orElseThrow());
        assertEquals(maxTokens, e.bound());
        assertEquals(e.bound() + 1, e.observed());
        break;
      }
      int turns = fitted.dropped().size() / 2;
      assertEquals("s", contents(fitted).get(0));
      assertEquals("last", contents(fitted).get(contents(fitted).size() - 1));
      assertEquals(turns == 9 ? "last" : "q" + turns, contents(fitted).get(1));
      if (turns > 0) {
        List<Map<String, Object>> oneMore = new ArrayList<>(messages);
        oneMore.subList(1, 2 * turns - 1).clear();
        assertTrue(TEMPLATE.count(tokenizer, oneMore) > maxTokens);
      }
    }
  }

  @Test
  void fit_ofOneLongTurn_dropsCallsWithTheirResults() {
    ChatMessages messages = turns(ChatMessages.builder().system("s"), 1).user("question");
    for (int step = 0; step < 4; step++) {
      messages.toolCall("c" + step, "f", Map.of()).tool("c" + step, "f", "result" + step);
    }
    List<Map<String, Object>> all = messages.build();
    int whole = TEMPLATE.count(tokenizer, all);
    assertEquals(List.of(1, 2), fit(all, whole - 1).dropped());
    FittedConversation least = fit(all, whole);
    for (int maxTokens = whole; ; maxTokens--) {
      try {
        least = fit(all, maxTokens);
      } catch (LimitException e) {
        break;
      }
      assertTrue(least.dropped().size() % 2 == 0, () -> "a result without its call");
    }
    assertEquals(List.of("s", "question", "", "result3"), contents(least));
  }

  @Test
  void fit_keepsTrustByMessage_whereMessagesMove() {
    List<Map<String, Object>> messages = turns(ChatMessages.builder(), 2).user("last").build();
    RenderOptions trusting =
        RenderOptions.builder().trustMessage(1).trustMessage(3).addGenerationPrompt(true).build();
    int whole = TEMPLATE.count(tokenizer, messages, trusting);
    FittedConversation fitted = TEMPLATE.fit(tokenizer, messages, trusting, whole - 1);
    assertEquals(List.of(0, 1), fitted.dropped());
    assertEquals(Set.of(1), fitted.options().trustedMessages());
    assertEquals(Set.of(1, 3), trusting.trustedMessages());
  }

  @Test
  void fit_ofNoWindow_isRefused_andOfNoMessages_isTheTemplatesOwn() {
    assertThrows(
        IllegalArgumentException.class,
        () -> TEMPLATE.fit(tokenizer, List.of(), RenderOptions.DEFAULT, 0));
    assertEquals(0, TEMPLATE.fit(tokenizer, List.of(), RenderOptions.DEFAULT, 1).tokens());
  }

  @Test
  void fit_ofWhatTheTemplateRefuses_saysSo() {
    List<Map<String, Object>> messages = ChatMessages.builder().tool("c", "f", "loose").build();
    assertThrows(
        TemplateException.class,
        () -> TEMPLATE.fit(tokenizer, messages, RenderOptions.GENERATE, 100));
  }

  @Test
  void mediaParts_areCountedOnlyWhereTheirTokensAreSaid() {
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("role", "user");
    seen.put(
        "content",
        List.of(Map.of("text", "see"), Map.of("image_url", "u"), Map.of("type", "audio")));
    List<Map<String, Object>> messages = ChatMessages.builder().message(seen).build();
    MediaCountException refused =
        assertThrows(MediaCountException.class, () -> TEMPLATE.count(tokenizer, messages));
    assertEquals("messages[0].content[1]", refused.path());
    assertEquals("image_url", refused.type());
    RenderOptions said =
        RenderOptions.GENERATE.toBuilder()
            .mediaTokens(part -> part.containsKey("image_url") ? 100 : 1000)
            .build();
    int text = TEMPLATE.encode(tokenizer, messages, said).size();
    assertEquals(text + 1100, TEMPLATE.count(tokenizer, messages, said));
    assertEquals(text + 1100, TEMPLATE.fit(tokenizer, messages, said, text + 1100).tokens());
    RenderOptions wrong = RenderOptions.builder().mediaTokens(part -> -1).build();
    assertThrows(IllegalArgumentException.class, () -> TEMPLATE.count(tokenizer, messages, wrong));
  }

  @Test
  void generatedMask_coversWhatTheTagHolds() {
    List<Map<String, Object>> messages =
        ChatMessages.builder().user("ask").assistant("tell \u00e9\ud83d\ude00").user("x").build();
    Prompt prompt = TEMPLATE.prompt(messages, RenderOptions.DEFAULT);
    Encoding encoding = tokenizer.encode(prompt);
    boolean[] mask = prompt.generatedMask(encoding);
    int from = prompt.text().indexOf("tell");
    int to = prompt.text().indexOf(";u:") + 1;
    for (int token = 0; token < mask.length; token++) {
      boolean inside = encoding.start(token) < to && encoding.end(token) > from;
      assertEquals(inside, mask[token], encoding.tokens().get(token));
    }
    assertTrue(mask[mask.length / 2]);
    assertFalse(mask[0]);
    assertFalse(mask[mask.length - 1]);
  }

  @Test
  void generatedMask_ofIdsThatWereGiven_coversAllOfThem() {
    int[] ids = tokenizer.encode("hello hello").ids();
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("role", "assistant");
    reply.put("content", GeneratedText.of(tokenizer, ids));
    List<Map<String, ?>> conversation =
        List.of(ChatMessages.builder().user("hello").build().get(0), reply);
    Prompt prompt = TEMPLATE.prompt(conversation, RenderOptions.DEFAULT);
    Encoding encoding = tokenizer.encode(prompt);
    boolean[] mask = prompt.generatedMask(encoding);
    int generated = 0;
    for (boolean token : mask) {
      generated += token ? 1 : 0;
    }
    assertEquals(ids.length + 1, generated); // and the semicolon
    int from = encoding.size() - ids.length - 1;
    int[] tail = new int[ids.length];
    System.arraycopy(encoding.ids(), from, tail, 0, tail.length);
    assertArrayEquals(ids, tail);
  }

  @Test
  void prefixes_arePreserved_unlessTheTemplateLooksAhead() {
    List<Map<String, Object>> messages = turns(ChatMessages.builder().system("s"), 3).build();
    assertTrue(TEMPLATE.isPrefixPreserving(null));
    assertTrue(TEMPLATE.isPrefixPreserving(messages, RenderOptions.DEFAULT));
    ChatTemplate lastOnly =
        ChatTemplate.of(
            "l",
            "{% for m in messages %}{{ m.role }}{% if loop.last %}!{% endif %}"
                + "{{ m.content }}{% endfor %}");
    assertFalse(lastOnly.isPrefixPreserving(null));
    assertFalse(lastOnly.isPrefixPreserving(messages, RenderOptions.DEFAULT));
    ChatTemplate noTools =
        ChatTemplate.of(
            "n",
            "{% for m in messages %}{% if m.role == 'tool' %}{{ raise_exception('no') }}"
                + "{% endif %}{{ m.content }}{% endfor %}");
    assertFalse(noTools.isPrefixPreserving(null));
    assertTrue(noTools.isPrefixPreserving(messages, RenderOptions.DEFAULT));
  }
}
