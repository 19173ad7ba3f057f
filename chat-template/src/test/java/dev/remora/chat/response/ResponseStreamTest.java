package dev.remora.chat.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.StopMatch;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import dev.remora.UnknownTokenException;
import dev.remora.bundle.SpecialTokens;
import dev.remora.chat.response.ResponseEvent.Closed;
import dev.remora.chat.response.ResponseEvent.Opened;
import dev.remora.chat.response.ResponseEvent.Text;
import dev.remora.core.decode.TokenDecoder;
import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.vocabulary.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Over the decoder of a byte-level vocabulary that has every one to four bytes of the reply. */
class ResponseStreamTest {
  private static final String REPLY =
      "<think>Hm… 🤔 <|</think>\n\nHéllo 👍🏽"
          + "<tool_call>{\"name\": \"f\", \"arguments\": {\"é\": [1, \"日本\"]}}</tool_call>\n"
          + "<tool_call>{\"name\": \"g\", \"arguments\": {}}</tool_call><|im_end|>";
  private static final byte[] BYTES = REPLY.getBytes(StandardCharsets.UTF_8);
  private static final int LONGEST = 4;
  private static final Map<String, Integer> IDS = new LinkedHashMap<>();
  private static final TokenDecoder DECODER = decoder();

  private static TokenDecoder decoder() {
    Vocabulary.Builder builder = Vocabulary.builder();
    for (int length = 1; length <= LONGEST; length++) {
      for (int from = 0; from + length <= BYTES.length; from++) {
        String token = token(from, from + length);
        if (IDS.putIfAbsent(token, IDS.size()) == null) {
          byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
          builder.token(utf8, 0, utf8.length, IDS.size() - 1);
        }
      }
    }
    return TokenDecoder.of(
        new TokenizerDefinition(
            Optional.empty(),
            Optional.empty(),
            new Model.WordLevel("?"),
            Optional.empty(),
            Optional.of(new Decoder.ByteLevel(new ByteLevelSettings(true, true, true))),
            builder.build(),
            List.of(),
            SpecialTokens.builder().build(),
            false,
            Optional.empty()));
  }

  /** Some bytes of the reply as the vocabulary spells them. */
  private static String token(int from, int to) {
    ByteArrayOutputStream token = new ByteArrayOutputStream();
    for (int at = from; at < to; at++) {
      token.writeBytes(ByteAlphabet.tokenOf(BYTES[at] & 0xFF));
    }
    return token.toString(StandardCharsets.UTF_8);
  }

  /** The reply up to a byte in tokens of lengths drawn by lot. */
  private static int[] ids(SplittableRandom random, int end) {
    List<Integer> ids = new ArrayList<>();
    int at = 0;
    while (at < end) {
      int next = Math.min(end, at + 1 + random.nextInt(LONGEST));
      ids.add(idOf(token(at, next)));
      at = next;
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int idOf(String token) {
    return Objects.requireNonNull(IDS.get(token));
  }

  private static int[] ids(String beginning) {
    int end = beginning.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(REPLY.startsWith(beginning));
    return ids(new SplittableRandom(1), end);
  }

  private static DecodeStream decodeStream() {
    return DECODER.open(DecodeOptions.DEFAULT);
  }

  private static ResponseParser parser() {
    return ResponseTemplate.ofFamily("qwen3").parser("");
  }

  private static ResponseStream stream(StopSequences stops) {
    return ResponseStream.of(StopMatcher.of(decodeStream(), stops), parser());
  }

  /** Events, texts of a field that follow each other joined. */
  private static List<ResponseEvent> joined(List<ResponseEvent> events) {
    List<ResponseEvent> joined = new ArrayList<>();
    for (ResponseEvent event : events) {
      ResponseEvent last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (event instanceof Text text && last instanceof Text before) {
        joined.set(
            joined.size() - 1,
            new Text(text.field(), before.text().concat(text.text()), text.raw()));
      } else {
        joined.add(event);
      }
    }
    return joined;
  }

  @Test
  void ids_howeverTheReplyIsCutIntoTokens_giveTheMessageAndEventsOfTheWhole() {
    List<ResponseEvent> whole = new ArrayList<>();
    ResponseParser parser = parser();
    parser.feed(REPLY, whole::add);
    ResponseMessage message = parser.finish(whole::add);
    assertEquals("Hm… 🤔 <|", message.reasoning().orElseThrow());
    assertEquals("Héllo 👍🏽", message.content().orElseThrow());
    assertEquals(2, message.toolCalls().size());
    SplittableRandom random = new SplittableRandom(7);
    for (int turn = 0; turn < 500; turn++) {
      int[] ids = ids(random, BYTES.length);
      List<ResponseEvent> events = new ArrayList<>();
      ResponseStream stream = ResponseStream.of(decodeStream(), parser());
      Arrays.stream(ids).forEach(id -> stream.push(id, events::add));
      assertEquals(message, stream.finish(events::add));
      assertEquals(joined(whole), joined(events));
      assertFalse(stream.isStopped());
    }
  }

  @Test
  void stop_endsTheReplyBeforeWhatFollowsIsParsed() {
    StopSequences stops = StopSequences.builder().hiddenString("👍").build();
    ResponseStream stream = stream(stops);
    List<ResponseEvent> events = new ArrayList<>();
    int[] ids = ids(REPLY);
    int pushed = 0;
    while (!stream.isStopped()) {
      events.addAll(stream.push(ids[pushed++]));
    }
    assertTrue(pushed < ids.length);
    assertEquals(Optional.of("👍"), stream.match().flatMap(StopMatch::string));
    int next = ids[pushed];
    assertThrows(IllegalStateException.class, () -> stream.push(next));
    ResponseMessage message = stream.finish(events::add);
    assertEquals(Optional.of("Héllo"), message.content());
    assertEquals(
        List.of(
            new Opened("reasoning_content"),
            new Text("reasoning_content", "Hm… 🤔 <|", false),
            new Closed("reasoning_content", "Hm… 🤔 <|"),
            new Opened("content"),
            new Text("content", "Héllo ", false),
            new Closed("content", "Héllo")),
        joined(events));
    assertThrows(IllegalStateException.class, stream::finish);
  }

  @Test
  void stop_thatCouldStillComeAtTheEnd_isPartOfTheReply() {
    StopSequences stops = StopSequences.builder().hiddenString("Hm… never").build();
    ResponseStream stream = stream(stops);
    Arrays.stream(ids("<think>Hm…")).forEach(stream::push);
    assertEquals(Optional.of("Hm…"), stream.finish().reasoning());
    assertEquals(Optional.empty(), stream.match());
  }

  @Test
  void reply_cutOffWithinACharacter_endsInAReplacement() {
    ResponseStream stream = ResponseStream.of(decodeStream(), parser());
    int end = "<think>Hm… 🤔".getBytes(StandardCharsets.UTF_8).length - 1;
    Arrays.stream(ids(new SplittableRandom(1), end)).forEach(stream::push);
    assertEquals(Optional.of("Hm… \uFFFD"), stream.finish().reasoning());
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tried
  void argument_thatIsWrong_changesNothing() {
    ResponseStream stream = ResponseStream.of(decodeStream(), parser());
    assertThrows(UnknownTokenException.class, () -> stream.push(IDS.size()));
    for (int at = 0; at < "<think>Hm…".getBytes(StandardCharsets.UTF_8).length; at++) {
      int id = idOf(token(at, at + 1)); // of one byte, so that characters are held back
      assertThrows(NullPointerException.class, () -> stream.push(id, null));
      stream.push(id);
    }
    assertThrows(NullPointerException.class, () -> stream.finish(null));
    assertEquals(Optional.of("Hm…"), stream.finish().reasoning());
  }
}
