package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.remora.forms.TinyTokenizers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of {@code remora play} and {@code remora tokens --html} in a real browser. */
@SuppressWarnings("NullAway.Init") // @BeforeAll sets them
class PlayPageTest {
  /** Of WCAG 2, for text of usual size. */
  private static final double LEAST_CONTRAST = 4.5;

  private static final Set<String> CONTROLS =
      Set.of("textbox", "combobox", "checkbox", "radio", "button", "listitem");

  /** The least contrast of any text of the page against what is behind it. */
  private static final String CONTRAST =
      """
      (() => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const rgba = (color) => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          return canvas.getImageData(0, 0, 1, 1).data;
        };
        const light = (color) => {
          const [r, g, b] = Array.from(rgba(color)).slice(0, 3).map((part) => {
            const c = part / 255;
            return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        let least = 99;
        for (const element of document.querySelectorAll('body *')) {
          const isText = [...element.childNodes].some((node) =>
            node.nodeType === 3 && node.textContent.trim());
          if (!isText || !element.checkVisibility() || element.closest('.hidden, .sign')) continue;
          let behind = element;
          while (behind && rgba(getComputedStyle(behind).backgroundColor)[3] < 255) {
            behind = behind.parentElement;
          }
          const [one, other] = [getComputedStyle(element).color,
            getComputedStyle(behind ?? document.body).backgroundColor].map(light);
          least = Math.min(least, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05));
        }
        return least;
      })()
      """;

  @TempDir private static Path folder;
  private static Chromium browser;
  private static RunningCommand play;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> binary = Chromium.find();
    assumeTrue(binary.isPresent(), "no Chromium is on the PATH");
    Path one = model("one", new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8));
    Path other =
        model(
            "other",
            new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8)
                .replace("\"hello\":259", "\"hello\":262")
                .replace("\"Ġwor\":262", "\"Ġwor\":259"));
    play = new RunningCommand("play", "--dir", one.toString(), "--dir", other.toString());
    url = play.printed("(http://\\S+)");
    browser = new Chromium(binary.get(), folder);
  }

  private static Path model(String name, String definition) throws Exception {
    Path model = Files.createDirectory(folder.resolve(name));
    Files.writeString(model.resolve("tokenizer.json"), definition);
    Files.writeString(
        model.resolve("chat_template.jinja"),
        "<s>{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}");
    return model;
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (play != null) {
      play.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.show(1280, 900, false);
    browser.open(url);
    browser.await("document.querySelector('.token')");
  }

  private static void enter(String element, String text) throws Exception {
    browser.evaluate("document.querySelector('" + element + "').select()");
    browser.evaluate("document.querySelector('" + element + "').focus()");
    browser.type(text);
  }

  private static String text(String element) throws Exception {
    return browser.evaluate("document.querySelector('" + element + "').textContent");
  }

  @Test
  void typedText_isShownAsTokens() throws Exception {
    browser.evaluate("document.querySelector('#right').value = ''");
    enter("#text", "hello wor\n<b>");
    browser.await("document.querySelector('#status').textContent === '7 tokens, 13 characters'");
    assertEquals(
        "<s>264|hello259| wor262|↵10|<60|b98|>62",
        browser.evaluate(
            "[...document.querySelectorAll('.token')].map((t) => t.textContent).join('|')"));
    assertEquals("polite", browser.evaluate("document.querySelector('#status').ariaLive"));
  }

  @Test
  void arrowKeys_moveBetweenTokens_andTellOfThem() throws Exception {
    enter("#text", "hello wor");
    browser.await("document.querySelector('#status').textContent.includes('9 characters')");
    browser.evaluate("document.querySelector('.token').focus()");
    browser.press("ArrowRight");
    browser.press("ArrowRight");
    assertEquals("token 2: id 262, Ġwor, characters 5–9", text(".about"));
  }

  @Test
  void twoTokenizers_areShownWithTheirDifference() throws Exception {
    enter("#text", "hello wor");
    browser.await("document.querySelectorAll('.first-difference').length === 2");
    String difference = text("#difference");
    assertTrue(
        difference.startsWith(
            "The ids differ from index 1 on: 259 (hello) and 262 (hello). They are 3 tokens and 3"),
        difference);
    assertTrue(difference.endsWith("Both cut the text at the same places."), difference);
    enter("#text", "wor");
    browser.await("document.querySelector('#difference').textContent.startsWith('Both')");
  }

  @Test
  void messages_areShownWithWhereTheyComeFrom() throws Exception {
    browser.evaluate("document.querySelector('input[value=chat]').click()");
    browser.await("document.querySelector('.prompt mark')");
    enter("[aria-label=\"Content of message 2\"]", "hello <s>");
    browser.await("document.querySelector('.refused')");
    assertEquals(
        "messages[0].role messages[0].content messages[1].role messages[1].content",
        browser.evaluate(
            "[...document.querySelector('.prompt').querySelectorAll('mark')]"
                + ".map((mark) => mark.title).join(' ')"));
    browser.evaluate("document.querySelector('input[value=json]').click()");
    enter("#messages-json", "[{\"role\": \"user\", \"content\": [{}]");
    browser.await("document.querySelector('#status.wrong')");
    assertTrue(text("#status").startsWith("Messages: "), text("#status"));
  }

  @Test
  void controls_haveNames() throws Exception {
    browser.evaluate("document.querySelector('input[value=chat]').click()");
    browser.await("document.querySelector('.prompt mark')");
    browser.call("Accessibility.enable");
    int named = 0;
    for (JsonElement node : browser.call("Accessibility.getFullAXTree").getAsJsonArray("nodes")) {
      JsonObject facts = node.getAsJsonObject();
      String role = value(facts, "role");
      if (CONTROLS.contains(role)
          && !role.equals("listitem")
          && !facts.get("ignored").getAsBoolean()) {
        assertTrue(!value(facts, "name").isEmpty(), facts.toString());
        named++;
      }
    }
    assertTrue(named > 15, named + " controls");
  }

  private static String value(JsonObject node, String member) {
    return node.has(member) && node.getAsJsonObject(member).has("value")
        ? node.getAsJsonObject(member).get("value").getAsString()
        : "";
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
  void page_fitsAndIsReadable(int width, boolean dark) throws Exception {
    for (String mode : new String[] {"text", "chat"}) {
      browser.show(width, 900, dark);
      browser.evaluate("document.querySelector('input[value=" + mode + "]').click()");
      browser.await("document.querySelector('.prompt') || " + mode.equals("text"));
      fits(width, "play-" + mode + "-" + width + (dark ? "-dark" : "-light"));
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "390, true"})
  void pageOfTokens_needsNothingElse(int width, boolean dark) throws Exception {
    Path page = folder.resolve("tokens-" + width + ".html");
    Run run =
        Run.of(
            "tokens",
            "--dir",
            folder.resolve("one").toString(),
            "--html",
            page.toString(),
            "hello </script><script>document.title = 'x'</script> wörld 🦈",
            "wor".repeat(100));
    assertEquals(new Run(0, "", ""), run);
    browser.show(width, 900, dark);
    browser.open(page.toUri().toString());
    browser.await("document.querySelectorAll('.token').length > 100");
    assertEquals("Tokens", browser.evaluate("document.title"));
    fits(width, "tokens-" + width + (dark ? "-dark" : "-light"));
  }

  private static void fits(int width, String name) throws Exception {
    String wide = browser.evaluate("document.documentElement.scrollWidth");
    String pictures = System.getProperty("remora.screenshots");
    if (pictures != null) {
      Files.write(Path.of(pictures, name + ".png"), browser.screenshot());
    }
    assertEquals(width, Integer.parseInt(wide), name);
    double contrast = Double.parseDouble(browser.evaluate(CONTRAST));
    assertTrue(contrast >= LEAST_CONTRAST, name + ": a contrast of " + contrast);
  }
}
