package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.remora.engine.Reference;
import dev.remora.engine.TestDefinitions;
import dev.remora.engine.text.Utf8Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces come from where those of the reference do, through all that rewrites them on the way. */
final class PieceParityTest {
  private static final List<String> LETTERS =
      List.of(
          "a",
          "\u00E9",
          "\u4E00",
          "\uD83D\uDE00",
          "1",
          "23",
          "\u00B2",
          "\u00BD",
          " ",
          "  ",
          "\n",
          ".",
          "!!",
          "_",
          "'s",
          "\u0301",
          "\u00DF",
          "\u00A0",
          "\u3000",
          "\u0416");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Punctuation','behavior':'Contiguous'},"
            + "{'type':'ByteLevel','add_prefix_space':false,'use_regex':true},"
            + "{'type':'Digits','individual_digits':false},"
            + "{'type':'Split','pattern':{'Regex':'[0-9][0-9][0-9]'},'behavior':'Isolated',"
            + "'invert':false}",
        "{'type':'ByteLevel','add_prefix_space':true,'use_regex':true},"
            + "{'type':'Metaspace','replacement':'_','prepend_scheme':'first'},"
            + "{'type':'Digits','individual_digits':true}",
        "{'type':'WhitespaceSplit'},"
            + "{'type':'Metaspace','replacement':'\u2581','prepend_scheme':'always'},"
            + "{'type':'Whitespace'}",
        "{'type':'ByteLevel','add_prefix_space':true,'use_regex':false},"
            + "{'type':'BertPreTokenizer'},{'type':'ByteLevel','add_prefix_space':true,'use_regex':true},"
            + "{'type':'UnicodeScripts'}"
      })
  void spans_ofSequence_areThoseOfTheReference(String preTokenizers) {
    String json =
        "{'version':'1.0','added_tokens':[],'normalizer':null,'post_processor':null,"
            + "'decoder':null,'pre_tokenizer':{'type':'Sequence','pretokenizers':["
            + preTokenizers
            + "]},'model':{'type':'WordLevel','vocab':{'?':0},'unk_token':'?'}}";
    String quoted =
        json.replace("'use_regex'", "'trim_offsets':true,'use_regex'").replace('\'', '"');
    SplitCall call =
        KnownSplitters.read(TestDefinitions.of(quoted).preTokenizers(), true).value().newCall();
    SplittableRandom random = new SplittableRandom(20261127);
    try (Reference reference = Reference.of(quoted)) {
      for (int left = 5_000; left > 0; left--) {
        StringBuilder letters = new StringBuilder();
        for (int count = 1 + random.nextInt(10); count > 0; count--) {
          letters.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        String text = letters.toString();
        assertEquals(spans(reference, text), spans(call, text), text);
      }
    }
  }

  private static List<String> spans(Reference reference, String text) {
    List<String> spans = new ArrayList<>();
    for (CharSpan span : reference.spans(text, false)) {
      CharSpan known = Objects.requireNonNull(span);
      spans.add(known.getStart() + "-" + known.getEnd());
    }
    return spans;
  }

  private static List<String> spans(SplitCall call, String text) {
    Utf8Text utf8 = new Utf8Text();
    utf8.set(text, true);
    call.begin(utf8, 0, utf8.length);
    int[] starts = Objects.requireNonNull(call.text().starts);
    int[] ends = Objects.requireNonNull(call.text().ends);
    PieceCursor cursor = call.cursor();
    List<String> spans = new ArrayList<>();
    while (cursor.next()) {
      spans.add(starts[cursor.start()] + "-" + ends[cursor.end() - 1]);
    }
    return spans;
  }
}
