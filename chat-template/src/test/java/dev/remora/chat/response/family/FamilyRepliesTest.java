package dev.remora.chat.response.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.remora.chat.response.ResponseParser;
import dev.remora.chat.response.ResponseTemplate;
import dev.remora.chat.response.value.PythonJson;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The templates of families on replies that their own publications show, with the messages that
 * these are the replies of.
 */
class FamilyRepliesTest {
  private static final Gson GSON = new Gson();

  private static List<JsonObject> replies() throws Exception {
    try (InputStream file = FamilyRepliesTest.class.getResourceAsStream("replies.json")) {
      String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      List<JsonObject> replies = new ArrayList<>();
      JsonParser.parseString(json)
          .getAsJsonArray()
          .forEach(reply -> replies.add(reply.getAsJsonObject()));
      return replies;
    }
  }

  private static Object plain(JsonElement value) {
    return Objects.requireNonNull(PythonJson.parse(value.toString()));
  }

  /** The message of a reply that comes in two parts. */
  private static Object message(JsonObject item, int cut) {
    List<?> tools = item.has("tools") ? (List<?>) plain(item.get("tools")) : List.of();
    ResponseParser parser =
        ResponseTemplate.ofFamily(item.get("family").getAsString())
            .parser(item.get("prompt").getAsString(), tools);
    String reply = item.get("reply").getAsString();
    parser.feed(reply.substring(0, cut));
    parser.feed(reply.substring(cut));
    return parser.finish().fields();
  }

  @Test
  void reply_ofAFamily_becomesItsMessageWhereverItIsCut() throws Exception {
    for (JsonObject item : replies()) {
      Object expected = plain(item.get("message"));
      for (int cut = 0; cut <= item.get("reply").getAsString().length(); cut++) {
        int at = cut;
        assertEquals(expected, message(item, cut), () -> "cut at " + at + ": " + GSON.toJson(item));
      }
    }
  }

  @Test
  void templates_ofAllFamilies_areRead() {
    for (String family : new TreeSet<>(ResponseTemplate.families())) {
      ResponseTemplate.ofFamily(family);
    }
  }
}
